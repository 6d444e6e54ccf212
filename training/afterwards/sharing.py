"""After a course the practice shares in its team what was learned, and says what it agreed [1]."""

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from practices.audit import record
from practices.models import Practice, User
from practices.states import AuditAction
from training.models import Session, TeamSharing

_FOLLOWED_SQL = """
    SELECT session.id, array_agg(DISTINCT person.name ORDER BY person.name)
    FROM training_session session
    JOIN training_attendance attendance ON attendance.session_id = session.id
    JOIN practices_person person ON person.id = attendance.person_id
    JOIN practices_employment employment ON employment.person_id = person.id
    WHERE attendance.present AND employment.practice_id = %s
      AND employment.started_on <= session.held_on
      AND (employment.ended_on IS NULL OR employment.ended_on >= session.held_on)
      AND session.kind IN ('triage', 'conversation', 'intervision')
    GROUP BY session.id
"""


@dataclass(frozen=True, slots=True)
class Followed:
    """A session that people of the practice went to, with what was shared about it."""

    session: Session
    people: tuple[str, ...]
    sharings: tuple[TeamSharing, ...]


def followed(practice: Practice) -> list[Followed]:
    """The latest first. Three queries, however many sessions."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOWED_SQL, [practice.pk])
        people = dict(cursor.fetchall())
    sharings: dict[int, list[TeamSharing]] = {}
    for one in practice.team_sharings.select_related("recorded_by__person"):
        sharings.setdefault(one.session_id, []).append(one)
    sessions = Session.objects.filter(pk__in=people).order_by("-held_on", "-starts_at", "pk")
    return [
        Followed(one, tuple(people[one.pk]), tuple(sharings.get(one.pk, ()))) for one in sessions
    ]


@transaction.atomic
def record_sharing(
    *,
    practice: Practice,
    session: Session,
    shared_on: date,
    agreed: str,
    actor: User,
    on_behalf: bool,
) -> TeamSharing:
    made = TeamSharing.objects.create(
        practice=practice,
        session=session,
        shared_on=shared_on,
        agreed=agreed,
        recorded_by=actor,
        on_behalf=on_behalf,
    )
    record(actor=actor, action=AuditAction.CREATE, obj=made, practice=practice)
    return made
