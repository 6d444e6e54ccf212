"""An appointment as an event of a calendar."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from monitoring.models import VisitAppointment
from monitoring.visit_planning.people import phone_of
from monitoring.visit_planning.states import AppointmentState
from training.ical import Event

TENTATIVE = (AppointmentState.INVITED, AppointmentState.ANOTHER)


def appointment_url(appointment: VisitAppointment) -> str:
    path = reverse("visit_date", args=[appointment.practice.slug, appointment.code])
    return f"{settings.SITE_URL}{path}"


def event_of(appointment: VisitAppointment) -> Event:
    """The same for both, so that one who has two calendars sees one event."""
    consultant = appointment.consultant
    about = _("With %(name)s, %(phone)s.") % {
        "name": consultant or _("the consultant"),
        "phone": phone_of(consultant),
    }
    return Event(
        uid=f"bezoek-{appointment.uid}@mtvp",
        title=_("Visit of the consultant to %(practice)s") % {"practice": appointment.practice},
        day=appointment.held_on,
        changed_at=appointment.changed_at,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        place=appointment.place or appointment.online_url,
        description=about,
        url=appointment_url(appointment),
        sequence=appointment.sequence,
        cancelled=appointment.state == AppointmentState.CANCELLED,
        tentative=appointment.state in TENTATIVE,
    )


def events_of(appointments: Iterable[VisitAppointment]) -> list[Event]:
    return [event_of(one) for one in appointments]
