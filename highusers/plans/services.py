"""Plans of patients: drawing up, changing, the steps of their cycle, looking up a HIS number.

A patient has one open plan at a time. Everything that changes a plan locks the patient's row
first, and leaves a version of what the plan then reads.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction
from django.utils import timezone

from highusers.models import HighUser, Judgement, PatientPlan, PatientProfile, PlanAction
from highusers.plans.versions import add_version, number_of
from highusers.states import OPEN, UNDER_WAY, ActionState, CloseReason, PlanState
from practices.audit import record
from practices.isolation import practice_scope
from practices.models import Practice, User
from practices.programme_year import add_years, programme_year, year_start
from practices.states import AuditAction


class OvertakenError(Exception):
    """Somebody else changed the plan after this person opened it."""


class NotNowError(Exception):
    """The plan is in a state from which this step is not taken."""


@dataclass(frozen=True, slots=True)
class PlanText:
    """What a plan says; texts are encrypted where they are stored.

    `life_domains` holds codes with commas; `state` counts when the plan is drawn up."""

    reason: str = ""
    profile: PatientProfile | None = None
    influenceable: str = ""
    life_domains: str = ""
    who: str = ""
    how: str = ""
    moment_kind: str = ""
    moment: str = ""
    goals: str = ""
    instruction: str = ""
    hotspotter: bool = False
    evaluate_on: date | None = None
    state: str = PlanState.DRAWN_UP


@transaction.atomic
def save_plan(
    *,
    practice: Practice,
    high_user: HighUser,
    text: PlanText,
    actor: User | None,
    drafted_on: date | None = None,
    seen: str | None = None,
) -> PatientPlan:
    """Draw up the plan of this patient, or change the one of this programme year.

    A plan counts for the year in which it was drawn up, so a new year begins a new one.
    ``seen`` is the version the person looked at; `OvertakenError` when it is no longer that.
    """
    day = drafted_on or timezone.localdate()
    with practice_scope(practice):
        _lock(high_user)
        plan = plan_at_hand(practice, high_user, day)
        if plan is not None:
            return change_plan(practice=practice, plan=plan, text=text, actor=actor, seen=seen)
        if seen:
            raise OvertakenError
        plan = PatientPlan(practice=practice, high_user=high_user, drafted_on=day, created_by=actor)
        changed = _write(plan, text)
        plan.period_end = _chosen_on(high_user)
        plan.save()
        for earlier in _open_before(plan):
            _go_on(earlier, plan, actor)
        _told(plan, actor, AuditAction.CREATE, changed)
    return plan


@transaction.atomic
def change_plan(
    *, practice: Practice, plan: PatientPlan, text: PlanText, actor: User | None, seen: str | None
) -> PatientPlan:
    """Write the text into an open plan; after an evaluation that makes it an adjusted one.

    `OvertakenError` when the plan is no longer the version that was `seen`."""
    with changing(practice, plan, only=OPEN) as plan:
        if seen is not None and seen != number_of(plan):
            raise OvertakenError
        changed = _write(plan, text, keep=("state",))
        if changed and plan.state == PlanState.EVALUATED:
            plan.state = PlanState.ADJUSTED
            changed.append("state")
        if changed:
            store(plan, actor, changed)
    return plan


def start_plan(*, practice: Practice, plan: PatientPlan, actor: User) -> PatientPlan:
    """From now on the plan runs: the assistant gets its instruction."""
    with changing(practice, plan, only=(PlanState.DRAWN_UP,)) as plan:
        plan.state = PlanState.RUNNING
        store(plan, actor, ["state"])
    return plan


def close_plan(
    *, practice: Practice, plan: PatientPlan, reason: str, note: str, actor: User
) -> PatientPlan:
    """End the plan; what was still to do is dropped."""
    with changing(practice, plan, only=OPEN) as plan:
        _close(plan, reason, note, timezone.localdate())
        PlanAction.objects.filter(plan=plan, state=ActionState.OPEN).update(
            state=ActionState.DROPPED, settled_on=timezone.localdate()
        )
        store(plan, actor, ["state", "closed_on", "close_reason", "close_note"])
    return plan


def reopen_plan(*, practice: Practice, plan: PatientPlan, actor: User) -> PatientPlan:
    """Take a closed plan up again; only the patient's latest, so that one at most is open."""
    with changing(practice, plan, only=(PlanState.CLOSED,)) as plan:
        newer = PatientPlan.objects.filter(
            high_user=plan.high_user_id, drafted_on__gt=plan.drafted_on
        )
        if newer.exists():
            raise NotNowError
        plan.state, plan.closed_on = PlanState.RUNNING, None
        plan.close_reason, plan.close_note = "", ""
        store(plan, actor, ["state", "closed_on", "close_reason", "close_note"])
    return plan


