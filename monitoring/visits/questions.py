"""What is asked at a visit, in its order: reviewed data, by version.

A visit keeps the version it began with, and each answer the text as it was asked. To ask otherwise,
add a version; one that was used stays as it is. Satisfaction and joy in work are notes, never a
mark.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from monitoring.visits.states import Effect, Going, Habit, InUse, Used
from monitoring.words import intervention_name

LONGEST = 4000

GOING, NOTE = "going", "note"
HABIT, IN_USE, USED, EFFECT = "habit", "in_use", "used", "effect"
JOY, PATIENTS, SOCIAL, ADDED, WISH = "joy", "patients", "social", "added", "wish"
TIME_OUT = 3


@dataclass(frozen=True, slots=True)
class Question:
    """`choices` is None for one that is answered in words."""

    key: str
    asked: Any
    choices: type[TextChoices] | None = None

    def words(self, value: str) -> str:
        """An answer as people read it."""
        return str(self.choices(value).label) if self.choices and value else value


@dataclass(frozen=True, slots=True)
class Part:
    """`number` is that of the intervention, None for what is asked beside them; those have a
    `short` name for the row of parts."""

    key: str
    name: Any
    questions: tuple[Question, ...]
    number: int | None = None
    short: Any = ""

    @property
    def title(self) -> str:
        return intervention_name(self.number) if self.number else str(self.name)


def key_of(intervention: int, what: str) -> str:
    return f"i{intervention}-{what}"


def _intervention(number: int, asked: Any, *more: Question) -> Part:
    going = Question(key_of(number, GOING), _("How is it going?"), Going)
    note = Question(key_of(number, NOTE), asked)
    return Part(f"i{number}", "", (going, *more, note), number)


_FIRST = (
    _intervention(
        1,
        _("What works in the approach of high users, and what does not yet?"),
        Question(key_of(1, HABIT), _("Has the approach become part of the ordinary work?"), Habit),
    ),
    _intervention(2, _("What goes otherwise at the telephone since the training?")),
    _intervention(
        TIME_OUT,
        _("What did the time-out bring? Tell of experiences."),
        Question(key_of(TIME_OUT, USED), _("Does the practice use the time-out?"), Used),
        Question(key_of(TIME_OUT, EFFECT), _("Does the practice notice an effect?"), Effect),
    ),
    _intervention(
        4,
        _("What does it do to the working day, and what does not work yet?"),
        Question(key_of(4, IN_USE), _("Is a flexible consultation length in use?"), InUse),
    ),
    _intervention(5, _("Which conversation went otherwise than it used to?")),
    _intervention(6, _("What did the practice do with what came up at intervision?")),
    Part(
        JOY,
        _("Joy in work"),
        (Question(JOY, _("What gives energy in the work, and what takes it?")),),
        short=_("Joy in work"),
    ),
    Part(
        PATIENTS,
        _("How content patients are"),
        (Question(PATIENTS, _("What does the practice hear and notice of it?")),),
        short=_("Patients"),
    ),
    Part(
        SOCIAL,
        _("Collaboration with the social domain"),
        (Question(SOCIAL, _("With whom does it go well, and with whom not yet?")),),
        short=_("Social domain"),
    ),
    Part(
        "whole",
        _("The programme as a whole"),
        (
            Question(ADDED, _("What does the programme bring the practice?")),
            Question(WISH, _("What does the practice ask of the region or the insurers?")),
        ),
        short=_("The whole"),
    ),
)

VERSIONS: dict[int, tuple[Part, ...]] = {1: _FIRST}
NEWEST = max(VERSIONS)


def parts_of(version: int) -> tuple[Part, ...]:
    return VERSIONS.get(version, ())


def question_of(version: int, key: str) -> Question | None:
    found = (one for part in parts_of(version) for one in part.questions if one.key == key)
    return next(found, None)
