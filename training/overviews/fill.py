"""How full sessions are and who came: by session, and together by kind, course and quarter."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q

from training.models import Attendance, Enrolment, Session
from training.overviews.lists import rows_by_session
from training.states import EnrolmentState, SessionKind

SOON = timedelta(weeks=4)
"""So long before a session it is time to look whether it has people enough."""


@dataclass(frozen=True, slots=True)
class SessionFill:
    """`places` is None without a limit; `taken` counts who has a place and who came without one.
    `present` and `absent` are None as long as nobody put down who was there; `absent` had a place
    and did not come, `late` gave it up too late."""

    session: Session
    places: int | None
    taken: int
    waiting: int
    late: int
    present: int | None
    absent: int | None

    @property
    def takes_place(self) -> bool:
        return self.session.cancelled_at is None


@dataclass(frozen=True, slots=True)
class Filled:
    """Sessions together; the `filled` of `places` are those of sessions with a limit only."""

    name: str
    sessions: int
    places: int
    filled: int
    taken: int
    waiting: int
    present: int
    absent: int


def fills(first: date, last: date, kind: str = "") -> list[SessionFill]:
    """In order of time, both days included; '' is every kind. Four queries."""
    found = Session.objects.between(first, last).select_related("course").with_counts()
    found = found.annotate(
        late=Count("enrolments", filter=Q(enrolments__state=EnrolmentState.LATE_CANCELLED))
    )
    if kind:
        found = found.filter(kind=kind)
    sessions = list(found)
    present, absent, guests = _present(sessions), _absent(sessions), _guests(sessions)
    return [
        SessionFill(
            session=one,
            places=one.places,
            taken=_confirmed(one) + guests.get(one.pk, 0),
            waiting=one.waiting,  # type: ignore[attr-defined]
            late=one.late,  # type: ignore[attr-defined]
            present=present.get(one.pk),
            absent=absent.get(one.pk, 0) if one.pk in present else None,
        )
        for one in sessions
    ]


def _present(sessions: Iterable[Session]) -> dict[int, int]:
    """Of sessions of which anything was put down."""
    put_down = Attendance.objects.filter(session__in=list(sessions)).order_by()
    counts = put_down.values("session_id").annotate(people=Count("pk", filter=Q(present=True)))
    return {row["session_id"]: row["people"] for row in counts}


def _guests(sessions: Iterable[Session]) -> dict[int, int]:
    """Who came without a place, as all did of whom a spreadsheet of the region tells."""
    place = Enrolment.objects.confirmed().filter(
        session=OuterRef("session"), person=OuterRef("person")
    )
    came = Attendance.objects.filter(session__in=list(sessions), present=True)
    return rows_by_session(came.filter(~Exists(place)))


def _absent(sessions: Iterable[Session]) -> dict[int, int]:
    missed = Enrolment.objects.confirmed().filter(
        session__in=list(sessions),
        person__attendances__session=F("session"),
        person__attendances__present=False,
    )
    return rows_by_session(missed)


def together(rows: Iterable[SessionFill], name_of: Callable[[Session], str]) -> list[Filled]:
    """Sessions that take place, by what `name_of` says of them, in order of first appearance."""
    groups: defaultdict[str, list[SessionFill]] = defaultdict(list)
    for row in rows:
        if row.takes_place:
            groups[name_of(row.session)].append(row)
    return [_filled(name, group) for name, group in groups.items()]


def _filled(name: str, rows: Sequence[SessionFill]) -> Filled:
    limited = [row for row in rows if row.places is not None]
    return Filled(
        name=name,
        sessions=len(rows),
        places=sum(row.places or 0 for row in limited),
        filled=sum(row.taken for row in limited),
        taken=sum(row.taken for row in rows),
        waiting=sum(row.waiting for row in rows),
        present=sum(row.present or 0 for row in rows),
        absent=sum(row.absent or 0 for row in rows),
    )


def kind_name(session: Session) -> str:
    return str(SessionKind(session.kind).label)


def under_minimum(today: date) -> list[Session]:
    """Sessions that come soon and have fewer people than they need, with `confirmed`."""
    coming = Session.objects.coming(today).filter(held_on__lte=today + SOON, minimum__isnull=False)
    return [one for one in coming.with_counts() if _confirmed(one) < (one.minimum or 0)]


def _confirmed(session: Session) -> int:
    people: int = session.confirmed  # type: ignore[attr-defined]
    return people
