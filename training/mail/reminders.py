"""Reminders a week and a day before a session, to who has a place.

They are written down like other mail, from eight in the morning on. Who got the place, or heard of
a change, on the day the reminder is for or later has just read when it is, and gets none.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from practices.models import Person
from training.mail.still import WINDOWS, Window
from training.models import Enrolment, SessionMail
from training.states import MailKind


def write_reminders(now: datetime) -> int:
    """Write down what is due and was not yet; returns the number of people who get a mail."""
    found = {one.person_id for kind in WINDOWS for one in _due(kind, now)}
    return sum(_remind(person, now) for person in sorted(found))


@transaction.atomic
def _remind(person: int, now: datetime) -> bool:
    """One mail, whatever it is about. Under the lock on the person two workers write it once."""
    Person.objects.select_for_update(no_key=True).get(pk=person)
    due = {kind: _due(kind, now, person) for kind in WINDOWS}
    soonest = sorted(
        ((one, kind) for kind, found in due.items() for one in found),
        key=lambda pair: (pair[0].session.begins, pair[0].pk),
    )
    first: SessionMail | None = None
    for enrolment, kind in soonest:
        mail = SessionMail.objects.create(
            enrolment=enrolment,
            kind=kind,
            for_day=enrolment.session.held_on,
            together_with=first,
        )
        first = first or mail
    return first is not None


def _due(kind: MailKind, now: datetime, person: int | None = None) -> list[Enrolment]:
    window, today = WINDOWS[kind], timezone.localdate(now)
    days = (today + timedelta(days=window.last), today + timedelta(days=window.first))
    reminded = SessionMail.objects.filter(
        enrolment=OuterRef("pk"), kind=kind, for_day=OuterRef("session__held_on")
    )
    changes = Q(mails__kind=MailKind.SESSION_CHANGED)
    found = Enrolment.objects.confirmed().filter(
        ~Exists(reminded), session__held_on__range=days, session__cancelled_at=None
    )
    if person is not None:
        found = found.filter(person=person)
    listed = found.annotate(changed_at=Max("mails__created_at", filter=changes))
    return [
        one
        for one in listed.select_related("session").order_by("pk")
        if now < one.session.begins and _told_before(one, window)
    ]


def _told_before(enrolment: Any, window: Window) -> bool:
    """Whether the place, and the day, were known before the reminder's own day."""
    moments = (enrolment.enrolled_at, enrolment.promoted_at, enrolment.changed_at)
    latest = max(moment for moment in moments if moment is not None)
    return timezone.localdate(latest) < window.begins(enrolment.session.held_on)
