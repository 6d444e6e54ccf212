"""The questions of the region as data, and what the system knows beside them [1]."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitoring.compliance import QUESTIONNAIRE, Part, PracticeStanding, Status
from monitoring.words import part_count

HIGH_USERS = 1
HABIT = "lasting_habit"


@dataclass(frozen=True, slots=True)
class Question:
    """`name` is the field of the answer; `yes_or_no` tells it from words of one's own."""

    name: str
    text: Any
    hint: Any = ""
    yes_or_no: bool = False


QUESTIONS = (
    Question(
        "plans_made",
        gettext_lazy("Did the practice make plans for at least %(plans)s high users this year?"),
        yes_or_no=True,
    ),
    Question(
        HABIT,
        gettext_lazy("Has this way of working with high users become a lasting habit?"),
        yes_or_no=True,
    ),
    Question(
        "flexible_in_use",
        gettext_lazy("Does the practice use a form of flexible consultation length?"),
        yes_or_no=True,
    ),
    Question(
        "experiences",
        gettext_lazy("What are your experiences with the interventions?"),
        gettext_lazy("Do not write about patients who could be recognised."),
    ),
    Question("added_value", gettext_lazy("What do the interventions bring the practice?")),
    Question(
        "bottlenecks",
        gettext_lazy("What do you get stuck on?"),
        gettext_lazy("Also with others: mental health care, hospital, social domain."),
    ),
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is on record about a question: in words, and the answer that it points to."""

    text: str
    answer: bool | None = None


def asked(standing: PracticeStanding, year: int) -> dict[str, str]:
    """The text of each question as it is asked now, with the norms of the practice."""
    norms = {"plans": standing.participant.norms[year - 1].plans}
    return {question.name: str(question.text) % norms for question in QUESTIONS}


def known(standing: PracticeStanding, year: int) -> Mapping[str, Known]:
    """By question. Whether something is a habit is not on record: nothing is filled in there."""
    facts, plans = standing.facts[year - 1], part_of(standing, year, "plans")
    made = part_count(plans)
    read_in = _day(_("extract up to %(date)s"), facts.extract_on) or _("no extract")
    in_use = _day(_("in use since %(date)s"), facts.schedule_from) or _("no schedule in use")
    return {
        "plans_made": Known(made, plans.status is Status.MET if made else None),
        HABIT: Known(", ".join(filter(None, [read_in, made]))),
        "flexible_in_use": Known(in_use, facts.schedule_from is not None),
    }


def part_of(standing: PracticeStanding, year: int, name: str = QUESTIONNAIRE) -> Part:
    """A part of the first intervention, the one that asks a questionnaire in both years."""
    return next(
        part
        for obligation in standing.obligations
        for part in obligation.parts
        if (obligation.intervention, obligation.programme_year) == (HIGH_USERS, year)
        and part.name == name
    )


def _day(text: str, day: Any) -> str:
    return text % {"date": date_format(day)} if day else ""
