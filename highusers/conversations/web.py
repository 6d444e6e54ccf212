"""The marks of conversations, and the spider web that lays them over one another."""

import json
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from highusers.models import Conversation
from highusers.states import PositiveHealth
from mtvp.charts.chart import Chart
from mtvp.charts.numbers import day
from mtvp.charts.spider import MOST_MOMENTS, Moment, spider_web

ABOUT = {
    PositiveHealth.BODY: gettext_lazy("How the body does: complaints, energy, sleep, moving."),
    PositiveHealth.MIND: gettext_lazy("How the head does: mood, worries, keeping a grip."),
    PositiveHealth.MEANING: gettext_lazy("What makes life worthwhile, and something to look to."),
    PositiveHealth.QUALITY: gettext_lazy("How good life is now: enjoyment, rest, feeling at home."),
    PositiveHealth.TAKING_PART: gettext_lazy("Other people: contacts, work, belonging somewhere."),
    PositiveHealth.DAILY: gettext_lazy("Getting through the day: household, money, knowing a way."),
}
"""What a mark is about, in our own words: something to begin a talk with, no question to score."""


def marks_of(conversation: Conversation) -> dict[str, int]:
    given = json.loads(conversation.marks)
    return {axis: int(given[axis]) for axis in PositiveHealth.values if axis in given}


def written(marks: dict[str, int]) -> str:
    """As the marks are stored, in their fixed order."""
    return json.dumps({axis: marks[axis] for axis in PositiveHealth.values if axis in marks})


ON_PAGE, ON_PAPER = 400.0, 560.0


def web_of(conversations: Sequence[Conversation], width: float = ON_PAGE) -> Chart | None:
    """The first talk with marks and the latest ones, at most four; None without any mark."""
    marked = [(one, marks_of(one)) for one in conversations]
    marked = [(one, marks) for one, marks in marked if marks]
    if not marked:
        return None
    shown = marked if len(marked) <= MOST_MOMENTS else [marked[0], *marked[1 - MOST_MOMENTS :]]
    moments = [
        Moment(day(one.held_on), tuple(marks.get(axis) for axis in PositiveHealth.values))
        for one, marks in shown
    ]
    return spider_web(
        _("Spider web"),
        _conclusion([moment.name for moment in moments], len(marked)),
        [str(axis.label) for axis in PositiveHealth],
        moments,
        row_header=_("Theme"),
        nothing=_("no mark"),
        width=width,
    )


def empty_web() -> Chart:
    """To draw in by pen."""
    return spider_web(
        _("Spider web"),
        _("Put a dot on each line and join the dots."),
        [str(axis.label) for axis in PositiveHealth],
        (),
        row_header=_("Theme"),
        nothing="",
    )


def _conclusion(days: Sequence[str], marked: int) -> str:
    """Which talks are shown; what they mean is for the patient to say."""
    if len(days) == 1:
        return _("Marks that the patient gave on %(day)s.") % {"day": days[0]}
    words = {"first": days[0], "last": days[-1], "shown": len(days), "all": marked}
    if marked > len(days):
        return _("%(shown)s of %(all)s conversations, from %(first)s to %(last)s.") % words
    if marked > len(("first", "last")):
        return _("%(all)s conversations, from %(first)s to %(last)s.") % words
    return _("Marks that the patient gave on %(first)s and on %(last)s.") % words
