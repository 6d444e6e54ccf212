"""What a message about a visit says, with the appointment for the calendar."""

from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from monitoring.models import AppointmentMail, VisitAppointment
from monitoring.visit_planning.events import appointment_url, event_of
from monitoring.visit_planning.people import phone_of
from monitoring.visit_planning.states import (
    OPEN,
    TO_CONSULTANT,
    AppointmentMailKind,
    AppointmentState,
)
from monitoring.visit_planning.texts import text_key
from practices.mailing.message import LANGUAGE, mail_message
from practices.models import Person
from practices.texts.services import mail_text
from training.ical import calendar_file

_SAYS = {
    AppointmentMailKind.INVITATION: (AppointmentState.INVITED,),
    AppointmentMailKind.MOVED: (AppointmentState.INVITED,),
    AppointmentMailKind.CANCELLED: (AppointmentState.CANCELLED,),
    AppointmentMailKind.SUITS: (AppointmentState.CONFIRMED,),
    AppointmentMailKind.ANOTHER: (AppointmentState.ANOTHER,),
    AppointmentMailKind.OTHER: OPEN,
    AppointmentMailKind.HANDED: OPEN,
}


def overtaken(mail: AppointmentMail) -> bool:
    """What it says is no longer so."""
    return mail.appointment.state not in _SAYS[AppointmentMailKind(mail.kind)]


def address_of(mail: AppointmentMail) -> str:
    """'' when none is known, or the account was closed."""
    if mail.kind in TO_CONSULTANT:
        consultant = mail.appointment.consultant
        return consultant.email if consultant is not None and consultant.is_active else ""
    person: Person | None = mail.person
    account = getattr(person, "user", None)
    if account is not None and account.is_active:
        return str(account.email)
    return person.email if person is not None else ""


def message_of(mail: AppointmentMail, address: str) -> EmailMultiAlternatives:
    appointment, kind = mail.appointment, AppointmentMailKind(mail.kind)
    with translation.override(LANGUAGE):
        subject, text = mail_text(text_key(kind), _values(mail))
        message = mail_message(to=address, subject=subject, text=text, why=_why(kind))
        event = event_of(appointment)
    method = "CANCEL" if event.cancelled else "PUBLISH"
    file = calendar_file([event], name=event.title, method=method)
    message.attach("bezoek.ics", file, f"text/calendar; method={method}")
    return message


def _why(kind: AppointmentMailKind) -> str:
    if kind in TO_CONSULTANT:
        return _("You get this because you are the consultant of this practice.")
    return _("You get this because you run the account of this practice.")


def _values(mail: AppointmentMail) -> dict[str, str]:
    """In Dutch, as the mail is. What a practice wrote stays on the page."""
    appointment = mail.appointment
    reader = appointment.consultant if mail.kind in TO_CONSULTANT else mail.person
    return {
        "naam": str(reader or ""),
        "praktijk": appointment.practice.name,
        "consulent": str(appointment.consultant or "PrimaCura"),
        "telefoon": phone_of(appointment.consultant),
        "datum": date_format(appointment.held_on, "l j F Y"),
        "tijd": _hours(appointment),
        "plaats": appointment.place or appointment.online_url,
        "link": appointment_url(appointment),
        "reden": appointment.cancel_reason,
    }


def _hours(appointment: VisitAppointment) -> str:
    start, end = appointment.starts_at, appointment.ends_at
    return f"{time_format(start, 'H.i')} tot {time_format(end, 'H.i')} uur"
