"""What a message says, and the appointment for the calendar that goes with it."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from practices.mailing.message import LANGUAGE, mail_message
from practices.models import Person
from practices.texts.services import mail_text
from training.enrolment.places import SELF_RUNNING_UNTIL
from training.events import personal_event
from training.ical import calendar_file
from training.mail.links import decline_link
from training.mail.texts import REMINDER_TEXT, text_key
from training.models import Enrolment, Session, SessionMail
from training.states import REMINDERS, EnrolmentState, MailKind

_NO_APPOINTMENT = (MailKind.WAITING, *REMINDERS)


def address_of(person: Person) -> str:
    """The account's, else the region's; '' when there is none."""
    account = getattr(person, "user", None)
    return account.email if account is not None and account.is_active else person.email


def message_of(mails: Sequence[SessionMail], address: str) -> EmailMultiAlternatives:
    """Several only where they are reminders to one person."""
    kind, enrolment = MailKind(mails[0].kind), mails[0].enrolment
    with translation.override(LANGUAGE):
        if kind in REMINDERS:
            enrolments = [one.enrolment for one in mails]
            subject, text = mail_text(REMINDER_TEXT, _reminder_values(enrolments, timezone.now()))
        else:
            subject, text = mail_text(text_key(kind), _values(enrolment))
        why = _(
            "You get this because you are enrolled for this session, or were. It ends when you"
            " withdraw."
        )
        message = mail_message(to=address, subject=subject, text=text, why=why)
    if kind not in _NO_APPOINTMENT:
        _attach_appointment(message, enrolment)
    return message


def _values(enrolment: Enrolment) -> dict[str, str]:
    session = enrolment.session
    decline_until = localtime(session.begins - SELF_RUNNING_UNTIL)
    return {
        "naam": enrolment.person.name,
        "bijeenkomst": session.title,
        "datum": date_format(session.held_on, "l j F Y"),
        "tijd": _hours(session),
        "plaats": _where(enrolment),
        "link": _link(session),
        "afmelden": decline_link(enrolment),
        "afmelden_tot": date_format(decline_until, "l j F Y H.i") + " uur",
        "reden": session.cancel_reason,
    }


def _reminder_values(enrolments: Sequence[Enrolment], now: datetime) -> dict[str, str]:
    """In Dutch, as the mail is; what comes first stands first."""
    sessions = [one.session for one in enrolments]
    several = len(enrolments) > 1
    told = (_told(one, _in_words(one.session, now)) for one in enrolments)
    return {
        "naam": enrolments[0].person.name,
        "bijeenkomst": f"{len(sessions)} bijeenkomsten" if several else sessions[0].title,
        "bijeenkomsten": "\n\n".join(told),
        "link": settings.SITE_URL + reverse("own_training") if several else _link(sessions[0]),
    }


def _told(enrolment: Enrolment, day: str) -> str:
    session = enrolment.session
    lines = [f"*{session.title}*", f"{day}, {_hours(session)}", _where(enrolment)]
    return "\n".join(filter(None, lines))


def _in_words(session: Session, now: datetime) -> str:
    words = {0: "vandaag, ", 1: "morgen, "}
    days = (session.held_on - timezone.localdate(now)).days
    return words.get(days, "") + date_format(session.held_on, "l j F Y")


def _link(session: Session) -> str:
    return f"{settings.SITE_URL}{reverse('session', args=[session.pk])}"


def _where(enrolment: Enrolment) -> str:
    """The link to an online meeting is for who has a place, as on the pages."""
    session = enrolment.session
    online = session.online_url if session.cancelled_at is None else ""
    if enrolment.state != EnrolmentState.CONFIRMED:
        online = "Online" if online else ""
    return ", ".join(filter(None, [session.place, session.city])) or online


def _hours(session: Session) -> str:
    """In Dutch, as the mail is; the time may not be known yet."""
    if session.starts_at is None:
        return "tijd volgt"
    start = time_format(session.starts_at, "H.i")
    if session.ends_at is None:
        return f"{start} uur"
    return f"{start} tot {time_format(session.ends_at, 'H.i')} uur"


def _attach_appointment(message: EmailMultiAlternatives, enrolment: Enrolment) -> None:
    session = enrolment.session
    own = session.enrolments.of_person(enrolment.person).order_by("turn")
    event = personal_event(session, list(own), url=_link(session))
    method = "CANCEL" if event.cancelled else "PUBLISH"
    file = calendar_file([event], name=session.title, method=method)
    message.attach("bijeenkomst.ics", file, f"text/calendar; method={method}")
