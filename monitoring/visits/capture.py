"""What a device sends of a visit, each change once; nothing of somebody else overwritten unseen.

What is kept counts at once. Words that were taken back are gone: of a change only its number stays.
"""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from highusers.states import PartnerKind
from monitoring.bottlenecks.services import BottleneckProblemError, withdraw_bottleneck
from monitoring.bottlenecks.states import BottleneckKind, Weight
from monitoring.models import Bottleneck, Visit, VisitAgreement, VisitAnswer, VisitChange
from monitoring.visits import agreements
from monitoring.visits.questions import (
    EFFECT,
    LONGEST,
    TIME_OUT,
    USED,
    Question,
    key_of,
    question_of,
)
from monitoring.visits.states import OPEN, Kept, VisitState
from mtvp.privacy.identifying import without_bsn
from practices.audit import record
from practices.drafts.exchange import Change, Held, Outcome, can_be_kept
from practices.models import User
from practices.states import AuditAction

AGREEMENT, STUCK = "agreement", "stuck-"
LONGEST_STUCK = 1000
LONGEST_KEY = 40
_UNKNOWN = gettext_lazy("This field is not known. Reload the page.")


@dataclass(frozen=True, slots=True)
class Stuck:
    """A bottleneck as it was typed; the region hears of it when the report is sent."""

    partner: PartnerKind
    kind: BottleneckKind
    weight: Weight
    text: str
    bottleneck: int | None = None


def keep(change: Change, *, visit: Visit, actor: User) -> Outcome:
    """One change from a device, in its own transaction; a ValidationError refuses it in words."""
    with transaction.atomic():
        fresh = locked(visit)
        known = VisitChange.objects.filter(change=change.id).first()
        if known is not None:
            if (known.visit_id, known.field) != (fresh.pk, change.field):
                raise ValidationError(_UNKNOWN)
            return Outcome.KEPT
        if fresh.state not in OPEN:
            raise ValidationError(_("The report was sent. Open the visit again to change it."))
        outcome = _put(change, fresh, actor)
        if outcome is Outcome.KEPT:
            VisitChange.objects.create(visit=fresh, change=change.id, field=change.field)
            _is_held(fresh)
        return outcome


def held(visit: Visit) -> Iterator[Held]:
    """All that a device may want to know of the visit; two queries."""
    for one in visit.answers.select_related("written_by__person"):
        by = str(one.written_by or "")
        yield Held(one.key, one.value, one.version, by, one.written_at)
    for made in visit.agreements.select_related("written_by__person"):
        by = str(made.written_by or "")
        yield Held(made.field, agreements.written(made), made.version, by, made.written_at)


def on_page(field: str, value: str, base: str) -> Change:
    """A change from a page without scripts."""
    return Change(f"page-{uuid.uuid4().hex}", field, value, base, timezone.now())


def locked(visit: Visit) -> Visit:
    return (
        Visit.objects.select_for_update(no_key=True, of=("self",))
        .select_related("practice", "consultant__person")
        .get(pk=visit.pk)
    )


def read_stuck(value: str) -> Stuck:
    """As it is kept here."""
    try:
        kept = json.loads(value)
        text = " ".join(without_bsn(str(kept["text"])).split())
        found = Stuck(
            PartnerKind(kept["partner"]),
            BottleneckKind(kept["kind"]),
            Weight(int(kept["weight"])),
            text,
            kept.get("bottleneck"),
        )
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise ValidationError(_("Choose with whom, what it is about and how much.")) from error
    if not text or len(text) > LONGEST_STUCK or not can_be_kept(text):
        raise ValidationError(_("Fill in what goes wrong, in at most 1000 characters."))
    return found


def write_stuck(stuck: Stuck) -> str:
    said = {
        "partner": stuck.partner.value,
        "kind": stuck.kind.value,
        "weight": str(stuck.weight.value),
        "text": stuck.text,
    }
    return json.dumps(said | ({"bottleneck": stuck.bottleneck} if stuck.bottleneck else {}))


def _put(change: Change, visit: Visit, actor: User) -> Outcome:
    if change.field.startswith(f"{AGREEMENT}_"):
        return _put_agreement(change, visit, actor)
    if change.field.startswith(agreements.KEPT):
        return _put_earlier(change, visit, actor)
    if change.field.startswith(STUCK):
        return _put_stuck(change, visit, actor)
    question = question_of(visit.questions, change.field)
    if question is None:
        raise ValidationError(_UNKNOWN)
    value = _clean(question, change.value)
    before = _discussed(visit)
    outcome = _put_answer(change, visit, actor, str(question.asked), value, question.choices)
    _follow_time_out(visit, before)
    return outcome


