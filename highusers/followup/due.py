"""What is due on the plans of one practice: evaluations and actions, soonest first.

`due_in` is what a task list over the whole practice can take over; it must be called in the
practice's scope.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from highusers.models import PatientPlan, PlanAction
from highusers.states import OPEN, ActionState
from practices.models import Practice

SOON_DAYS = 14

PLAN_TEXTS = (
    "reason",
    "who",
    "how",
    "moment",
    "goals",
    "instruction",
    "life_domains",
    "close_note",
    "high_user__his_number",
)
"""Not needed to tell what is due, so not decrypted."""


class Due(StrEnum):
    EVALUATION = "evaluation"
    ACTION = "action"


class When(StrEnum):
    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class DueItem:
    """`on` is the last day in time; `person` who is to do it (of an evaluation: who drew up the
    plan), `owner` the same or a partner in words. `what` is the text of an action."""

    kind: Due
    on: date | None
    when: When
    code: str
    action: int | None
    what: str
    person: int | None
    owner: str


def due_in(practice: Practice, today: date) -> list[DueItem]:
    """Everything open plans ask for, with or without a day; two queries."""
    plans = PatientPlan.objects.filter(
        practice=practice, state__in=OPEN, evaluate_on__isnull=False
    ).select_related("high_user", "created_by__person")
    actions = PlanAction.objects.filter(
        practice=practice, state=ActionState.OPEN, plan__state__in=OPEN
    ).select_related("plan__high_user", "colleague", "partner")
    items = [
        *(_evaluation(plan, today) for plan in plans.defer(*PLAN_TEXTS)),
        *(_action(one, today) for one in actions.defer(*(f"plan__{name}" for name in PLAN_TEXTS))),
    ]
    return sorted(items, key=lambda one: (one.on is None, one.on or today, one.code, one.kind))


def _evaluation(plan: PatientPlan, today: date) -> DueItem:
    drew_up = plan.created_by
    return DueItem(
        kind=Due.EVALUATION,
        on=plan.evaluate_on,
        when=when_of(plan.evaluate_on, today),
        code=plan.high_user.code,
        action=None,
        what="",
        person=drew_up.person_id if drew_up else None,
        owner=str(drew_up or ""),
    )


def _action(action: PlanAction, today: date) -> DueItem:
    return DueItem(
        kind=Due.ACTION,
        on=action.due_on,
        when=when_of(action.due_on, today),
        code=action.plan.high_user.code,
        action=action.pk,
        what=action.what,
        person=action.colleague_id,
        owner=str(action.colleague or action.partner or ""),
    )


def when_of(day: date | None, today: date) -> When:
    """How near the last day in time is."""
    if day is None:
        return When.UNDATED
    if day < today:
        return When.OVERDUE
    return When.SOON if day <= today + timedelta(days=SOON_DAYS) else When.LATER
