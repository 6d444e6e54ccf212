"""What is due on plans, for whoever looks at a list of it."""

from dataclasses import dataclass
from datetime import date

from highusers.followup.due import DueItem, due_in
from highusers.models import HighUser, PlanAction
from highusers.states import OPEN, ActionState
from practices.audit import record
from practices.isolation import practice_scope
from practices.models import Practice, User
from practices.permissions import NEEDS_SCOPE, Permission
from practices.states import AuditAction
from practices.tenancy import Access


@dataclass(frozen=True, slots=True)
class OwnActions:
    """How many actions wait for one person, and the first day of them."""

    number: int
    first_on: date | None


def listed_due(*, practice: Practice, actor: User, today: date) -> list[DueItem]:
    """For who sees plans; a look at patients, so it goes on record."""
    with practice_scope(practice):
        items = due_in(practice, today)
        record(
            actor=actor,
            action=AuditAction.LIST,
            obj=(HighUser._meta.label_lower, ""),
            practice=practice,
            patients=len({item.code for item in items}),
        )
    return items


def own_actions(*, practice: Practice, access: Access, person: int | None) -> OwnActions:
    """For a colleague who works on plans without seeing them: how many, not what or for whom."""
    if person is None or Permission.SEE_PLANS in access or not access.permissions & NEEDS_SCOPE:
        return OwnActions(0, None)
    with practice_scope(practice):
        found = PlanAction.objects.filter(
            practice=practice, colleague=person, state=ActionState.OPEN, plan__state__in=OPEN
        )
        days = list(found.values_list("due_on", flat=True))
    return OwnActions(len(days), min((day for day in days if day), default=None))
