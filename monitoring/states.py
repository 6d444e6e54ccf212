"""The named sets of monitoring, and what is the same click."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

SENT_TWICE = timedelta(minutes=1)
"""The same of the same person within this time is one click too many."""


class ReportState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    FINAL = "final", _("Final")


class BuildState(models.TextChoices):
    """Where the making of a report stands; the last three are ends."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being made")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class Audience(models.TextChoices):
    """For whom an announcement is; who belongs to a group follows from roles."""

    ALL = "all", _("Everybody")
    GPS = "gps", _("GPs")
    NURSES = "nurses", _("Practice nurses, VS and PA")
    ASSISTANTS = "assistants", _("Assistants")
    MANAGERS = "managers", _("Practice managers")
    REGION = "region", _("Consultants and facilitators")
