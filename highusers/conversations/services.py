"""Recording a conversation with a patient."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from highusers.conversations.web import written
from highusers.models import Conversation, HighUser
from highusers.plans.services import OvertakenError
from practices.audit import record
from practices.isolation import practice_scope
from practices.models import Person, Practice, User
from practices.states import AuditAction


class SameDayError(Exception):
    """There is a conversation with this patient on that day already."""


@dataclass(frozen=True, slots=True)
class Talk:
    """`marks` from 0 to 10 by `PositiveHealth`, only those that were given."""

    held_on: date
    colleague: Person | None = None
    note: str = ""
    marks: dict[str, int] = field(default_factory=dict)


@transaction.atomic
def save_conversation(
    *,
    practice: Practice,
    high_user: HighUser,
    talk: Talk,
    actor: User | None,
    conversation: Conversation | None = None,
    seen: str | None = None,
) -> Conversation:
    """Record a talk, or change the one given; one a day (`SameDayError`).

    ``seen`` is the `version` the person looked at; `OvertakenError` when it is no longer that."""
    with practice_scope(practice):
        HighUser.objects.select_for_update(no_key=True).get(pk=high_user.pk)
        is_new = conversation is None
        if conversation is not None:
            conversation.refresh_from_db()
            if seen is not None and seen != version(conversation):
                raise OvertakenError
        same_day = Conversation.objects.filter(high_user=high_user, held_on=talk.held_on)
        conversation = conversation or Conversation(practice=practice, high_user=high_user)
        if same_day.exclude(pk=conversation.pk).exists():
            raise SameDayError
        conversation.held_on, conversation.colleague = talk.held_on, talk.colleague
        conversation.note, conversation.marks = talk.note, written(talk.marks)
        conversation.save()
        record(
            actor=actor,
            action=AuditAction.CREATE if is_new else AuditAction.CHANGE,
            obj=conversation,
            practice=practice,
            patient_key=bytes(high_user.patient_key),
        )
    return conversation


def version(conversation: Conversation) -> str:
    """Which state of it somebody looks at."""
    return conversation.changed_at.isoformat()
