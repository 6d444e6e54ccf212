"""Of which sessions it is known who was there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from training.models import Attendance, Enrolment, Session, WalkIn

AHEAD = timedelta(weeks=3)
"""Lists of sessions within this time are ready to print."""


@dataclass(frozen=True, slots=True)
class ListOfSession:
    """`expected` people had a place; of `unknown` of them nobody put down whether they came.
    `present` counts everybody who was there, `names` those whom nobody knows yet."""

    session: Session
    expected: int
    present: int
    put_down: int
    unknown: int
    names: int

    @property
    def empty(self) -> bool:
        return not self.put_down

    @property
    def complete(self) -> bool:
        return self.put_down > 0 and not self.unknown and not self.names


@dataclass(frozen=True, slots=True)
class Lists:
    """`missing`: over, and nobody put anything down; the oldest first. `unfinished`: somebody is
    unknown yet. `done`: the latest first."""

    missing: tuple[ListOfSession, ...]
    unfinished: tuple[ListOfSession, ...]
    done: tuple[ListOfSession, ...]
    coming: tuple[ListOfSession, ...]


def attendance_lists(first: date, last: date, today: date) -> Lists:
    """Sessions that take place from `first` up to `last`, and those soon to come. Six queries."""
    found = lists_of(
        Session.objects.between(first, max(last, today + AHEAD))
        .filter(cancelled_at=None)
        .select_related("facilitator__person")
    )
    over = [one for one in found if one.session.held_on < today and one.session.held_on <= last]
    soon = [one for one in found if today <= one.session.held_on <= today + AHEAD]
    kept = [one for one in over if not one.empty]
    return Lists(
        missing=tuple(one for one in over if one.empty),
        unfinished=tuple(one for one in kept if not one.complete),
        done=tuple(one for one in reversed(kept) if one.complete),
        coming=tuple(soon),
    )


def lists_of(sessions: Iterable[Session]) -> list[ListOfSession]:
    listed = list(sessions)
    put_down = rows_by_session(Attendance.objects.filter(session__in=listed))
    present = rows_by_session(Attendance.objects.filter(session__in=listed, present=True))
    known = Attendance.objects.filter(session=OuterRef("session"), person=OuterRef("person"))
    expected = Enrolment.objects.confirmed().filter(session__in=listed)
    expecting = rows_by_session(expected)
    unknown = rows_by_session(expected.filter(~Exists(known)))
    names = rows_by_session(
        WalkIn.objects.filter(session__in=listed, withdrawn_at__isnull=True, person__isnull=True)
    )
    return [
        ListOfSession(
            session=one,
            expected=expecting.get(one.pk, 0),
            present=present.get(one.pk, 0),
            put_down=put_down.get(one.pk, 0),
            unknown=unknown.get(one.pk, 0),
            names=names.get(one.pk, 0),
        )
        for one in listed
    ]


def rows_by_session(found: QuerySet[Any]) -> dict[int, int]:
    """How many rows by session."""
    return dict(found.order_by().values_list("session_id").annotate(rows=Count("pk")))
