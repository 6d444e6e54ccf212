"""How far figures of the national goals may lie off by chance, as the page of the goals says."""

from dataclasses import replace

from monitoring.goals.facts import national_goals
from monitoring.goals.intervals import Interval
from monitoring.report.value import IndicatorYear

Name = tuple[str, str]
"""An indicator and its detail (a specialism, or '')."""


def intervals(until: int) -> dict[tuple[Name, int], Interval]:
    """By indicator and year, where there is one; three queries."""
    return {
        ((course.definition.code, course.detail), one.year): one.interval
        for course in national_goals(until)
        for one in course.years
        if one.interval is not None
    }


def with_interval(year: IndicatorYear, interval: Interval | None) -> IndicatorYear:
    """Only beside a value that is shown."""
    if interval is None or year.value is None:
        return year
    low, high = f"{interval.low:.4f}", f"{interval.high:.4f}"
    return replace(year, low=low, high=high, interval=str(interval.kind))
