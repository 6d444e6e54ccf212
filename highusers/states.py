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


UNDER_WAY = (PlanState.RUNNING, PlanState.EVALUATED, PlanState.ADJUSTED)
"""What the assistant acts upon."""

OPEN = (PlanState.DRAWN_UP, *UNDER_WAY)


class InviteMoment(models.TextChoices):
    """How the conversation with the patient comes about [1]."""

    INVITE = "invite", _("Invite the patient")
    WHEN_CALLS = "when_calls", _("Plan it when the patient calls")


class CloseReason(models.TextChoices):
    """Why a plan came to its end."""

    REACHED = "reached", _("The goals are reached")
    NOT_NEEDED = "not_needed", _("No longer needed")
    PATIENT = "patient", _("The patient wants no plan")
    MOVED = "moved", _("The patient left the practice")
    DIED = "died", _("The patient died")
    OTHER = "other", _("Another reason")
    CONTINUED = "continued", _("Goes on in a new plan")


class LifeDomain(models.TextChoices):
    """Where contacts may come from beside illness [0][2]."""

    MONEY = "money", _("Money and debts")
    WORK = "work", _("Work and day activities")
    HOUSING = "housing", _("Housing")
    LONELINESS = "loneliness", _("Loneliness")
    FAMILY = "family", _("Family and informal care")
    LANGUAGE = "language", _("Language and digital skills")
    OTHER = "other", _("Something else")


class ActionState(models.TextChoices):
    OPEN = "open", _("To do")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Not needed any more")


class PartnerKind(models.TextChoices):
    """Who else acts, outside the practice [1][2]."""

    MENTAL_HEALTH = "ggz", _("Mental health care")
    HOSPITAL = "hospital", _("Hospital")
    SOCIAL = "social", _("Social domain")
    MUNICIPALITY = "municipality", _("Municipality")
    WELFARE = "welfare", _("Welfare work")
    OTHER = "other", _("Other")


class PositiveHealth(models.TextChoices):
    """The six axes of the spider web of Positive Health, in their fixed order."""

    BODY = "body", _("Bodily functions")
    MIND = "mind", _("Mental well-being")
    MEANING = "meaning", _("Meaning")
    QUALITY = "quality", _("Quality of life")
    TAKING_PART = "taking_part", _("Taking part")
    DAILY = "daily", _("Daily functioning")


class Outcome(models.TextChoices):
    """What an evaluation says of the goals."""

    REACHED = "reached", _("Reached")
    PARTLY = "partly", _("Partly reached")
    NOT = "not", _("Not reached")


class AimOutcome(models.TextChoices):
    """What the team sees on an aim of the hotspotter approach [2]."""

    BETTER = "better", _("Better")
    SAME = "same", _("The same")
    WORSE = "worse", _("Worse")
    UNKNOWN = "unknown", _("Not known")


class EffectState(models.TextChoices):
    """How far the computation for the region is."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being computed")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Failed")
