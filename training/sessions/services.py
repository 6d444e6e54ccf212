"""Making, changing, cancelling sessions; who is enrolled is told."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.audit import record
from practices.models import User
from practices.states import AuditAction
from training.enrolment.services import NotPossibleError, fill, lock_sessions
from training.mail.services import post
from training.menu.services import price_on
from training.models import Series, Session
from training.states import MailKind

IN_CALENDARS = frozenset({"title", "held_on", "starts_at", "ends_at", "place", "city"})
"""Fields that people have in their own calendars: a change of these is told to them."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same session `times` times, every so many weeks."""

    times: int = 1
    weeks: int = 1


@transaction.atomic
def make_sessions(*, fields: Mapping[str, Any], repeat: Repeat, actor: User) -> list[Session]:
    """One session, or a series: last days for enrolling and cancelling move along. Without a price
    each takes that of the menu on its day."""
    series = Series.objects.create(title=fields["title"]) if repeat.times > 1 else None
    made = []
    for number in range(repeat.times):
        later = timedelta(weeks=repeat.weeks * number)
        told = {name: _moved(value, later) for name, value in fields.items()}
        if told.get("price") is None:
            told["price"] = price_on(told.get("course"), told["held_on"])
        session = Session.objects.create(
            **told,
            reference=f"MTVP-{secrets.token_hex(5)}",
            series=series,
        )
        record(actor=actor, action=AuditAction.CREATE, obj=session)
        made.append(session)
    return made


@transaction.atomic
def change_session(*, session: Session, fields: Mapping[str, Any], actor: User) -> Session:
    """Change what is told of it, its day included: who is enrolled keeps the place or the turn.

    The number of places is `change_capacity`, which fills them.
    """
    (session,) = lock_sessions([session.pk])
    changed = [name for name, value in fields.items() if getattr(session, name) != value]
    if not changed:
        return session
    for name in changed:
        setattr(session, name, fields[name])
    in_calendars = bool(IN_CALENDARS & set(changed))
    _save(session, changed, new_version=in_calendars)
    record(actor=actor, action=AuditAction.CHANGE, obj=session, fields=sorted(changed))
    fill(session, actor=actor, now=timezone.now())
    if in_calendars and timezone.now() < session.begins:
        _tell(session, MailKind.SESSION_CHANGED)
    return session


@transaction.atomic
def cancel_session(*, session: Session, reason: str, actor: User) -> Session:
    """It stays in the calendar, crossed out; places and turns stay as they are."""
    (session,) = lock_sessions([session.pk])
    if session.cancelled_at is not None:
        raise NotPossibleError(_("This session has been cancelled."))
    if not reason.strip():
        raise NotPossibleError(_("Say why the session is cancelled."))
    session.cancelled_at, session.cancel_reason = timezone.now(), reason.strip()
    _save(session, ["cancelled_at", "cancel_reason"], new_version=True)
    record(actor=actor, action=AuditAction.CHANGE, obj=session, fields=["cancelled_at"])
    _tell(session, MailKind.SESSION_CANCELLED)
    return session


@transaction.atomic
def restore_session(*, session: Session, actor: User) -> Session:
    """Take a cancellation back: everybody has the same place or turn again."""
    (session,) = lock_sessions([session.pk])
    if session.cancelled_at is None:
        return session
    session.cancelled_at, session.cancel_reason = None, ""
    _save(session, ["cancelled_at", "cancel_reason"], new_version=True)
    record(actor=actor, action=AuditAction.CHANGE, obj=session, fields=["cancelled_at"])
    fill(session, actor=actor, now=timezone.now())
    _tell(session, MailKind.SESSION_CHANGED)
    return session


@contextmanager
def changed_elsewhere(sessions: Iterable[int], *, actor: User | None) -> Iterator[None]:
    """Around a change of these sessions by the region's spreadsheets: as with a change here, who
    is enrolled is told of another day, and places that come free are filled."""
    before = {session.pk: session for session in lock_sessions(sessions)}
    yield
    now = timezone.now()
    for session in lock_sessions(before):
        old = before[session.pk]
        if any(getattr(session, name) != getattr(old, name) for name in IN_CALENDARS):
            _save(session, (), new_version=True)
            if now < session.begins:
                _tell(session, MailKind.SESSION_CHANGED)
        fill(session, actor=actor, now=now)


def _save(session: Session, changed: Iterable[str], *, new_version: bool) -> None:
    session.changed_at = timezone.now()
    session.sequence += new_version
    session.save(update_fields=[*changed, "changed_at", "sequence"])


def _tell(session: Session, kind: MailKind) -> None:
    for enrolment in session.enrolments.live().order_by("turn"):
        post(enrolment, kind)


def _moved(value: Any, later: timedelta) -> Any:
    return value + later if isinstance(value, date) else value
