"""Programme-year arithmetic.

Year n of a practice runs from its start plus n - 1 years up to, not including, its start plus
n years. Every year is measured from the start itself, never from the year before, so that a
start on 29 February returns to the 29th in leap years.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

NORMED_YEARS = (1, 2)
"""The programme years that carry obligations; later years are followed without norm."""

MONTHS_IN_YEAR = 12


def add_months(day: date, months: int) -> date:
    """The same day `months` later (or earlier); the month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, MONTHS_IN_YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes the 28th in a year without a 29th."""
    return add_months(day, MONTHS_IN_YEAR * years)


def year_start(start: date, year: int) -> date:
    """The first day of programme year `year` (1, 2, …) of a practice that began on `start`."""
    return add_years(start, year - 1)


def year_end(start: date, year: int) -> date:
    """The last day, included, of programme year `year` of a practice that began on `start`."""
    return add_years(start, year) - timedelta(days=1)


def programme_year(start: date, day: date) -> int | None:
    """The programme year that `day` falls in, None before the start; goes on after year 2."""
    if day < start:
        return None
    begun = day.year - start.year
    return begun + 1 if add_years(start, begun) <= day else begun


def is_twelve_months(first_day: date, last_day: date) -> bool:
    """Whether a period, both days included, is exactly twelve months long."""
    return last_day == year_end(first_day, 1)


@dataclass(frozen=True, slots=True)
class ProgrammeYear:
    """One programme year of a practice, both days included."""

    number: int
    first_day: date
    last_day: date


@lru_cache(maxsize=4096)
def normed_years(start: date) -> tuple[ProgrammeYear, ...]:
    """The programme years with obligations of a practice that began on `start`."""
    return tuple(
        ProgrammeYear(year, year_start(start, year), year_end(start, year)) for year in NORMED_YEARS
    )


def lapses_by_stop(last_day: date, stopped_on: date | None, as_of: date) -> bool:
    """Whether the practice had stopped by `as_of` before a year that ends on `last_day` was out."""
    return stopped_on is not None and stopped_on <= as_of and stopped_on < last_day


def counted_on(last_day: date, stopped_on: date | None, as_of: date) -> date:
    """The day on which the figures of a year that ends on `last_day` are taken.

    A year that was out when the practice stopped keeps the figures of the day it stopped; any
    other year is counted on `as_of`.
    """
    if stopped_on is not None and last_day <= stopped_on <= as_of:
        return stopped_on
    return as_of
