"""The named sets of indicators."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Direction(models.TextChoices):
    """Which way is wished for; many indicators have none: more or less is then only different."""

    LOWER = "lower", _("Lower is wished for")
    HIGHER = "higher", _("Higher is wished for")
    NONE = "none", _("No direction")


class Comparison(models.TextChoices):
    """What chance does to the figure, and so how practices may be held beside one another."""

    PROPORTION = "proportion", _("Share of people")
    RATE = "rate", _("Number per person, may be more than one")
    COURSE = "course", _("No comparison, the own course only")


class MirrorAction(models.TextChoices):
    """What a practice can do now: a page of the product, by the name of its address."""

    HIGH_USERS = "high_users", _("Choose patients")
    TIME_OUTS = "time_outs", _("Note a time-out")
    SCHEDULES = "schedules", _("Look at our consultation lengths")
    TRAINING = "practice_training", _("See our training")
    PLAN = "practice_plan", _("Open our plan")
