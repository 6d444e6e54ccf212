"""Actions of a plan: adding, changing, ticking off."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from highusers.models import NetworkPartner, PatientPlan, PlanAction
from highusers.plans.services import OvertakenError, changing
from highusers.states import OPEN, ActionState
from practices.audit import record
from practices.models import Person, Practice, User
from practices.states import AuditAction


@dataclass(frozen=True, slots=True)
class ActionText:
    """What is to be done, by a colleague or a partner or nobody yet."""

    what: str
    colleague: Person | None = None
    partner: NetworkPartner | None = None
    due_on: date | None = None


@transaction.atomic
def add_action(
    *, practice: Practice, plan: PatientPlan, text: ActionText, actor: User | None
) -> PlanAction:
    with changing(practice, plan, only=OPEN) as plan:
        action = PlanAction(practice=practice, plan=plan)
        _write(action, text)
        _told(action, actor, AuditAction.CREATE)
    return action


@transaction.atomic
def change_action(
    *, practice: Practice, action: PlanAction, text: ActionText, actor: User, seen: str
) -> PlanAction:
    """`OvertakenError` when a colleague changed the action since it was `seen`."""
    with changing(practice, action.plan, only=OPEN):
        action.refresh_from_db()
        if seen != version(action):
            raise OvertakenError
        _write(action, text)
        _told(action, actor, AuditAction.CHANGE)
    return action


@transaction.atomic
def settle_action(
    *, practice: Practice, action: PlanAction, state: str, actor: User | None
) -> PlanAction:
    """Tick an action off, drop it, or take it up again."""
    with changing(practice, action.plan, only=OPEN):
        action.refresh_from_db()
        action.state = state
        action.settled_on = None if state == ActionState.OPEN else timezone.localdate()
        action.save()
        _told(action, actor, AuditAction.CHANGE)
    return action


def version(action: PlanAction) -> str:
    return action.changed_at.isoformat()


def _write(action: PlanAction, text: ActionText) -> None:
    action.what, action.due_on = text.what, text.due_on
    action.colleague, action.partner = text.colleague, text.partner
    action.save()


def _told(action: PlanAction, actor: User | None, event: AuditAction) -> None:
    record(
        actor=actor,
        action=event,
        obj=action,
        practice=action.practice,
        patient_key=action.plan.patient_key,
        state=action.state,
    )
