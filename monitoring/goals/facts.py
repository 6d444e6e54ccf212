"""The national goals as figures: per indicator and year the region beside the country.

A year without a figure is a gap and never nought; a figure on too few patients is hidden. Practices
often have none of their own: where they do, they tell how much chance there is in the region's.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from monitoring.goals.intervals import (
    FEWEST_PRACTICES,
    Interval,
    Spread,
    between_practices,
    of_rate,
    of_share,
)
from monitoring.mirror.states import Comparison
from monitoring.models import IndicatorDefinition, IndicatorValue
from monitoring.specialisms import hidden_values

NUMBER_OF_YEARS = 6

_SPREAD_SQL = """
    SELECT definition_id, detail, year, count(*), sum(numerator), sum(denominator),
           sum(numerator * numerator), sum(numerator * denominator),
           sum(denominator * denominator)
    FROM monitoring_indicatorvalue
    WHERE practice_id IS NOT NULL AND denominator > 0 AND year BETWEEN %(first)s AND %(last)s
    GROUP BY definition_id, detail, year
"""


@dataclass(frozen=True, slots=True)
class GoalYear:
    """`value` None: no figure, or one on too few patients (`hidden`). `practices` have a figure of
    their own that year."""

    year: int
    value: Decimal | None
    national: Decimal | None
    interval: Interval | None
    practices: int
    hidden: bool


@dataclass(frozen=True, slots=True)
class GoalCourse:
    """One indicator (with a specialism, or without) over the years, the earliest first; every
    year between the first and the last figure stands in it."""

    definition: IndicatorDefinition
    detail: str
    years: tuple[GoalYear, ...]

    @property
    def name(self) -> str:
        return f"{self.definition.title}: {self.detail}" if self.detail else self.definition.title

    @property
    def latest(self) -> GoalYear | None:
        """The last year with a figure of the region."""
        return next((one for one in reversed(self.years) if one.value is not None), None)


def national_goals(until: int) -> list[GoalCourse]:
    """Every national indicator in its fixed order, also one without any figure; three queries."""
    first = until - NUMBER_OF_YEARS + 1
    definitions = list(IndicatorDefinition.objects.filter(own=False))
    values = IndicatorValue.objects.filter(practice=None, year__range=(first, until))
    found: dict[tuple[int, str], dict[int, IndicatorValue]] = {}
    listed = list(values.select_related("definition").order_by("detail", "year"))
    hidden = hidden_values(listed)
    for row in listed:
        found.setdefault((row.definition_id, row.detail), {})[row.year] = row
    spreads = _spreads(first, until)
    courses = []
    for definition in definitions:
        details = sorted({detail for key, detail in found if key == definition.pk} | {""})
        for detail in details:
            rows = found.get((definition.pk, detail), {})
            courses.append(_course(definition, detail, rows, spreads, hidden))
    return courses


def _course(
    definition: IndicatorDefinition,
    detail: str,
    rows: dict[int, IndicatorValue],
    spreads: dict[tuple[int, str, int], Spread],
    hidden: Collection[int],
) -> GoalCourse:
    span: Iterable[int] = range(min(rows), max(rows) + 1) if rows else ()
    years = [
        _year(definition, year, rows.get(year), spreads.get((definition.pk, detail, year)), hidden)
        for year in span
    ]
    return GoalCourse(definition, detail, tuple(years))


def _year(
    definition: IndicatorDefinition,
    year: int,
    row: IndicatorValue | None,
    spread: Spread | None,
    hidden: Collection[int],
) -> GoalYear:
    practices = spread.practices if spread else 0
    if row is None:
        return GoalYear(year, None, None, None, practices, hidden=False)
    if row.denominator == 0:
        return GoalYear(year, None, row.national, None, practices, hidden=False)
    if row.pk in hidden:
        return GoalYear(year, None, row.national, None, practices, hidden=True)
    value = row.numerator / row.denominator
    return GoalYear(
        year, value, row.national, _interval(definition, row, spread), practices, hidden=False
    )


def _interval(
    definition: IndicatorDefinition, row: IndicatorValue, spread: Spread | None
) -> Interval | None:
    """By the differences between practices where enough of them have a figure; else by the counts
    themselves, where they are counts."""
    numerator, denominator = float(row.numerator), float(row.denominator)
    if spread is not None and spread.practices >= FEWEST_PRACTICES:
        return between_practices(numerator / denominator, spread)
    if definition.comparison == Comparison.PROPORTION:
        return of_share(numerator, denominator)
    if definition.comparison == Comparison.RATE:
        return of_rate(numerator, denominator)
    return None


def _spreads(first: int, last: int) -> dict[tuple[int, str, int], Spread]:
    with connection.cursor() as cursor:
        cursor.execute(_SPREAD_SQL, {"first": first, "last": last})
        return {
            (definition, detail, year): Spread(practices, *map(float, sums))
            for definition, detail, year, practices, *sums in cursor.fetchall()
        }