def note_consent(*, practice: Practice, plan: PatientPlan, given: bool, actor: User) -> PatientPlan:
    """Whether the patient agrees to sharing across domains; withdrawn as easily as given."""
    with changing(practice, plan, only=OPEN) as plan:
        plan.consent_on = timezone.localdate() if given else None
        plan.consent_by = actor if given else None
        store(plan, actor, ["consent_on", "consent_by"])
    return plan


def plan_at_hand(practice: Practice, high_user: HighUser, day: date) -> PatientPlan | None:
    """The patient's plan of the programme year that `day` falls in; the scope must be open."""
    plans = PatientPlan.objects.filter(
        high_user=high_user, drafted_on__gte=year_begins(practice, day), drafted_on__lte=day
    )
    return plans.select_related("profile").order_by("-drafted_on").first()


def year_begins(practice: Practice, day: date) -> date:
    """The first day of the programme year of `day`; before the start, of the last twelve months."""
    year = programme_year(practice.start, day)
    return year_start(practice.start, year) if year else add_years(day, -1)


def reveal_number(*, practice: Practice, high_user: HighUser, actor: User) -> str | None:
    """The patient's number in the HIS; every look at it is in the trail."""
    record(
        actor=actor,
        action=AuditAction.READ,
        obj=high_user,
        practice=practice,
        fields=["his_number"],
    )
    number: str | None = high_user.his_number
    return number


@contextmanager
def changing(
    practice: Practice, plan: PatientPlan, *, only: Sequence[str]
) -> Iterator[PatientPlan]:
    """The plan as it stands, its patient locked; `NotNowError` when it is in no state of `only`."""
    with practice_scope(practice):
        _lock(plan.high_user)
        fresh = PatientPlan.objects.select_related("high_user", "profile").get(pk=plan.pk)
        if fresh.state not in only:
            raise NotNowError
        yield fresh


def store(plan: PatientPlan, actor: User | None, changed: list[str]) -> None:
    """Save a plan that is being changed, with its version and its event."""
    plan.save()
    _told(plan, actor, AuditAction.CHANGE, changed)


def _told(plan: PatientPlan, actor: User | None, action: AuditAction, changed: list[str]) -> None:
    add_version(plan, actor)
    record(actor=actor, action=action, obj=plan, practice=plan.practice, fields=changed)


def _lock(high_user: HighUser) -> None:
    HighUser.objects.select_for_update(no_key=True).get(pk=high_user.pk)


def _write(plan: PatientPlan, text: PlanText, keep: Sequence[str] = ()) -> list[str]:
    """Put the text into the plan; answers the names of the fields that changed."""
    changed = []
    for field in fields(text):
        value = getattr(text, field.name)
        if field.name not in keep and getattr(plan, field.name) != value:
            setattr(plan, field.name, value)
            changed.append(field.name)
    return changed


def _chosen_on(high_user: HighUser) -> date | None:
    """The last day of the extract on which the team chose this patient."""
    chosen = Judgement.objects.filter(high_user=high_user, chosen_on__isnull=False)
    return chosen.order_by("-period_end").values_list("period_end", flat=True).first()


def _open_before(plan: PatientPlan) -> list[PatientPlan]:
    earlier = PatientPlan.objects.filter(
        high_user=plan.high_user_id, drafted_on__lt=plan.drafted_on, state__in=OPEN
    )
    return list(earlier.select_related("high_user", "profile"))


def _go_on(earlier: PatientPlan, plan: PatientPlan, actor: User | None) -> None:
    """The new plan takes over what was going on: that it runs, the consent, what is still to do."""
    if earlier.state in UNDER_WAY and plan.state == PlanState.DRAWN_UP:
        plan.state = PlanState.RUNNING
    plan.consent_on, plan.consent_by = earlier.consent_on, earlier.consent_by
    plan.save()
    PlanAction.objects.filter(plan=earlier, state=ActionState.OPEN).update(plan=plan)
    _close(earlier, CloseReason.CONTINUED, "", plan.drafted_on)
    store(earlier, actor, ["state", "closed_on", "close_reason"])


def _close(plan: PatientPlan, reason: str, note: str, day: date) -> None:
    plan.state, plan.closed_on = PlanState.CLOSED, day
    plan.close_reason, plan.close_note = reason, note
