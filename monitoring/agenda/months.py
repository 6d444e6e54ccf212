"""A month as weeks of days: pure."""

import calendar
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from monitoring.agenda.listing import Row


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    inside: bool
    rows: Sequence[Row]


def weeks_of(month: date, rows: Iterable[Row]) -> list[list[Day]]:
    """Weeks from Monday; days of the months beside it are not `inside` and stay empty."""
    on: defaultdict[date, list[Row]] = defaultdict(list)
    for row in rows:
        on[row.day].append(row)
    weeks = calendar.Calendar(calendar.MONDAY).monthdatescalendar(month.year, month.month)
    return [[Day(day, day.month == month.month, on[day]) for day in week] for week in weeks]
