"""What practices said in the year, to choose a sentence from."""

from dataclasses import dataclass
from datetime import date

from monitoring.models import QuestionnaireAnswer
from monitoring.questionnaires.shipped import ADDED_VALUE, EXPERIENCES
from monitoring.report.states import BlockKind, QuoteSource
from monitoring.visits.facts import region_visits
from monitoring.visits.questions import ADDED
from practices.models import Practice


@dataclass(frozen=True, slots=True)
class Said:
    """`key` names it within its year."""

    key: str
    practice: Practice
    block: BlockKind
    source: QuoteSource
    text: str


_FIELDS = ((EXPERIENCES, BlockKind.EXPERIENCES), (ADDED_VALUE, BlockKind.ADDED_VALUE))


def sources(year: int) -> list[Said]:
    """By block, then by practice."""
    answers = QuestionnaireAnswer.objects.filter(
        answered_on__range=(date(year, 1, 1), date(year, 12, 31))
    ).select_related("practice")
    found = [said for one in answers for said in _of_answer(one)] + _of_visits(year)
    order = list(BlockKind)
    return sorted(found, key=lambda one: (order.index(one.block), one.practice.name, one.key))


def _of_answer(answer: QuestionnaireAnswer) -> list[Said]:
    return [
        Said(f"v{answer.pk}-{field}", answer.practice, block, QuoteSource.QUESTIONNAIRE, text)
        for field, block in _FIELDS
        if (text := str(answer.answers.get(field, "")).strip())
    ]


def _of_visits(year: int) -> list[Said]:
    practices = {one.pk: one for one in Practice.objects.all()}
    told = region_visits(list(practices), date(year, 1, 1), date(year, 12, 31)).experiences
    return [
        Said(
            f"b{one.practice}-{one.key}",
            practices[one.practice],
            BlockKind.ADDED_VALUE if one.key == ADDED else BlockKind.EXPERIENCES,
            QuoteSource.VISIT,
            one.text,
        )
        for one in told
    ]
