"""What is asked of a practice after a year, and what the system knows beside each question [1]."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from monitoring.compliance import QUESTIONNAIRE, Part, PracticeStanding, Status
from monitoring.models import (
    QuestionnaireAnswer,
    QuestionnaireDraft,
    QuestionnaireQuestion,
    QuestionnaireVersion,
)
from monitoring.questionnaires.shipped import FIXED_KEYS, PLANS
from monitoring.questionnaires.states import Prefill
from monitoring.words import part_count

HIGH_USERS = 1


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about a question: in words, and the answer that it points to. `figure`: it
    was counted, so that an answer may contradict it; not so what somebody said at a visit."""

    text: str
    answer: bool | str | None = None
    figure: bool = False


NOTHING_KNOWN = Known("")


@dataclass(frozen=True, slots=True)
class ToldAtVisit:
    """What the visits of the year say: whether it is a habit, and experiences in words."""

    habit: bool | None = None
    experiences: str = ""


NO_VISIT = ToldAtVisit()


def version_of(
    draft: QuestionnaireDraft | None, answer: QuestionnaireAnswer | None
) -> QuestionnaireVersion | None:
    """The version that a practice began on, if it did."""
    if draft is not None:
        return draft.version
    return answer.version if answer is not None else None


def version_asked(number: str, today: date) -> QuestionnaireVersion:
    """The version with this number, which somebody has on the screen, as long as it is published;
    else the one that is asked on a day."""
    versions = QuestionnaireVersion.objects.asked_on(today)
    begun = versions.filter(number=int(number)) if number.isdecimal() and len(number) < 5 else None
    return (begun.first() if begun is not None else None) or versions[0]


def questions_of(version: QuestionnaireVersion, year: int) -> list[QuestionnaireQuestion]:
    """What it asks after a programme year, in order."""
    found = version.questions.order_by("position")
    return [one for one in found if one.programme_year in (None, year)]


def asked(
    questions: Iterable[QuestionnaireQuestion], standing: PracticeStanding, year: int
) -> dict[str, str]:
    """The text of each question as it is asked now, with the norms of the practice."""
    plans = str(standing.participant.norms[year - 1].plans)
    return {one.key: one.text.replace(PLANS, plans) for one in questions}


def known(
    questions: Sequence[QuestionnaireQuestion],
    standing: PracticeStanding,
    year: int,
    told: ToldAtVisit = NO_VISIT,
) -> Mapping[str, Known]:
    """By the key of the question."""
    beside = known_facts(standing, year, told)
    return {one.key: beside[Prefill(one.prefill)] for one in questions if one.prefill}


def known_facts(
    standing: PracticeStanding, year: int, told: ToldAtVisit = NO_VISIT
) -> dict[Prefill, Known]:
    facts, plans = standing.facts[year - 1], part_of(standing, year, "plans")
    made = part_count(plans)
    read_in = _day(_("extract up to %(date)s"), facts.extract_on) or _("no extract")
    in_use = _day(_("in use since %(date)s"), facts.schedule_from) or _("no schedule in use")
    at_visit = {
        None: "",
        True: _("a habit according to the visit"),
        False: _("no habit yet according to the visit"),
    }[told.habit]
    return {
        Prefill.PLANS: Known(made, plans.status is Status.MET if made else None, figure=True),
        Prefill.HABIT: Known(", ".join(filter(None, [read_in, made, at_visit])), told.habit),
        Prefill.SCHEDULE: Known(in_use, facts.schedule_from is not None, figure=True),
        Prefill.EXPERIENCES: Known(
            _("taken over from the visit") if told.experiences else "", told.experiences or None
        ),
    }


def contradicted(answer: QuestionnaireAnswer, standing: PracticeStanding) -> tuple[str, ...]:
    """The keys of the answers that say otherwise than the figures; a signal, no status."""
    facts = known_facts(standing, answer.programme_year)
    figures = {"plans_made": facts[Prefill.PLANS], "flexible_in_use": facts[Prefill.SCHEDULE]}
    return tuple(
        key
        for key, beside in figures.items()
        if beside.answer is not None and beside.answer != getattr(answer, key)
    )


def value_of(answer: QuestionnaireAnswer, key: str) -> Any:
    return getattr(answer, key) if key in FIXED_KEYS else answer.answers.get(key)


def part_of(standing: PracticeStanding, year: int, name: str = QUESTIONNAIRE) -> Part:
    """The part of a year. Two obligations ask the questionnaire of year 1: it is asked as long as
    one of them does, whatever the other is exempt from."""
    parts = [
        part
        for obligation in standing.obligations
        for part in obligation.parts
        if obligation.programme_year == year
        and part.name == name
        and (name == QUESTIONNAIRE or obligation.intervention == HIGH_USERS)
    ]
    asks = (part for part in parts if part.status is not Status.NOT_APPLICABLE)
    return next(asks, parts[0])


def _day(text: str, day: Any) -> str:
    return text % {"date": date_format(day)} if day else ""