def _put_answer(
    change: Change,
    visit: Visit,
    actor: User,
    asked: str,
    value: str,
    choices: object = None,
) -> Outcome:
    known = VisitAnswer.objects.filter(visit=visit, key=change.field).first()
    stands, version = (known.value, known.version) if known else ("", "")
    if change.base != version and stands != value:
        return Outcome.CONFLICT
    VisitAnswer.objects.update_or_create(
        visit=visit,
        key=change.field,
        defaults={
            "asked": asked,
            "choice": value if choices else "",
            "text": "" if choices else value,
            "version": change.id,
            "written_by": actor,
            "written_at": change.at,
        },
    )
    if known is None or known.written_by_id != actor.pk:
        _record(visit, actor, change.field)
    return Outcome.KEPT


def _record(visit: Visit, actor: User, field: str) -> None:
    """Once per person and question: typing arrives in many small changes."""
    record(
        actor=actor,
        action=AuditAction.CHANGE,
        obj=visit,
        practice=visit.practice,
        fields=[field],
    )


def _put_agreement(change: Change, visit: Visit, actor: User) -> Outcome:
    """A number of its own makes one, another value amends it, without a value it is taken back."""
    if len(agreements.subject_of(change.field)) > LONGEST_KEY:
        raise ValidationError(_UNKNOWN)
    made = VisitAgreement.objects.filter(field=change.field).select_related("visit").first()
    if made is None:
        if change.value:
            agreements.agree(visit=visit, change=change, actor=actor)
        return Outcome.KEPT
    if made.visit_id != visit.pk:
        raise ValidationError(_UNKNOWN)
    stands = agreements.written(made)
    if stands == change.value:
        return Outcome.KEPT
    if change.base != made.version:
        return Outcome.CONFLICT
    if change.value:
        agreements.reword(agreement=made, visit=visit, change=change, actor=actor)
    else:
        agreements.withdraw(agreement=made, version=change.id, actor=actor)
    return Outcome.KEPT


def _put_stuck(change: Change, visit: Visit, actor: User) -> Outcome:
    """What the region heard of already is taken back there, as long as it does nothing with it.
    Which report it became is what this visit knows of it, never what a device says."""
    if len(change.field) > LONGEST_KEY:
        raise ValidationError(_UNKNOWN)
    known = VisitAnswer.objects.filter(visit=visit, key=change.field).first()
    told = read_stuck(known.text).bottleneck if known and known.text else None
    value = ""
    if change.value:
        value = write_stuck(replace(read_stuck(change.value), bottleneck=told))
    outcome = _put_answer(change, visit, actor, _("What gets stuck with partners?"), value)
    if outcome is Outcome.KEPT and told is not None and not value:
        _withdraw(told, visit, actor)
    return outcome


def _withdraw(told: int, visit: Visit, actor: User) -> None:
    reported = Bottleneck.objects.filter(pk=told, practice=visit.practice_id, withdrawn_at=None)
    found = reported.first()
    if found is None:
        return
    try:
        withdraw_bottleneck(bottleneck=found, actor=actor)
    except BottleneckProblemError as error:
        raise ValidationError(_("The region works on this bottleneck: it stays.")) from error


def _put_earlier(change: Change, visit: Visit, actor: User) -> Outcome:
    number = change.field.removeprefix(agreements.KEPT)
    if change.value not in ("", *Kept.values) or not number.isdecimal() or len(number) > 12:
        raise ValidationError(_UNKNOWN)
    earlier = VisitAgreement.objects.select_for_update(no_key=True, of=("self",)).filter(
        pk=number, visit__practice=visit.practice_id, visit__held_on__lt=visit.held_on
    )
    agreement = earlier.select_related("visit__practice").first()
    if agreement is None:
        raise ValidationError(_UNKNOWN)
    outcome = _put_answer(
        change, visit, actor, _("Agreement of an earlier visit"), change.value, Kept
    )
    if outcome is Outcome.KEPT:
        agreements.settle_earlier(visit=visit, agreement=agreement, said=change.value, actor=actor)
    return outcome


def _clean(question: Question, value: str) -> str:
    """A citizen service number cannot be refused once the page is away; it is left out."""
    if question.choices is not None:
        if value not in ("", *question.choices.values):
            raise ValidationError(_UNKNOWN)
        return value
    text = without_bsn(value.replace("\r\n", "\n"))
    if len(text) > LONGEST:
        raise ValidationError(_("Say it shorter: at most 4000 characters."))
    return text


def _discussed(visit: Visit) -> bool:
    """The part about the time-out is filled in: whether it is used, and with what effect."""
    keys = [key_of(TIME_OUT, USED), key_of(TIME_OUT, EFFECT)]
    said = VisitAnswer.objects.filter(visit=visit, key__in=keys).exclude(choice="")
    return said.count() == len(keys)


def _follow_time_out(visit: Visit, before: bool) -> None:
    """Obligation 3 follows from the answers; what a spreadsheet said stays until they say it."""
    after = _discussed(visit)
    if after != before:
        visit.time_out_discussed = after
        visit.save(update_fields=["time_out_discussed"])


def _is_held(visit: Visit) -> None:
    """What was read back together is no longer what it says."""
    if visit.state == VisitState.READ_BACK:
        visit.state, visit.read_back_at = VisitState.HELD, None
        visit.save(update_fields=["state", "read_back_at"])
