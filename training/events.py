"""Sessions as events of a calendar, for everybody and for one person."""

from collections.abc import Sequence

from training.ical import Event
from training.models import Enrolment, Session
from training.states import EnrolmentState


def session_event(session: Session, *, url: str, description: str = "") -> Event:
    """As everybody sees it; the link to an online meeting is for who comes."""
    return Event(
        uid=f"{session.uid}@mtvp",
        title=session.title,
        day=session.held_on,
        changed_at=session.changed_at,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        place=", ".join(filter(None, [session.place, session.city])),
        description=description,
        url=url,
        sequence=session.sequence,
        cancelled=session.cancelled_at is not None,
    )


def personal_event(session: Session, enrolments: Sequence[Enrolment], *, url: str) -> Event:
    """As one person has it, from all enrolments of that person for this session, in order.

    Each time that an enrolment begins or ends is a version of its own on top of the session's:
    calendars leave a cancelled event alone until they see a higher number.
    """
    latest = enrolments[-1]
    came = latest.state == EnrolmentState.CONFIRMED
    general = session_event(session, url=url, description=session.online_url if came else "")
    changes = [(one.enrolled_at, one.promoted_at, one.ended_at) for one in enrolments]
    moments = [moment for change in changes for moment in change if moment is not None]
    return Event(
        uid=general.uid,
        title=general.title,
        day=general.day,
        changed_at=max(general.changed_at, *moments),
        starts_at=general.starts_at,
        ends_at=general.ends_at,
        place=general.place or session.online_url if came else general.place,
        description=general.description,
        url=url,
        sequence=general.sequence + len(moments) - 1,
        cancelled=general.cancelled or not latest.is_live,
        tentative=latest.state == EnrolmentState.WAITING,
    )
