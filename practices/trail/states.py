"""The named sets of the review of the trail."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PatternKind(models.TextChoices):
    """What may be a reason to ask."""

    PATIENTS = "patients", _("Many patients in an hour")
    REFUSED = "refused", _("Refused")
    NIGHT = "night", _("At night")
