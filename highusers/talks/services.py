"""Keeping notes of a team talk."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from highusers.models import TeamTalk
from highusers.talks.presence import people_text
from practices.audit import record
from practices.isolation import practice_scope
from practices.models import Person, Practice, User
from practices.states import AuditAction


@dataclass(frozen=True, slots=True)
class Notes:
    """When, who was there, and what was decided."""

    held_on: date
    present: Collection[Person]
    decided: str


class OvertakenError(Exception):
    """A colleague changed these notes after this person opened them."""


@transaction.atomic
def keep_notes(
    *,
    practice: Practice,
    notes: Notes,
    actor: User,
    talk: TeamTalk | None = None,
    seen: str = "",
) -> TeamTalk:
    """Write down a talk, or change what was written of this one.

    ``seen`` is the `version` the person looked at; `OvertakenError` when it is no longer that."""
    with practice_scope(practice):
        is_new = talk is None
        if talk is None:
            talk = TeamTalk(practice=practice, created_by=actor)
        else:
            talk = TeamTalk.objects.select_for_update(no_key=True).get(pk=talk.pk)
            if seen != version(talk):
                raise OvertakenError
        talk.held_on, talk.decided = notes.held_on, notes.decided
        talk.present = people_text(notes.present)
        talk.save()
        _told(talk, actor, AuditAction.CREATE if is_new else AuditAction.CHANGE)
    return talk


@transaction.atomic
def drop_notes(*, practice: Practice, talk: TeamTalk, actor: User) -> None:
    with practice_scope(practice):
        _told(talk, actor, AuditAction.DELETE)
        talk.delete()


def version(talk: TeamTalk) -> str:
    """Which state of the notes somebody looks at."""
    return talk.changed_at.isoformat()


def _told(talk: TeamTalk, actor: User, action: AuditAction) -> None:
    record(actor=actor, action=action, obj=talk, practice=talk.practice)
