"""Statuses month by month, each judged anew as of its month end: nothing is stored.

Facts are dated and counted as of the day, so what is recorded late changes the months it is about.
Who is in service is taken as now known, as everywhere. A month is one call of the engine: a fixed
number of queries, however many practices there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache import cache

from monitoring.compliance import DUTIES, PracticeStanding, Status
from monitoring.history.months import month_ends
from monitoring.standing import standing
from practices.facts import norm_table
from practices.models import Practice
from practices.programme_year import normed_years

KEPT_SECONDS = 20 * 60 * 60
"""How long a month of the region is remembered; the day it was reckoned on is in its key."""

CODES = {
    Status.MET: "m",
    Status.ON_TRACK: "o",
    Status.AT_RISK: "r",
    Status.MISSED: "x",
    Status.NOT_DUE: "d",
    Status.NOT_APPLICABLE: "n",
}
STATUSES = {code: status for status, code in CODES.items()}

Statuses = tuple[Status, ...]
"""One per duty, in the order of `DUTIES`."""


@dataclass(frozen=True, slots=True)
class PracticeCourse:
    """The months of one practice, and per duty its status in each."""

    days: tuple[date, ...]
    statuses: tuple[Statuses, ...]

    def of_duty(self, place: int) -> tuple[Status, ...]:
        return tuple(month[place] for month in self.statuses)


def practice_course(practice: Practice, today: date) -> PracticeCourse:
    """From its start until its last questionnaire could be answered in time, or today; empty before
    the start. Months that are over are reckoned once a day, as those of the region."""
    if practice.start > today:
        return PracticeCourse((), ())
    days = month_ends(practice.start, min(today, _settled_on(practice)))
    over = [day for day in days if day < today]
    key = _key(today, over, practice.pk)
    codes: list[str] | None = cache.get(key) if over else []
    if codes is None:
        codes = [_written(_statuses(standing(day, [practice.pk])[0])) for day in over]
        cache.set(key, codes, KEPT_SECONDS)
    found = [_read(one) for one in codes]
    found += [_statuses(standing(day, [practice.pk])[0]) for day in days[len(over) :]]
    return PracticeCourse(tuple(days), tuple(found))


def _settled_on(practice: Practice) -> date:
    """After this day only an answer that comes too late changes a status."""
    last_year = normed_years(practice.start)[-1]
    in_force = norm_table().in_force(practice.cohort_id, last_year.first_day)
    return last_year.last_day + timedelta(days=in_force.questionnaire_days)


def region_course(days: Sequence[date], *, today: date) -> dict[date, Mapping[int, Statuses]]:
    """Per day the statuses of every practice by its id.

    Months that are over are reckoned once a day and then remembered; today is always anew.
    """
    keys = {day: _key(today, [day]) for day in days}
    remembered = cache.get_many([key for day, key in keys.items() if day < today])
    found: dict[date, Mapping[int, Statuses]] = {}
    fresh: dict[str, dict[int, str]] = {}
    for day, key in keys.items():
        if key in remembered:
            found[day] = {pk: _read(codes) for pk, codes in remembered[key].items()}
            continue
        found[day] = {
            one.participant.practice_id: _statuses(one)
            for one in standing(day)
            if one.programme_year is not None
        }
        if day < today:
            fresh[key] = {pk: _written(statuses) for pk, statuses in found[day].items()}
    if fresh:
        cache.set_many(fresh, KEPT_SECONDS)
    return found


def _key(today: date, days: Sequence[date], practice: int | None = None) -> str:
    span = f"{days[0].isoformat()}:{days[-1].isoformat()}" if days else ""
    return f"status-course:{today.isoformat()}:{span}:{practice or 'region'}"


def _statuses(one: PracticeStanding) -> Statuses:
    return tuple(obligation.status for obligation in one.obligations)


def _written(statuses: Statuses) -> str:
    return "".join(CODES[status] for status in statuses)


def _read(codes: str) -> Statuses:
    if len(codes) != len(DUTIES):
        raise ValueError(codes)
    return tuple(STATUSES[code] for code in codes)
