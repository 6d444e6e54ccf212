"""Reporting what hinders, and what the region makes of it."""

from collections.abc import Collection
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from monitoring.bottlenecks.rules import Problem, can_change, can_group, can_say_also_here
from monitoring.bottlenecks.states import BottleneckState, ReportEvent, Source
from monitoring.models import Bottleneck, BottleneckStep, StructuralBottleneck, StructuralStep
from monitoring.states import SENT_TWICE
from practices.audit import record
from practices.models import Practice, User
from practices.states import AuditAction


class BottleneckProblemError(Exception):
    """It cannot be done (any more): `problems` say why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(one.name for one in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Reported:
    """What a practice says: choices of `PartnerKind`, `BottleneckKind` and `Weight`. The text
    has passed practices.without_patient."""

    partner: str
    partner_name: str
    kind: str
    weight: int
    text: str


@dataclass(frozen=True, slots=True)
class Described:
    """What the region says of a structural one; `doing` is read by practices."""

    title: str
    partner: str
    partner_name: str
    kind: str
    doing: str
    responsible: User | None


@transaction.atomic
def report_bottleneck(
    *,
    practice: Practice,
    partner: str,
    kind: str,
    weight: int,
    text: str,
    source: str,
    actor: User,
    on_behalf: bool = False,
    partner_name: str = "",
) -> Bottleneck:
    """Something hinders this practice: `source` is a choice of `Source`, but not `ALSO_HERE`.
    `text` may hold nothing about a patient; whoever calls has let the writer look at it. Sent twice
    from the page, it is reported once."""
    _says_something(text)
    said = Reported(partner, partner_name, kind, weight, text)
    if source == Source.PRACTICE and (known := _reported_just_now(practice, said, actor)):
        return known
    made = Bottleneck.objects.create(
        practice=practice,
        **asdict(said),
        source=source,
        reported_by=actor,
        on_behalf=on_behalf,
    )
    _note(made, ReportEvent.REPORTED, actor, AuditAction.CREATE)
    return made


@transaction.atomic
def change_bottleneck(*, bottleneck: Bottleneck, said: Reported, actor: User) -> None:
    _says_something(said.text)
    fresh = _still_of_practice(bottleneck)
    for name, value in asdict(said).items():
        setattr(fresh, name, value)
    fresh.save(update_fields=list(asdict(said)))
    _note(fresh, ReportEvent.CHANGED, actor)


@transaction.atomic
def amend_bottleneck(*, bottleneck: Bottleneck, said: Reported, actor: User) -> None:
    """As the amended report of a visit has it now. What the region works with already stays with
    its partner and kind: of that the words go along, for a name may have been taken out."""
    _says_something(said.text)
    fresh = _locked(bottleneck)
    if fresh.source == Source.ALSO_HERE or fresh.withdrawn_at is not None:
        return
    values = asdict(said) if fresh.is_new else {"weight": said.weight, "text": said.text}
    if all(getattr(fresh, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save(update_fields=list(values))
    _note(fresh, ReportEvent.CHANGED, actor)


@transaction.atomic
def withdraw_bottleneck(*, bottleneck: Bottleneck, actor: User) -> None:
    fresh = _still_of_practice(bottleneck)
    fresh.withdrawn_at = timezone.now()
    fresh.save(update_fields=["withdrawn_at"])
    _note(fresh, ReportEvent.WITHDRAWN, actor)


@transaction.atomic
def put_back_bottleneck(*, bottleneck: Bottleneck, actor: User) -> None:
    """Undo withdrawing."""
    fresh = _locked(bottleneck)
    if fresh.withdrawn_at is None:
        return
    fresh.withdrawn_at = None
    fresh.save(update_fields=["withdrawn_at"])
    _note(fresh, ReportEvent.PUT_BACK, actor)


@transaction.atomic
def say_also_here(
    *,
    structural: StructuralBottleneck,
    practice: Practice,
    weight: int,
    actor: User,
    on_behalf: bool = False,
) -> Bottleneck:
    """This practice has what the region published, too."""
    found = _locked_structural(structural)
    inside = set(found.reports.values_list("practice", flat=True))
    if problems := can_say_also_here(found, inside, practice.pk):
        raise BottleneckProblemError(problems)
    made = Bottleneck.objects.create(
        practice=practice,
        partner=found.partner,
        partner_name=found.partner_name,
        kind=found.kind,
        weight=weight,
        source=Source.ALSO_HERE,
        structural=found,
        grouped_at=timezone.now(),
        reported_by=actor,
        on_behalf=on_behalf,
    )
    _note(made, ReportEvent.REPORTED, actor, AuditAction.CREATE)
    return made


@transaction.atomic
def take_back_also_here(*, bottleneck: Bottleneck, actor: User) -> None:
    """It was said by mistake, or it is over: nothing of it is left but the trail."""
    fresh = _locked(bottleneck)
    if fresh.source != Source.ALSO_HERE:
        raise BottleneckProblemError([Problem.GROUPED])
    record(actor=actor, action=AuditAction.DELETE, obj=fresh, practice=fresh.practice)
    fresh.delete()


@transaction.atomic
def make_structural(
    *, chosen: Collection[Bottleneck], described: Described, actor: User
) -> StructuralBottleneck:
    """Several reports are one thing; sent twice, it is made once."""
    if (known := _made_just_now(chosen, described, actor)) is not None:
        return known
    made = StructuralBottleneck.objects.create(**_values(described), made_by=actor)
    StructuralStep.objects.create(structural=made, state=made.state, by=actor)
    record(actor=actor, action=AuditAction.CREATE, obj=made)
    group(structural=made, chosen=chosen, actor=actor)
    return made


@transaction.atomic
def group(*, structural: StructuralBottleneck, chosen: Collection[Bottleneck], actor: User) -> int:
    """Add reports to a structural one; how many came in."""
    found = _locked_structural(structural)
    pks = [one.pk for one in chosen]
    fresh = list(
        Bottleneck.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
    )
    if problems := can_group(fresh):
        raise BottleneckProblemError(problems)
    coming = [one for one in fresh if one.structural_id != found.pk]
    for one in coming:
        one.structural, one.grouped_at = found, timezone.now()
        one.save(update_fields=["structural", "grouped_at"])
        _note(one, ReportEvent.GROUPED, actor)
    return len(coming)


@transaction.atomic
def ungroup(*, bottleneck: Bottleneck, actor: User) -> None:
    """Take one report out again: it is new once more."""
    fresh = _locked(bottleneck)
    if fresh.source == Source.ALSO_HERE:
        raise BottleneckProblemError([Problem.WITHOUT_WORDS])
    fresh.structural = fresh.grouped_at = None
    fresh.save(update_fields=["structural", "grouped_at"])
    _note(fresh, ReportEvent.TAKEN_APART, actor)


@transaction.atomic
def describe(*, structural: StructuralBottleneck, described: Described, actor: User) -> None:
    fresh = _locked_structural(structural)
    values = _values(described)
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save(update_fields=list(values))
    record(actor=actor, action=AuditAction.CHANGE, obj=fresh)


@transaction.atomic
def note_step(*, structural: StructuralBottleneck, state: str, done: str, actor: User) -> bool:
    """How far it is now and what was done; False when that says nothing new."""
    fresh = _locked_structural(structural)
    if fresh.state == state and not done:
        return False
    fresh.state = state
    fresh.save(update_fields=["state"])
    StructuralStep.objects.create(structural=fresh, state=state, done=done, by=actor)
    record(actor=actor, action=AuditAction.CHANGE, obj=fresh, state=str(state))
    return True


@transaction.atomic
def publish(*, structural: StructuralBottleneck, shown: bool, actor: User) -> None:
    """All practices read it and may say that they have it, too; `shown` False takes that back."""
    fresh = _locked_structural(structural)
    fresh.published_at = timezone.now() if shown else None
    fresh.save(update_fields=["published_at"])
    record(actor=actor, action=AuditAction.CHANGE, obj=fresh, published=shown)


@transaction.atomic
def dissolve(*, structural: StructuralBottleneck, actor: User) -> None:
    """It was no structural one after all: the reports are new again, and what practices only said
    to have, too, goes. What was taken up stays on file: that is no mistake any more."""
    fresh = _locked_structural(structural)
    if fresh.state != BottleneckState.GROUPED:
        raise BottleneckProblemError([Problem.GROUPED])
    for one in fresh.reports.select_for_update(no_key=True).order_by("pk"):
        if one.source == Source.ALSO_HERE:
            take_back_also_here(bottleneck=one, actor=actor)
        else:
            ungroup(bottleneck=one, actor=actor)
    record(actor=actor, action=AuditAction.DELETE, obj=fresh)
    fresh.delete()


def _reported_just_now(practice: Practice, said: Reported, actor: User) -> Bottleneck | None:
    """Who waits for the practice here reads after that what another request reported. The words
    are compared here: the table has them encrypted."""
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    since = timezone.now() - SENT_TWICE
    own = Bottleneck.objects.of_practice(practice).filter(
        reported_by=actor, source=Source.PRACTICE, withdrawn_at=None, reported_at__gt=since
    )
    values = asdict(said).items()
    same = (one for one in own if all(getattr(one, name) == value for name, value in values))
    return next(same, None)


def _made_just_now(
    chosen: Collection[Bottleneck], described: Described, actor: User
) -> StructuralBottleneck | None:
    """Who waits for the reports here reads after that what another request made of them."""
    pks = [one.pk for one in chosen]
    reports = Bottleneck.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
    within = {one.structural_id for one in reports}
    if len(within) != 1 or None in within:
        return None
    since = timezone.now() - SENT_TWICE
    same = StructuralBottleneck.objects.filter(pk__in=within, title=described.title)
    return same.filter(made_by=actor, made_at__gt=since).first()


def _says_something(text: str) -> None:
    """The table cannot tell: its words are encrypted."""
    if not text.strip():
        raise BottleneckProblemError([Problem.SAYS_NOTHING])


def _still_of_practice(bottleneck: Bottleneck) -> Bottleneck:
    fresh = _locked(bottleneck)
    if problems := can_change(fresh):
        raise BottleneckProblemError(problems)
    return fresh


def _locked(bottleneck: Bottleneck) -> Bottleneck:
    return Bottleneck.objects.select_for_update(no_key=True).get(pk=bottleneck.pk)


def _locked_structural(structural: StructuralBottleneck) -> StructuralBottleneck:
    return StructuralBottleneck.objects.select_for_update(no_key=True).get(pk=structural.pk)


def _values(described: Described) -> dict[str, object]:
    names = ("title", "partner", "partner_name", "kind", "doing", "responsible")
    return {name: getattr(described, name) for name in names}


def _note(
    one: Bottleneck, event: ReportEvent, actor: User, action: AuditAction = AuditAction.CHANGE
) -> None:
    BottleneckStep.objects.create(bottleneck=one, event=event, by=actor)
    record(actor=actor, action=action, obj=one, practice=one.practice, event=str(event))
