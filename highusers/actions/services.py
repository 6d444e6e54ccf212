"""Actions of a plan: adding, changing, ticking off."""

from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from highusers.models import NetworkPartner, PatientPlan, PlanAction
from highusers.partners.services import save_partner
from highusers.plans.services import OvertakenError, changing
from highusers.states import OPEN, ActionState
from practices.audit import record
from practices.models import Person, Practice, User
from practices.states import AuditAction


@dataclass(frozen=True, slots=True)
class ActionText:
    """What is to be done, by a colleague or a partner or nobody yet.

    `new_partner`: name and kind of one who is not in the register yet, and is to be the owner."""

    what: str
    colleague: Person | None = None
    partner: NetworkPartner | None = None
    due_on: date | None = None
    new_partner: tuple[str, str] | None = None


@transaction.atomic
def add_action(
    *, practice: Practice, plan: PatientPlan, text: ActionText, actor: User | None
) -> PlanAction:
    """A new partner comes with it, or not at all; `NameTakenError` when there is one by now."""
    text = _with_partner(practice, text, actor)
    with changing(practice, plan, only=OPEN) as plan:
        action = PlanAction(practice=practice, plan=plan)
        _write(action, text)
        _told(action, actor, AuditAction.CREATE)
    return action


@transaction.atomic
def change_action(
    *, practice: Practice, action: PlanAction, text: ActionText, actor: User, seen: str
) -> PlanAction:
    """`OvertakenError` when a colleague changed the action since it was `seen`; a new partner as
    in `add_action`."""
    text = _with_partner(practice, text, actor)
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


def _with_partner(practice: Practice, text: ActionText, actor: User | None) -> ActionText:
    """The text with its new partner in the register. Before the patient is locked: the register
    is the practice's, and who holds a patient does not wait for the practice."""
    if text.new_partner is None:
        return text
    name, kind = text.new_partner
    partner = save_partner(practice=practice, name=name, kind=kind, actor=actor)
    return replace(text, colleague=None, partner=partner, new_partner=None)


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
