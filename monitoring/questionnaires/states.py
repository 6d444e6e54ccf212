"""The named sets of the questionnaire."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    YES_NO = "yes_no", _("Yes or no")
    TEXT = "text", _("In own words")
    CHOICE = "choice", _("One of some answers")
    BOTTLENECKS = "bottlenecks", _("Bottlenecks, with whom and how much it hinders")


class Prefill(models.TextChoices):
    """Which of what the system knows stands beside a question, and is filled in where it can."""

    PLANS = "plans", _("Plans of the year")
    HABIT = "habit", _("Extract, plans and what the visit says of the habit")
    SCHEDULE = "schedule", _("Since when flexible consultation length is in use")
    EXPERIENCES = "experiences", _("Experiences told at the visit")


class ResponseState(models.TextChoices):
    """How far a practice is with a questionnaire; the values stand in addresses."""

    LATE = "te-laat", _("Late")
    OPEN = "open", _("Open")
    ANSWERED = "ingevuld", _("Answered")
    NOT_YET = "nog-niet", _("Opens later")
    NOT_ASKED = "niet-gevraagd", _("Not asked")
