"""Whether what a message says is still so, and from when a reminder is worth sending."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from training.models import SessionMail
from training.states import REMINDERS, EnrolmentState, MailKind

_NEEDS_PLACE = (MailKind.CONFIRMED, MailKind.PROMOTED, *REMINDERS)


@dataclass(frozen=True, slots=True)
class Window:
    """Days before the session: from `first` on it is sent, after `last` it is too late for it."""

    first: int
    last: int

    def begins(self, held_on: date) -> date:
        return held_on - timedelta(days=self.first)

    def holds(self, held_on: date, today: date) -> bool:
        return self.last <= (held_on - today).days <= self.first


WINDOWS = {MailKind.REMINDER_WEEK: Window(7, 5), MailKind.REMINDER_DAY: Window(1, 0)}
"""With room for a worker that was away for a day; until the session begins, of course."""


def overtaken(mail: SessionMail) -> bool:
    """What it says is no longer so: better no mail than a wrong one."""
    enrolment, session = mail.enrolment, mail.enrolment.session
    if mail.kind in _NEEDS_PLACE:
        gone = session.cancelled_at is not None or enrolment.state != EnrolmentState.CONFIRMED
        return gone or (mail.kind in REMINDERS and _too_late(mail))
    if mail.kind == MailKind.WAITING:
        return session.cancelled_at is not None or enrolment.state != EnrolmentState.WAITING
    if mail.kind == MailKind.SESSION_CHANGED:
        return session.cancelled_at is not None or not enrolment.is_live
    return mail.kind == MailKind.SESSION_CANCELLED and session.cancelled_at is None


def _too_late(mail: SessionMail) -> bool:
    session, now = mail.enrolment.session, timezone.now()
    today = timezone.localdate(now)
    window = WINDOWS[MailKind(mail.kind)]
    moved = session.held_on != mail.for_day
    return moved or now >= session.begins or not window.holds(session.held_on, today)
