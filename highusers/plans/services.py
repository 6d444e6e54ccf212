"""Plans of patients: drawing up, changing, and looking up a HIS number."""

from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction
from django.utils import timezone

from highusers.models import HighUser, PatientPlan, PatientProfile
from highusers.states import PlanState
from practices.audit import record
from practices.isolation import practice_scope
from practices.models import Practice, User
from practices.programme_year import add_years, programme_year, year_start
from practices.states import AuditAction


class OvertakenError(Exception):
    """Somebody else changed the plan after this person opened it."""


@dataclass(frozen=True, slots=True)
class PlanText:
    """What a plan says; texts are encrypted where they are stored."""

    reason: str = ""
    profile: PatientProfile | None = None
    influenceable: str = ""
    who: str = ""
    how: str = ""
    moment: str = ""
    goals: str = ""
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
    ``seen`` is the `version` the person looked at; `OvertakenError` when it is no longer that.
    """
    day = drafted_on or timezone.localdate()
    with practice_scope(practice):
        HighUser.objects.select_for_update(no_key=True).get(pk=high_user.pk)
        plan = plan_at_hand(practice, high_user, day)
        if seen is not None and seen != version(plan):
            raise OvertakenError
        is_new = plan is None
        new = PatientPlan(practice=practice, high_user=high_user, drafted_on=day, created_by=actor)
        plan = plan or new
        changed = _write(plan, text)
        plan.save()
        record(
            actor=actor,
            action=AuditAction.CREATE if is_new else AuditAction.CHANGE,
            obj=plan,
            practice=practice,
            fields=changed,
        )
    return plan


def plan_at_hand(practice: Practice, high_user: HighUser, day: date) -> PatientPlan | None:
    """The patient's plan of the programme year that `day` falls in; the scope must be open."""
    year = programme_year(practice.start, day)
    first_day = year_start(practice.start, year) if year else add_years(day, -1)
    plans = PatientPlan.objects.filter(
        high_user=high_user, drafted_on__gte=first_day, drafted_on__lte=day
    )
    return plans.select_related("profile").order_by("-drafted_on").first()


def version(plan: PatientPlan | None) -> str:
    """Which state of a plan somebody looks at."""
    return plan.changed_at.isoformat() if plan else ""


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


def _write(plan: PatientPlan, text: PlanText) -> list[str]:
    """Put the text into the plan; answers the names of the fields that changed."""
    changed = []
    for field in fields(text):
        value = getattr(text, field.name)
        if getattr(plan, field.name) != value:
            setattr(plan, field.name, value)
            changed.append(field.name)
    return changed
