"""The named sets of training."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from practices.states import StaffRole


class SessionKind(models.TextChoices):
    """The code names of `sessions.csv`."""

    TRIAGE = "triage", _("Triage training")
    CONVERSATION = "conversation", _("The other conversation")
    INTERVISION = "intervision", _("Intervision")
    INFORMATION = "information", _("Information meeting")
    QUESTION_HOUR = "question_hour", _("Question hour")


class Level(models.TextChoices):
    BEGINNER = "beginner", _("Beginner")
    ADVANCED = "advanced", _("Advanced")


COUNTS_FOR = {SessionKind.TRIAGE: 2, SessionKind.CONVERSATION: 5, SessionKind.INTERVISION: 6}
"""The intervention that attendance of a kind counts for; the other kinds count for none."""

GPS = frozenset({StaffRole.GP_OWNER, StaffRole.GP_LOCUM})
MEANT_FOR: dict[SessionKind, frozenset[StaffRole]] = {
    SessionKind.TRIAGE: frozenset({StaffRole.ASSISTANT}),
    SessionKind.CONVERSATION: GPS | {StaffRole.POH, StaffRole.NP, StaffRole.PA},
    SessionKind.INTERVISION: GPS,
    SessionKind.INFORMATION: frozenset(StaffRole),
    SessionKind.QUESTION_HOUR: frozenset(StaffRole),
}
"""Who may enrol where a course does not say so itself."""

INTERVISION_PLACES = 12
"""More than this takes a recorded reason [1]."""


class EnrolmentState(models.TextChoices):
    """Confirmed and waiting are live; everything else is how an enrolment ended."""

    CONFIRMED = "confirmed", _("Has a place")
    WAITING = "waiting", _("On the waiting list")
    CANCELLED = "cancelled", _("Signed off")
    LATE_CANCELLED = "late_cancelled", _("Signed off late")
    DECLINED = "declined", _("Declined the place")
    MOVED = "moved", _("Moved to another date")


LIVE = (EnrolmentState.CONFIRMED, EnrolmentState.WAITING)


class MailKind(models.TextChoices):
    CONFIRMED = "confirmed", _("Confirmation of a place")
    WAITING = "waiting", _("On the waiting list")
    PROMOTED = "promoted", _("A place came free")
    ENDED = "ended", _("Enrolment ended")
    SESSION_CHANGED = "session_changed", _("Session changed")
    SESSION_CANCELLED = "session_cancelled", _("Session cancelled")
    REMINDER_WEEK = "reminder_week", _("Reminder a week before")
    REMINDER_DAY = "reminder_day", _("Reminder a day before")


REMINDERS = (MailKind.REMINDER_WEEK, MailKind.REMINDER_DAY)


class RequestState(models.TextChoices):
    """What became of a request for coaching in the practice."""

    OPEN = "open", _("Asked for")
    PLANNED = "planned", _("Planned")
    DECLINED = "declined", _("Not possible")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ClaimState(models.TextChoices):
    """What became of training followed elsewhere; sent and asked are open."""

    SENT = "sent", _("Being judged")
    ASKED = "asked", _("More is asked")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Not accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
