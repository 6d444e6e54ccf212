"""What became of the questionnaires: who answered, what was said, what the figures contradict.

A calendar year holds the questionnaires that open in it: those about the programme years that end
in it, or on the last day of the year before (docs/decisions/0150). Counts of practices are process
figures; words of a practice are for the region that reads them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from monitoring.compliance import Part, PracticeStanding, Status
from monitoring.models import QuestionnaireAnswer, QuestionnaireDraft, QuestionnaireQuestion
from monitoring.questionnaires.questions import contradicted, part_of, value_of
from monitoring.questionnaires.shipped import PLANS
from monitoring.questionnaires.states import QuestionKind, ResponseState
from practices.norms import SHIPPED_NORMS
from practices.programme_year import NORMED_YEARS

_STATES = {
    Status.NOT_DUE: ResponseState.NOT_YET,
    Status.NOT_APPLICABLE: ResponseState.NOT_ASKED,
    Status.MET: ResponseState.ANSWERED,
    Status.MISSED: ResponseState.LATE,
}

MISSING = (ResponseState.LATE, ResponseState.OPEN)


@dataclass(frozen=True, slots=True)
class Response:
    """The questionnaire of one practice about one programme year. `contradicted` holds the keys of
    answers that say otherwise than the figures; `begun`: something was saved, nothing handed in."""

    practice: int
    cohort: int
    programme_year: int
    state: ResponseState
    opens_on: date
    deadline: date
    answer: QuestionnaireAnswer | None = None
    contradicted: tuple[str, ...] = ()
    begun: bool = False

    @property
    def is_due(self) -> bool:
        return self.state in (*MISSING, ResponseState.ANSWERED)

    @property
    def is_missing(self) -> bool:
        return self.state in MISSING


@dataclass(frozen=True, slots=True)
class Counts:
    """Of practices in one cohort and programme year, both None for all together."""

    cohort: int | None
    programme_year: int | None
    due: int
    answered: int
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many practices gave each answer to one question, in the order of the answers; of a
    question in words how many wrote something. `text` is as most were asked, `wordings` in how
    many ways they were."""

    key: str
    text: str
    kind: QuestionKind
    counts: dict[str, int] = field(default_factory=dict)
    answered: int = 0
    wordings: int = 1


@dataclass(frozen=True, slots=True)
class Told:
    """Words of one practice, for who writes the report; outside the region none of them go
    without the consent of the practice."""

    practice: int
    programme_year: int
    text: str


def responses(standings: Sequence[PracticeStanding], year: int | None = None) -> list[Response]:
    """Of these practices, both programme years, or those that open in a calendar year; two
    queries."""
    ids = [one.participant.practice_id for one in standings]
    given = QuestionnaireAnswer.objects.filter(practice__in=ids).select_related("version")
    answers = {(one.practice_id, one.programme_year): one for one in given}
    drafts = QuestionnaireDraft.objects.filter(practice__in=ids)
    begun = set(drafts.values_list("practice", "programme_year"))
    return [
        _response(standing, part, number, answers, begun)
        for standing in standings
        for number in NORMED_YEARS
        if year in (None, (part := part_of(standing, number)).opens_on.year)
    ]


def counted(found: Iterable[Response]) -> list[Counts]:
    """Per cohort and programme year, and all together in the last."""
    listed = list(found)
    groups = sorted({(one.cohort, one.programme_year) for one in listed})
    each = [
        _counts(cohort, year, [o for o in listed if (o.cohort, o.programme_year) == (cohort, year)])
        for cohort, year in groups
    ]
    return [*each, _counts(None, None, listed)]


def distributions(found: Iterable[Response]) -> list[Distribution]:
    """Per question that one of them answered, in the order of the newest version; one query. What
    the region's spreadsheets brought knows the three fixed questions only."""
    answers = [one.answer for one in found if one.is_due and one.answer is not None]
    asked = QuestionnaireQuestion.objects.exclude(version__published_at=None)
    newest: dict[str, QuestionnaireQuestion] = {}
    for one in asked.order_by("-version__number", "position"):
        newest.setdefault(one.key, one)
    listed = [_distribution(question, answers) for question in newest.values()]
    return [one for one in listed if one.answered]


def told(found: Iterable[Response], key: str) -> list[Told]:
    """What practices wrote about one question in words, in the order of the words: that tells
    nothing of a practice."""
    words = [
        Told(one.practice, one.programme_year, str(text))
        for one in found
        if one.is_due and one.answer is not None and (text := one.answer.answers.get(key))
    ]
    return sorted(words, key=lambda one: one.text)


def _response(
    standing: PracticeStanding,
    part: Part,
    year: int,
    answers: dict[tuple[int, int], QuestionnaireAnswer],
    begun: set[tuple[int, int]],
) -> Response:
    practice = standing.participant.practice_id
    state = _STATES.get(part.status, ResponseState.OPEN)
    answer = answers.get((practice, year)) if state == ResponseState.ANSWERED else None
    return Response(
        practice=practice,
        cohort=standing.participant.cohort_id,
        programme_year=year,
        state=state,
        opens_on=part.opens_on,
        deadline=part.deadline,
        answer=answer,
        contradicted=contradicted(answer, standing) if answer is not None else (),
        begun=(practice, year) in begun,
    )


def _counts(cohort: int | None, year: int | None, found: Sequence[Response]) -> Counts:
    states = Counter(one.state for one in found)
    return Counts(
        cohort=cohort,
        programme_year=year,
        due=sum(one.is_due for one in found),
        answered=states[ResponseState.ANSWERED],
        open=states[ResponseState.OPEN],
        late=states[ResponseState.LATE],
    )


def _distribution(
    question: QuestionnaireQuestion, answers: Sequence[QuestionnaireAnswer]
) -> Distribution:
    kind = QuestionKind(question.kind)
    given = [value for one in answers if (value := value_of(one, question.key)) not in (None, "")]
    counts: Counter[Any] = Counter()
    if kind == QuestionKind.YES_NO:
        counts.update({True: 0, False: 0})
        counts.update(value for value in given if isinstance(value, bool))
    elif kind == QuestionKind.CHOICE:
        counts.update(dict.fromkeys(question.options, 0))
        counts.update(value for value in given if isinstance(value, str))
    worded = [one.asked[question.key] for one in answers if question.key in one.asked]
    plain = question.text.replace(PLANS, str(SHIPPED_NORMS.plans))
    return Distribution(
        key=question.key,
        text=Counter(worded).most_common(1)[0][0] if worded else plain,
        kind=kind,
        counts=dict(counts),
        answered=sum(bool(value) or value is False for value in given),
        wordings=max(1, len(set(worded))),
    )
