"""A facilitator's year: the own sessions, and what is to be done for them, first things first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.agenda.listing import Row
from practices.models import User
from training.models import Session
from training.overviews.preparation import Prepared, prepared

SCRIPT_BEFORE = timedelta(weeks=4)
"""So long before a session it is time for its script."""
ROUND_OFF_WITHIN = timedelta(days=60)
"""Learning points that were not written down by then are not asked for any more."""


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do for one session."""

    session: Session
    text: str
    button: str
    url: str


def year_plan(user: User, year: int) -> list[Prepared]:
    """The sessions of a calendar year that somebody facilitates, in order of time. Nine queries."""
    own = Session.objects.facilitated_by(user).between(date(year, 1, 1), date(year, 12, 31))
    return prepared(own.select_related("course").with_counts())


def to_do(user: User, today: date) -> list[Todo]:
    """What is to be done now, whatever the year that is shown; the first is most urgent."""
    near = Session.objects.facilitated_by(user).between(
        today - timedelta(days=365), today + SCRIPT_BEFORE
    )
    rows = prepared(near.filter(cancelled_at=None).with_counts())
    return sorted(_todos(rows, today), key=lambda one: one.session.held_on)


def _todos(rows: Iterable[Prepared], today: date) -> Iterator[Todo]:
    for row in rows:
        if row.session.held_on > today:
            yield from _before(row)
        else:
            yield from _after(row, today)


def _before(row: Prepared) -> Iterator[Todo]:
    if not row.script:
        url = reverse("session_script", args=[row.session.pk])
        yield Todo(row.session, _("There is no script yet."), _("Write the script"), url)


def _after(row: Prepared, today: date) -> Iterator[Todo]:
    attendance = reverse("session_attendance", args=[row.session.pk])
    if row.attendance.empty:
        text = _("Nobody put down yet who was there.")
        if row.session.held_on == today:
            text = _("This session is today.")
        yield Todo(row.session, text, _("Attendance"), attendance)
    elif row.attendance.unknown:
        text = ngettext(
            "Of %(people)s person it is not known whether they came.",
            "Of %(people)s people it is not known whether they came.",
            row.attendance.unknown,
        )
        people = {"people": row.attendance.unknown}
        yield Todo(row.session, text % people, _("Attendance"), attendance)
    elif not row.learning_points and today - row.session.held_on <= ROUND_OFF_WITHIN:
        url = reverse("session_learning", args=[row.session.pk])
        text = _("What did you learn from each other?")
        yield Todo(row.session, text, _("Write learning points"), url)


def as_rows(plan: Iterable[Prepared]) -> list[Row]:
    """For the picture of a month."""
    return [
        Row(
            day=one.session.held_on,
            starts_at=one.session.starts_at,
            ends_at=one.session.ends_at,
            title=one.session.title,
            kind=one.session.get_kind_display(),
            place=one.session.place,
            url=reverse("session_attendance", args=[one.session.pk]),
            places=one.places,
            cancelled=one.session.cancelled_at is not None,
        )
        for one in plan
    ]
