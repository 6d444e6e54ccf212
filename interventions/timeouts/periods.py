"""Which days a pattern is about."""

from dataclasses import dataclass
from datetime import date, timedelta

from practices.programme_year import add_months, add_years


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included."""

    first: date
    last: date


def last_year(today: date) -> Period:
    return Period(add_years(today, -1) + timedelta(days=1), today)


def four_quarters(today: date) -> Period:
    """The last four that are over: outside the practice nothing changes from day to day, or two
    days laid side by side would show one time-out."""
    begun = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    return Period(add_months(begun, -12), begun - timedelta(days=1))
