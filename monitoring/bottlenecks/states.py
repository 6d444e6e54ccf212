"""What is said of a bottleneck, in a word each."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BottleneckKind(models.TextChoices):
    WAITING = "waiting", _("Waiting time")
    COMMUNICATION = "communication", _("Communication")
    REACHABILITY = "reachability", _("Reachability")
    CRITERIA = "criteria", _("Criteria, refused patients")
    FINANCE = "finance", _("Money and tariffs")
    ICT = "ict", _("Computers and exchange of data")
    OTHER = "other", _("Something else")


class Weight(models.IntegerChoices):
    """How much it hinders."""

    LITTLE = 1, _("A little")
    CLEARLY = 2, _("Clearly")
    BADLY = 3, _("Badly")


class Source(models.TextChoices):
    """How it came here; the last: a practice said of a structural one that it has it, too."""

    PRACTICE = "practice", _("Reported by the practice")
    VISIT = "visit", _("From a visit")
    QUESTIONNAIRE = "questionnaire", _("From a questionnaire")
    ALSO_HERE = "also_here", _("This practice has it, too")


class BottleneckState(models.TextChoices):
    """A report is new until it is part of a structural one; from then on it is as far as that."""

    NEW = "new", _("New")
    GROUPED = "grouped", _("Grouped")
    TAKEN_UP = "taken_up", _("Taken up")
    SOLVED = "solved", _("Solved")


OF_STRUCTURAL = (BottleneckState.GROUPED, BottleneckState.TAKEN_UP, BottleneckState.SOLVED)


class ReportEvent(models.TextChoices):
    """What happened to one report; what happened after that is told of the structural one."""

    REPORTED = "reported", _("Reported")
    CHANGED = "changed", _("Changed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    PUT_BACK = "put_back", _("Put back")
    GROUPED = "grouped", _("Put together with others")
    TAKEN_APART = "taken_apart", _("Taken apart again")
