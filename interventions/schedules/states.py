"""What a block of the day is for, and how long a place in it may be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Weekday(models.IntegerChoices):
    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")


class BlockKind(models.TextChoices):
    CONSULTATIONS = "consultations", _("Consultations")
    URGENT = "urgent", _("Kept free for today")
    WALK_IN = "walk_in", _("Walk-in")
    TELEPHONE = "telephone", _("Telephone")
    EMAIL = "email", _("E-mail and desk")
    VISITS = "visits", _("Visits")
    BREAK = "break", _("Break or meeting")


LENGTHS = (5, 10, 15, 20, 30)
"""Minutes of one place."""

IN_THE_PRACTICE = (BlockKind.CONSULTATIONS, BlockKind.URGENT, BlockKind.WALK_IN, BlockKind.EMAIL)
"""Where patients come in; in a block for e-mail only for looking along."""

WITH_A_LENGTH = (BlockKind.CONSULTATIONS, BlockKind.URGENT, BlockKind.WALK_IN)
"""Without a length of a place such a block says nothing."""


class ShareState(models.TextChoices):
    """Only what is published is seen by other practices."""

    OFFERED = "offered", _("Waits for PrimaCura")
    PUBLISHED = "published", _("Seen by all practices")
    DECLINED = "declined", _("Not published")
    WITHDRAWN = "withdrawn", _("Taken back")


class LengthStep(models.IntegerChoices):
    """The five steps [1]."""

    LENGTHS = 1, _("Choose the lengths")
    GROUPS = 2, _("Agree which question or group gets which length")
    AGENDA = 3, _("Change the agenda in the HIS and in the patient portal")
    TRIAGE = 4, _("Adapt triage and help the assistants to plan")
    PATIENTS = 5, _("Tell the patients")
