"""What practices said in the year, to choose a sentence from."""

from dataclasses import dataclass

from monitoring.models import QuestionnaireAnswer
from monitoring.report.quotes.identity import answers_with_words
from monitoring.report.states import BlockKind, QuoteSource
from practices.models import Practice


@dataclass(frozen=True, slots=True)
class Said:
    """`key` names it within its year."""

    key: str
    practice: Practice
    block: BlockKind
    source: QuoteSource
    text: str


_FIELDS = (
    ("experiences", BlockKind.EXPERIENCES),
    ("added_value", BlockKind.ADDED_VALUE),
    ("bottlenecks", BlockKind.BOTTLENECKS),
)


def sources(year: int) -> list[Said]:
    """By block, then by practice."""
    found = [said for one in answers_with_words(year) for said in _of_answer(one)]
    order = list(BlockKind)
    return sorted(found, key=lambda one: (order.index(one.block), one.practice.name, one.key))


def _of_answer(answer: QuestionnaireAnswer) -> list[Said]:
    return [
        Said(f"v{answer.pk}-{field}", answer.practice, block, QuoteSource.QUESTIONNAIRE, text)
        for field, block in _FIELDS
        if (text := getattr(answer, field).strip())
    ]
