"""The calendar as rows: sessions of the region, and visits to the practices of who reads."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from monitoring.agenda.choice import VISIT, Choice
from monitoring.models import Visit, VisitAppointment
from monitoring.visit_planning.states import AppointmentState
from practices.models import Practice, User
from practices.programme_year import add_months
from practices.states import StaffRole
from training.enrolment.places import Places
from training.enrolment.rules import session_problems
from training.models import Enrolment, Session
from training.states import EnrolmentState


@dataclass(frozen=True, slots=True)
class Row:
    """`mine` is one's own enrolment and `queue_place` one's place when waiting; `colleagues` of
    the own practices are in; `open` means that one can enrol or wait. A visit has no `places`."""

    day: date
    starts_at: time | None
    title: str
    kind: str
    place: str
    url: str
    ends_at: time | None = None
    places: Places | None = None
    cancelled: bool = False
    open: bool = False
    mine: Enrolment | None = None
    queue_place: int | None = None
    colleagues: int = 0


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, with the practices somebody works in or visits; `everything` for who runs all
    sessions, those that one practice asked for included. `enrols_as`: what somebody is who can
    enrol nobody else, None for who can."""

    user: User
    practices: tuple[Practice, ...]
    everything: bool = False
    enrols_as: frozenset[StaffRole] | None = None

    def can_enrol(self, session: Session) -> bool:
        fits = self.enrols_as is None or bool(self.enrols_as & session.meant_for)
        return fits and bool(self.practices)

    @property
    def cities(self) -> set[str]:
        return {practice.city for practice in self.practices if practice.city}


def rows_of(reader: Reader, choice: Choice, now: datetime) -> list[Row]:
    """Of the month that was chosen, or all that is to come."""
    first, last = _span(choice, timezone.localdate(now))
    return rows_between(reader, choice, first, last, now)


def rows_between(
    reader: Reader, choice: Choice, first: date, last: date, now: datetime
) -> list[Row]:
    """In order of time. The number of queries does not depend on the number of rows."""
    rows: list[Row] = []
    if choice.kind != VISIT:
        rows += _session_rows(reader, choice, first, last, now)
    if choice.kind in ("", VISIT) and not choice.free:
        rows += _visit_rows(reader.practices, first, last)
    return sorted(rows, key=lambda row: (row.day, row.starts_at or time.min, row.title))


def _span(choice: Choice, today: date) -> tuple[date, date]:
    if choice.month is None:
        return today, date.max
    return choice.month, add_months(choice.month, 1) - timedelta(days=1)


def _session_rows(
    reader: Reader, choice: Choice, first: date, last: date, now: datetime
) -> list[Row]:
    found = Session.objects.between(first, last).select_related("course").with_counts()
    if not reader.everything:
        found = found.open_to(reader.user, reader.practices)
    if choice.kind:
        found = found.filter(kind=choice.kind)
    if choice.near:
        found = found.filter(Q(city__in=reader.cities) | ~Q(online_url=""))
    sessions = [one for one in found if not choice.free or _has_place(one)]
    mine = _own_enrolments(reader.user, sessions)
    colleagues = _colleagues(reader.practices, sessions)
    return [
        _row(one, mine.get(one.pk), colleagues.get(one.pk, 0), reader=reader, now=now)
        for one in sessions
    ]


def _row(
    session: Session, mine: Enrolment | None, colleagues: int, *, reader: Reader, now: datetime
) -> Row:
    return Row(
        day=session.held_on,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        title=session.title,
        kind=session.get_kind_display(),
        place=_place(session),
        url=reverse("session", args=[session.pk]),
        places=_places(session),
        cancelled=session.cancelled_at is not None,
        open=reader.can_enrol(session) and not session_problems(session, now),
        mine=mine,
        queue_place=mine.ahead + 1 if mine and mine.state == EnrolmentState.WAITING else None,  # type: ignore[attr-defined]
        colleagues=colleagues,
    )


def _place(session: Session) -> str:
    where = ", ".join(filter(None, [session.place, session.city]))
    return where or (_("Online") if session.online_url else "")


def _places(session: Session) -> Places:
    return Places(session.places, session.confirmed, session.waiting, 0)  # type: ignore[attr-defined]


def _has_place(session: Session) -> bool:
    return session.cancelled_at is None and not _places(session).full


def _own_enrolments(user: User, sessions: Iterable[Session]) -> dict[int, Enrolment]:
    """By session; `ahead` counts who waits before one."""
    if user.person_id is None:
        return {}
    own = Enrolment.objects.live().filter(person=user.person_id, session__in=list(sessions))
    return {one.session_id: one for one in own.with_people_ahead()}


def _colleagues(practices: Collection[Practice], sessions: Iterable[Session]) -> dict[int, int]:
    """How many of these practices are in, by session."""
    if not practices:
        return {}
    live = Enrolment.objects.live().filter(practice__in=practices, session__in=list(sessions))
    counts = live.order_by().values("session_id").annotate(people=Count("pk"))
    return {row["session_id"]: row["people"] for row in counts}


def _visit_rows(practices: Collection[Practice], first: date, last: date) -> list[Row]:
    """Those with an appointment stand there with its time."""
    appointments = VisitAppointment.objects.of_practices(practices).between(first, last)
    planned = appointments.exclude(state=AppointmentState.CANCELLED)
    visits = Visit.objects.filter(
        practice__in=practices, held_on__range=(first, last), appointment=None
    )
    return [_appointment_row(one) for one in planned.in_order()] + [
        Row(
            day=visit.held_on,
            starts_at=None,
            title=_("Visit of the consultant to %(practice)s") % {"practice": visit.practice},
            kind=_("Visit"),
            place=visit.practice.city,
            url=reverse("practice_start", args=[visit.practice.slug]),
        )
        for visit in visits.select_related("practice")
    ]


def _appointment_row(one: VisitAppointment) -> Row:
    title = _("Visit of the consultant to %(practice)s") % {"practice": one.practice}
    return Row(
        day=one.held_on,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        title=title,
        kind=f"{_('Visit')} ({one.get_state_display()})",
        place=one.place or _("Online"),
        url=reverse("visit_date", args=[one.practice.slug, one.code]),
    )
