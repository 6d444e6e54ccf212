"""The words of a visit."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisitState(models.TextChoices):
    """`RECORDED`: it took place and only that is known, from the region's spreadsheets.
    `COMMENTED`: the practice said something about the report and has not confirmed it."""

    RECORDED = "recorded", _("Recorded")
    HELD = "held", _("Being filled in")
    READ_BACK = "read_back", _("Read back together")
    SENT = "sent", _("Sent to the practice")
    COMMENTED = "commented", _("Commented on by the practice")
    CONFIRMED = "confirmed", _("Confirmed by the practice")


class Going(models.TextChoices):
    """How it goes with an intervention: a word of the conversation, no mark."""

    WELL = "well", _("Well")
    ALONG = "along", _("It goes along")
    STUCK = "stuck", _("Stuck")


class Used(models.TextChoices):
    """Whether the practice uses the time-out."""

    YES = "yes", _("Yes, regularly")
    SOMETIMES = "sometimes", _("Now and then")
    NO = "no", _("Not yet")


class Effect(models.TextChoices):
    """What the practice says it notices of the time-out."""

    CLEAR = "clear", _("Yes, clearly")
    SOME = "some", _("A little")
    NONE = "none", _("No")
    UNKNOWN = "unknown", _("Cannot say yet")


class Habit(models.TextChoices):
    """Whether the approach of high users became an ordinary part of the work."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


class InUse(models.TextChoices):
    """Whether the practice works with a flexible consultation length."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("Not yet")


OPEN = (VisitState.HELD, VisitState.READ_BACK)
"""The consultant still writes."""

REPORTED = (VisitState.SENT, VisitState.COMMENTED, VisitState.CONFIRMED)
"""The practice has the newest report."""

WITH_READ_BACK = (VisitState.READ_BACK, *REPORTED)
"""Consultant and practice went through it together."""


class Kept(models.TextChoices):
    """What became of an agreement of an earlier visit."""

    DONE = "done", _("Done")
    NOT_YET = "not_yet", _("Not yet")
