"""A small region with figures of an indicator per practice."""

from collections.abc import Sequence

from monitoring.models import IndicatorDefinition, IndicatorValue
from practices.models import Practice
from tests import factories

YEAR = 2025

# Patients and referrals: all near one in five but the first, who refers a third more.
LISTS = (
    (2400, 660),
    (1850, 372),
    (1920, 380),
    (2150, 428),
    (2300, 455),
    (2610, 527),
    (2790, 561),
    (3040, 601),
    (3320, 668),
    (3900, 790),
)


def practices(number: int) -> list[Practice]:
    """Listed in the order of their names, which is not that of their size."""
    return [factories.practice(name=f"Praktijk {place:02}") for place in range(number)]


def fill(
    made: Sequence[Practice],
    code: str = "referrals",
    *,
    counts: Sequence[tuple[int, int]] = LISTS,
    year: int = YEAR,
    detail: str = "",
    national: float | None = 0.226,
) -> IndicatorDefinition:
    """Values for these practices and, as their sum, for the region."""
    definition = IndicatorDefinition.objects.get(code=code)
    pairs = list(zip(made, counts, strict=False))
    rows: list[tuple[Practice | None, int, int]] = [
        (practice, size, count) for practice, (size, count) in pairs
    ]
    rows.append((None, sum(s for _, (s, _c) in pairs), sum(c for _, (_s, c) in pairs)))
    IndicatorValue.objects.bulk_create(
        IndicatorValue(
            practice=practice,
            year=year,
            definition=definition,
            detail=detail,
            numerator=count,
            denominator=size,
            national=national,
        )
        for practice, size, count in rows
    )
    return definition
