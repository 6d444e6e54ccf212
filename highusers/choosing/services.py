"""Saying what the team thinks of a patient, choosing, undoing, and drawing lots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from secrets import SystemRandom

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from highusers.choosing import rules
from highusers.choosing.listing import board
from highusers.models import HighUser, Judgement, PatientPlan
from practices.audit import record
from practices.isolation import practice_scope
from practices.models import Practice, User
from practices.states import AuditAction

FIELDS = ("influenceable", "profile", "discussed_on", "reason")
"""What the team fills in per patient; a choice is made by a button of its own."""

Values = Mapping[str, object]


class OvertakenError(Exception):
    """A colleague changed the same fields in between; `theirs` is what stands there now."""

    def __init__(self, theirs: Judgement) -> None:
        self.theirs = theirs
        super().__init__()


class NotPossibleError(Exception):
    """Refused by a rule; `problems` say why."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(problems))


@dataclass(frozen=True, slots=True)
class Patient:
    """Whom a judgement is about, and the extract that is gone through by its last day."""

    practice: Practice
    high_user: HighUser
    period_end: date


@dataclass(frozen=True, slots=True)
class Seen:
    """The row as somebody looked at it: its version, and the values they started from."""

    version: int
    values: Values


@dataclass(frozen=True, slots=True)
class Saved:
    """`with_colleague`: other fields of the row were changed by a colleague in the meantime."""

    judgement: Judgement
    fields: tuple[str, ...]
    with_colleague: bool = False


@transaction.atomic
def judge(patient: Patient, *, given: Values, seen: Seen, actor: User) -> Saved:
    """Save what somebody filled in for one patient; what they left out stays as it is.

    Only fields they changed themselves are written. When a colleague gave one of those another
    value since the row was looked at, nothing is written: `OvertakenError`.
    """
    with practice_scope(patient.practice):
        judgement, is_new = _locked(patient)
        changed = {name: value for name, value in given.items() if value != seen.values.get(name)}
        stale = judgement.version != seen.version
        if stale and any(_clashes(judgement, name, seen, changed[name]) for name in changed):
            raise OvertakenError(judgement)
        fields = [name for name, value in changed.items() if getattr(judgement, name) != value]
        for name in fields:
            setattr(judgement, name, changed[name])
        if "influenceable" in fields:
            judgement.said_by = actor
            judgement.discussed_on = judgement.discussed_on or timezone.localdate()
        if fields:
            _store(judgement, actor, is_new=is_new, fields=fields)
    return Saved(judgement, tuple(fields), stale and bool(fields))


def _clashes(judgement: Judgement, name: str, seen: Seen, value: object) -> bool:
    stored = getattr(judgement, name)
    return stored not in (seen.values.get(name), value)


@transaction.atomic
def choose(patient: Patient, *, actor: User, reason: str = "") -> Judgement:
    """Choose this patient, after those chosen before; twice is once. `NotPossibleError`."""
    take_turn(patient.practice)
    with practice_scope(patient.practice):
        judgement, is_new = _locked(patient)
        if judgement.chosen_on:
            return judgement
        if problems := rules.choice_problems(judgement):
            raise NotPossibleError(problems)
        others = Judgement.objects.filter(practice=patient.practice, period_end=patient.period_end)
        taken = others.aggregate(last=Max("position"))
        judgement.chosen_on = timezone.localdate()
        judgement.position = (taken["last"] or 0) + 1
        judgement.reason = reason or judgement.reason
        judgement.discussed_on = judgement.discussed_on or judgement.chosen_on
        _store(judgement, actor, is_new=is_new, fields=["chosen_on", "position"])
    return judgement


@transaction.atomic
def undo_choice(patient: Patient, *, actor: User) -> Judgement:
    """Take a choice back; the order of the others stays. `NotPossibleError` once planned."""
    with practice_scope(patient.practice):
        judgement, _is_new = _locked(patient)
        if judgement.chosen_on is None:
            return judgement
        made = PatientPlan.objects.filter(
            high_user=patient.high_user, drafted_on__gte=judgement.chosen_on, closed_on=None
        )
        if problems := rules.undo_problems(judgement, planned=made.exists()):
            raise NotPossibleError(problems)
        judgement.chosen_on = judgement.position = None
        _store(judgement, actor, is_new=False, fields=["chosen_on", "position"])
    return judgement


@transaction.atomic
def draw_lots(
    *, practice: Practice, high_users: Sequence[HighUser], places: int, actor: User
) -> list[HighUser]:
    """Let chance choose `places` of these patients, and say so with each.

    `NotPossibleError` when they are no tie (any more): a colleague judged or chose meanwhile.
    """
    take_turn(practice)
    with practice_scope(practice):
        ticked = {one.pk for one in high_users}
        list(_lockable().filter(pk__in=ticked).order_by("pk"))
        listed = board(practice, timezone.localdate())
        lines = [line for line in listed.lines if line.high_user.pk in ticked]
        if listed.extract is None or rules.lot_problems(lines, places):
            raise NotPossibleError(
                [_("A colleague changed something for these patients just now. Look again.")]
            )
        codes = ", ".join(line.code for line in sorted(lines, key=lambda one: one.high_user.number))
        reason = _("Chosen by lot out of %(codes)s.") % {"codes": codes}
        drawn = SystemRandom().sample([line.high_user for line in lines], places)
        for high_user in drawn:
            patient = Patient(practice, high_user, listed.extract.period_end)
            choose(patient, actor=actor, reason=reason)
    return drawn


def take_turn(practice: Practice) -> None:
    """One choice at a time in a practice. To be asked before a patient is locked: who holds a
    patient and waits for the turn blocks who has the turn and needs that patient."""
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)


def _locked(patient: Patient) -> tuple[Judgement, bool]:
    """The row, or a new one that is not stored yet; nobody else writes it meanwhile."""
    high_user = _lockable().get(pk=patient.high_user.pk)
    people = ("said_by__person", "changed_by__person", "profile")
    found = Judgement.objects.filter(high_user=high_user, period_end=patient.period_end)
    stored = found.select_related(*people).first()
    if stored:
        return stored, False
    new = Judgement(practice=patient.practice, high_user=high_user, period_end=patient.period_end)
    return new, True


def _lockable() -> QuerySet[HighUser]:
    return HighUser.objects.select_for_update(no_key=True).defer("his_number")


def _store(judgement: Judgement, actor: User, *, is_new: bool, fields: Sequence[str]) -> None:
    judgement.version += 1
    judgement.changed_by = actor
    judgement.save()
    record(
        actor=actor,
        action=AuditAction.CREATE if is_new else AuditAction.CHANGE,
        obj=judgement,
        practice=judgement.practice,
        patient_key=bytes(judgement.high_user.patient_key),
        fields=list(fields),
    )
