"""The named sets of high users."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExtractSource(models.TextChoices):
    REGION = "region", _("Figures from the region's spreadsheet")
    UPLOAD = "upload", _("Uploaded by the practice")


class ExtractShape(models.TextChoices):
    TOTALS = "totals", _("One row per patient")
    CONTACTS = "contacts", _("One row per contact")


class Sex(models.TextChoices):
    FEMALE = "F", _("Woman")
    MALE = "M", _("Man")


class Influenceable(models.TextChoices):
    YES = "yes", _("Yes")
    DOUBT = "doubt", _("In doubt")
    NO = "no", _("No")


class PlanState(models.TextChoices):
    """The cycle of a plan."""

    DRAWN_UP = "drawn_up", _("Drawn up")
    RUNNING = "running", _("Running")
    EVALUATED = "evaluated", _("Evaluated")
    ADJUSTED = "adjusted", _("Adjusted")
    CLOSED = "closed", _("Closed")


class ImportState(models.TextChoices):
    """Where an upload stands; the last four are ends."""

    UPLOADED = "uploaded", _("Uploaded")
    COLUMNS = "columns", _("Columns to check")
    PARSING = "parsing", _("Being read")
    ROWS = "rows", _("Rows to check")
    STORED = "stored", _("Stored")
    REFUSED = "refused", _("Refused")
    EXPIRED = "expired", _("Expired")
    CANCELLED = "cancelled", _("Cancelled")
