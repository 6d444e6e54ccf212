"""How far a look in another's kitchen is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AskState(models.TextChoices):
    """`half`: one of the two said that it happened."""

    WAITING = "waiting", _("Waits for an answer")
    ACCEPTED = "accepted", _("May come: waits for an appointment")
    HALF = "half", _("Happened, says one of the two")
    HAPPENED = "happened", _("Happened")
    DECLINED = "declined", _("Does not suit the host")
    WITHDRAWN = "withdrawn", _("Taken back")


WAITING = frozenset({AskState.WAITING, AskState.ACCEPTED})
"""Nobody said that it happened."""
