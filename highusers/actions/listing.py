"""The actions of a plan in the order in which they are to be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from highusers.models import PatientPlan, PlanAction
from highusers.states import ActionState


@dataclass(frozen=True, slots=True)
class ActionList:
    """`to_do` by date, those without one last; `settled` the latest first."""

    to_do: Sequence[PlanAction]
    settled: Sequence[PlanAction]
    today: date


def actions_of(plan: PatientPlan, today: date) -> ActionList:
    """One query."""
    found = list(PlanAction.objects.filter(plan=plan).select_related("colleague", "partner"))
    to_do = [one for one in found if one.state == ActionState.OPEN]
    settled = [one for one in found if one.state != ActionState.OPEN]
    to_do.sort(key=lambda one: (one.due_on is None, one.due_on or today, one.pk))
    settled.sort(key=lambda one: (one.settled_on or today, one.pk), reverse=True)
    return ActionList(to_do, settled, today)
