"""Beginning a plan, its sections, and the steps from being written to agreed.

Whatever changes a plan locks it first, so that two colleagues never write over one another.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from interventions.models import (
    PlanSection,
    PlanVersion,
    PracticePlan,
    SectionComment,
    SectionText,
)
from interventions.practice_plan.states import (
    FIELDS,
    MANDATORY,
    OPTIONAL,
    WRITABLE,
    Field,
    Kind,
    PlanState,
)
from practices.audit import record
from practices.models import Practice, User
from practices.programme_year import programme_year, year_start
from practices.states import AuditAction


class NotNowError(Exception):
    """The plan is in a state from which this step is not taken."""


class TextsWaitError(Exception):
    """Somebody's text waits beside the plan: choose first, then hand in."""


@contextmanager
def changing(plan: PracticePlan, *, only: Sequence[str] = ()) -> Iterator[PracticePlan]:
    """The plan as it stands, locked; `NotNowError` when it is in no state of `only`."""
    with transaction.atomic():
        fresh = (
            PracticePlan.objects.select_for_update(no_key=True, of=("self",))
            .select_related("practice__cohort")
            .get(pk=plan.pk)
        )
        if only and fresh.state not in only:
            raise NotNowError
        yield fresh


@transaction.atomic
def begin_plan(*, practice: Practice, year: int, actor: User) -> PracticePlan:
    """With the six sections, and with what an earlier year left open. Twice begins one."""
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    plan, is_new = PracticePlan.objects.get_or_create(practice=practice, programme_year=year)
    if not is_new:
        return plan
    earlier = PracticePlan.objects.filter(practice=practice, programme_year__lt=year)
    last = earlier.order_by("-programme_year").first()
    sections = {kind: PlanSection.objects.create(plan=plan, kind=kind) for kind in MANDATORY}
    if last is not None:
        _carry_over(last, plan, sections)
    record(
        actor=actor,
        action=AuditAction.CREATE,
        obj=plan,
        practice=practice,
        programme_year=year,
        carried_over=bool(last),
    )
    return plan


def _carry_over(last: PracticePlan, plan: PracticePlan, sections: dict[Kind, PlanSection]) -> None:
    """Texts of what was not done, with who wrote them; a day before the new year is left out."""
    first_day = year_start(plan.practice.start, plan.programme_year).isoformat()
    still_open = last.sections.filter(done_on=None).prefetch_related("texts")
    for section in still_open:
        kept = [one for one in section.texts.all() if one.text and not one.apart]
        if not kept:
            continue
        kind = Kind(section.kind)
        target = sections.get(kind) or PlanSection.objects.create(plan=plan, kind=kind)
        for one in kept:
            if one.field != Field.BY_ON or one.text >= first_day:
                one.pk, one.section, one.from_year = None, target, last.programme_year
                one.save()


def add_section(*, plan: PracticePlan, kind: Kind, actor: User) -> PlanSection:
    """An activity of the practice's own; of each kind one, but free ones as many as it likes."""
    if kind not in OPTIONAL:
        raise NotNowError
    with changing(plan, only=WRITABLE) as plan:
        if kind == Kind.FREE:
            made, is_new = PlanSection.objects.create(plan=plan, kind=kind), True
        else:
            made, is_new = PlanSection.objects.get_or_create(plan=plan, kind=kind)
        if is_new:
            _told(plan, made, AuditAction.CREATE, actor)
    return made


def remove_section(*, section: PlanSection, actor: User) -> None:
    """Only an added activity in which nothing is written, so that nobody's text goes with it."""
    with changing(section.plan, only=WRITABLE) as plan:
        written = section.texts.exclude(text="").exists() or section.comments.exists()
        if section.kind in MANDATORY or written:
            raise NotNowError
        _told(plan, section, AuditAction.DELETE, actor)
        section.delete()


def mark_done(*, section: PlanSection, done: bool, actor: User) -> None:
    """In every state of the plan: carrying out goes on after it is agreed."""
    with changing(section.plan) as plan:
        section.done_on = timezone.localdate() if done else None
        section.save(update_fields=["done_on"])
        _told(plan, section, AuditAction.CHANGE, actor, fields=["done_on"])


