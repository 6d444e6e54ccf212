"""The named sets of the rights of patients."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RemovalReason(models.TextChoices):
    """Why a patient is taken out."""

    OBJECTION = "objection", _("The patient objects")
    DEATH = "death", _("The patient has died")
    MOVE = "move", _("The patient has left the practice")
