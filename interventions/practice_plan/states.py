"""The fixed format of a practice's plan, and the steps it goes through."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The six interventions by number, then what a practice may add."""

    HIGH_USERS = "high_users", _("Grip on high users")
    TRIAGE = "triage", _("Triage training")
    TIME_OUT = "time_out", _("Time-out before a referral")
    LENGTHS = "lengths", _("Flexible consultation length")
    CONVERSATION = "conversation", _("The other conversation")
    INTERVISION = "intervision", _("Intervision")
    CAPACITY = "capacity", _("More capacity")
    FUNCTIONS = "functions", _("New functions in the team")
    LEADING_GP = "leading_gp", _("A GP who directs the morning")
    DIGITAL = "digital", _("Digitalisation")
    NEIGHBOURHOOD = "neighbourhood", _("Working together in the neighbourhood")
    FREE = "free", _("Something else")


MANDATORY = tuple(Kind)[:6]
OPTIONAL = tuple(Kind)[6:]
NUMBERS = {kind: number for number, kind in enumerate(MANDATORY, start=1)}

CORE_ELEMENTS = (
    (_("More staff capacity"), (Kind.CAPACITY, Kind.FUNCTIONS)),
    (_("Working differently in the practice"), (Kind.LEADING_GP, Kind.DIGITAL)),
    (_("Working with the network"), (Kind.NEIGHBOURHOOD,)),
    (_("Of your own"), (Kind.FREE,)),
)
"""Under which core element of the programme an activity may be added."""


class Field(models.TextChoices):
    """What each section says; `TITLE` is asked of free sections only."""

    TITLE = "title", _("What is it called?")
    DOING = "doing", _("What will we do?")
    WHO = "who", _("Who does it?")
    BY_ON = "by_on", _("Ready on")
    HOPE = "hope", _("What do we hope to see?")


FIELDS = (Field.DOING, Field.WHO, Field.BY_ON, Field.HOPE)


class PlanState(models.TextChoices):
    DRAFT = "draft", _("Being written")
    HANDED_IN = "handed_in", _("Handed in")
    COMMENTED = "commented", _("Has comments")
    AGREED = "agreed", _("Agreed")


WRITABLE = (PlanState.DRAFT, PlanState.COMMENTED)