def comment(
    *,
    section: PlanSection,
    text: str,
    of_consultant: bool,
    actor: User,
    on_behalf: bool = False,
) -> SectionComment:
    """A word of the consultant, or the practice's answer."""
    with changing(section.plan) as plan:
        made = SectionComment.objects.create(
            section=section,
            text=text,
            of_consultant=of_consultant,
            on_behalf=on_behalf,
            written_by=actor,
        )
        record(actor=actor, action=AuditAction.CREATE, obj=made, practice=plan.practice)
    return made


def hand_in(*, plan: PracticePlan, actor: User, on_behalf: bool) -> PlanVersion:
    """Freeze a version; by its own people that is the practice's agreement to it as well.

    Raises `NotNowError` and `TextsWaitError`.
    """
    with changing(plan, only=WRITABLE) as plan:
        if SectionText.objects.filter(section__plan=plan, apart=True).exists():
            raise TextsWaitError
        last = plan.versions.first()
        now = timezone.now()
        made = PlanVersion.objects.create(
            plan=plan,
            number=last.number + 1 if last else 1,
            contents=contents_of(plan),
            handed_in_by=actor,
            handed_in_at=now,
            on_behalf=on_behalf,
            practice_agreed_by=None if on_behalf else actor,
            practice_agreed_at=None if on_behalf else now,
        )
        _into(plan, PlanState.HANDED_IN, actor, version=made.number)
    return made


def send_back(*, plan: PracticePlan, actor: User) -> None:
    """The consultant has said what she thinks; the practice can write again."""
    with changing(plan, only=(PlanState.HANDED_IN,)) as plan:
        _into(plan, PlanState.COMMENTED, actor)


def agree(*, plan: PracticePlan, actor: User, for_practice: bool) -> PlanVersion:
    """One side agrees to what was handed in; with the second the plan is agreed."""
    with changing(plan, only=(PlanState.HANDED_IN,)) as plan:
        version = plan.versions.first()
        if version is None:
            raise NotNowError
        now = timezone.now()
        if for_practice:
            version.practice_agreed_by, version.practice_agreed_at = actor, now
        else:
            version.consultant_agreed_by, version.consultant_agreed_at = actor, now
        version.save()
        record(
            actor=actor,
            action=AuditAction.CHANGE,
            obj=version,
            practice=plan.practice,
            what="agreed for the practice" if for_practice else "agreed as consultant",
        )
        if version.agreed:
            _into(plan, PlanState.AGREED, actor, version=version.number)
    return version


def reopen(*, plan: PracticePlan, actor: User) -> None:
    """Write again what was handed in or agreed; its versions stay as they are."""
    with changing(plan, only=(PlanState.HANDED_IN, PlanState.AGREED)) as plan:
        _into(plan, PlanState.DRAFT, actor)


def contents_of(plan: PracticePlan) -> list[dict[str, Any]]:
    """Every section with what it says, as a version keeps it."""
    sections = PlanSection.objects.filter(plan=plan).prefetch_related("texts")
    found = []
    for section in in_format(sections):
        said = {one.field: one.text for one in section.texts.all() if not one.apart}
        names = (Field.TITLE, *FIELDS) if section.kind == Kind.FREE else FIELDS
        texts = {str(name): said.get(name, "") for name in names}
        done = section.done_on.isoformat() if section.done_on else ""
        found.append({"key": section.pk, "kind": section.kind, "done": done, "texts": texts})
    return found


def in_format(sections: Any) -> list[PlanSection]:
    """In the order of the format, free ones by age."""
    order = list(Kind)
    return sorted(sections, key=lambda one: (order.index(Kind(one.kind)), one.pk))


def year_of(practice: Practice, day: date) -> int:
    """The programme year whose plan is at hand on a day; before the start the first."""
    return programme_year(practice.start, day) or 1


def _into(plan: PracticePlan, state: PlanState, actor: User, **detail: Any) -> None:
    plan.state, plan.since = state, timezone.now()
    plan.save(update_fields=["state", "since"])
    record(
        actor=actor,
        action=AuditAction.CHANGE,
        obj=plan,
        practice=plan.practice,
        state=str(state),
        **detail,
    )


def _told(
    plan: PracticePlan, section: PlanSection, action: AuditAction, actor: User, **detail: Any
) -> None:
    record(actor=actor, action=action, obj=section, practice=plan.practice, **detail)
