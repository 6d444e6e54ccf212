"""The named sets of training."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
