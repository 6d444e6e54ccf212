"""The instruction behind a number of the GP system.

A number that is unknown and a patient without an instruction take the same statements and give
the same answer: the card tells nobody who is on the list.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import FilteredRelation, Q

from highusers.lookup import key_of_number
from highusers.models import HighUser
from highusers.states import UNDER_WAY, InviteMoment
from practices.audit import record
from practices.isolation import practice_scope
from practices.models import Practice, User
from practices.states import AuditAction, AuditOutcome


@dataclass(frozen=True, slots=True)
class Instruction:
    """What to do when this patient calls; without `text` what `moment_kind` says is all."""

    text: str
    moment_kind: str


@transaction.atomic
def look_up(*, practice: Practice, number: str, actor: User) -> Instruction | None:
    """The instruction of the running plan, or None. That somebody searched is in the trail; the
    number is not, and who was meant only when that patient is held."""
    with practice_scope(practice):
        key = key_of_number(practice, number)
        running = FilteredRelation("plans", condition=Q(plans__state__in=UNDER_WAY))
        own = HighUser.objects.filter(practice=practice, patient_key=key or b"")
        patients = own.alias(running=running)
        found = (
            patients.order_by("-running__drafted_on")
            .values_list("patient_key", "running__instruction", "running__moment_kind")
            .first()
        )
        record(
            actor=actor,
            action=AuditAction.SEARCH,
            obj=("instruction", ""),
            practice=practice,
            patient_key=bytes(found[0]) if found else None,
            outcome=AuditOutcome.DONE if found else AuditOutcome.FAILED,
        )
    if found is None:
        return None
    text, kind = found[1] or "", found[2] or ""
    return Instruction(text, kind) if text or kind == InviteMoment.WHEN_CALLS else None
