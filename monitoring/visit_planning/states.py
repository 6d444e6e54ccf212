"""The named sets of planning visits."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AppointmentState(models.TextChoices):
    """Where an appointment stands; the last two are ends."""

    INVITED = "invited", _("Invited")
    CONFIRMED = "confirmed", _("Agreed")
    ANOTHER = "another", _("Asks for another date")
    HELD = "held", _("Visit begun")
    CANCELLED = "cancelled", _("Cancelled")


ANSWERED = (AppointmentState.CONFIRMED, AppointmentState.ANOTHER)
"""The practice said something of this date."""

OPEN = (AppointmentState.INVITED, *ANSWERED)
"""It is still to come, or nobody said otherwise."""

ENDS = (AppointmentState.HELD, AppointmentState.CANCELLED)


class AppointmentMailKind(models.TextChoices):
    """The first four go to the practice, the others to the consultant."""

    INVITATION = "invitation", _("Invitation for a visit")
    MOVED = "moved", _("Another date for a visit")
    CANCELLED = "cancelled", _("A visit is cancelled")
    OTHER = "other", _("Another consultant comes")
    SUITS = "suits", _("The date of a visit suits")
    ANOTHER = "another", _("A practice asks for another date")
    HANDED = "handed", _("A visit is handed over")


TO_CONSULTANT = (
    AppointmentMailKind.SUITS,
    AppointmentMailKind.ANOTHER,
    AppointmentMailKind.HANDED,
)
