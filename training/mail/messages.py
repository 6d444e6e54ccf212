"""One message as mail: plain text and HTML, with the appointment for the calendar."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime

from practices.models import Person
from practices.texts.services import mail_text
from training.enrolment.places import SELF_RUNNING_UNTIL
from training.events import personal_event
from training.ical import calendar_file
from training.mail.links import decline_link
from training.mail.texts import text_key
from training.models import Enrolment, Session, SessionMail
from training.states import EnrolmentState, MailKind

_NEEDS_PLACE = (MailKind.CONFIRMED, MailKind.PROMOTED)


def overtaken(mail: SessionMail) -> bool:
    """What it says is no longer so: better no mail than a wrong one."""
    enrolment, session = mail.enrolment, mail.enrolment.session
    if mail.kind in _NEEDS_PLACE:
        return session.cancelled_at is not None or enrolment.state != EnrolmentState.CONFIRMED
    if mail.kind == MailKind.WAITING:
        return session.cancelled_at is not None or enrolment.state != EnrolmentState.WAITING
    if mail.kind == MailKind.SESSION_CHANGED:
        return session.cancelled_at is not None or not enrolment.is_live
    return mail.kind == MailKind.SESSION_CANCELLED and session.cancelled_at is None


def address_of(person: Person) -> str:
    """The account's, else the region's; '' when there is none."""
    account = getattr(person, "user", None)
    return account.email if account is not None and account.is_active else person.email


def message_of(mail: SessionMail, address: str) -> EmailMultiAlternatives:
    kind, enrolment = MailKind(mail.kind), mail.enrolment
    subject, text = mail_text(text_key(kind), _values(enrolment))
    message = EmailMultiAlternatives(subject, text, settings.DEFAULT_FROM_EMAIL, [address])
    html = render_to_string("training/mail/mail.html", {"subject": subject, "text": text})
    message.attach_alternative(html, "text/html")
    if kind != MailKind.WAITING:
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
        "link": f"{settings.SITE_URL}{reverse('session', args=[session.pk])}",
        "afmelden": decline_link(enrolment),
        "afmelden_tot": date_format(decline_until, "l j F Y H.i") + " uur",
        "reden": session.cancel_reason,
    }


def _where(enrolment: Enrolment) -> str:
    """The link to an online meeting is for who has a place, as on the pages."""
    session = enrolment.session
    online = session.online_url
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
    event = personal_event(
        session, list(own), url=f"{settings.SITE_URL}{reverse('session', args=[session.pk])}"
    )
    method = "CANCEL" if event.cancelled else "PUBLISH"
    file = calendar_file([event], name=session.title, method=method)
    message.attach("bijeenkomst.ics", file, f"text/calendar; method={method}")
