"""Whether the approach became a lasting habit: the practice's own figures, per programme year.

They prepare the question that the region asks after each year; the answer stays the practice's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from highusers import facts
from highusers.models import Evaluation, Extract, PatientPlan, TeamTalk
from practices.facts import norm_table, programme_calendar
from practices.models import Practice
from practices.programme_year import (
    NORMED_YEARS,
    ProgrammeYear,
    is_twelve_months,
    programme_year,
    year_end,
    year_start,
)


@dataclass(frozen=True, slots=True)
class HabitYear:
    """`needed` is the norm for plans, none in years without one; `extract_on` the last day of the
    latest twelve-month extract. Talks and evaluations have no norm."""

    year: ProgrammeYear
    is_over: bool
    extract_on: date | None
    plans: int
    needed: int | None
    talks: int
    evaluations: int


def habit_of(practice: Practice, today: date) -> list[HabitYear]:
    """Every programme year that has begun, the first first; the practice's scope must be open.

    Extracts and plans of years with a norm are those that count for it."""
    last = programme_year(practice.start, today) or 0
    years = [_year(practice.start, number) for number in range(1, last + 1)]
    calendar = programme_calendar(today, [practice.pk])
    extracts, plans = facts.extracts(calendar), facts.plans(calendar)
    norms = norm_table()
    uploaded = _extracts_later(practice)
    own = {"practice": practice}
    drafted = list(PatientPlan.objects.filter(**own).values_list("drafted_on", "high_user_id"))
    talks = list(TeamTalk.objects.filter(**own).values_list("held_on", flat=True))
    evaluations = list(Evaluation.objects.filter(**own).values_list("held_on", flat=True))
    found = []
    for year in years:
        key = (practice.pk, year.number)
        has_norm = year.number in NORMED_YEARS
        ends = [day for day in uploaded if year.first_day <= day <= year.last_day]
        patients = {who for day, who in drafted if year.first_day <= day <= year.last_day}
        norm = norms.in_force(practice.cohort_id, year.first_day).plans if has_norm else None
        found.append(
            HabitYear(
                year=year,
                is_over=year.last_day < today,
                extract_on=extracts.get(key) if has_norm else max(ends, default=None),
                plans=plans.get(key, 0) if has_norm else len(patients),
                needed=norm,
                talks=_within(talks, year),
                evaluations=_within(evaluations, year),
            )
        )
    return found


def _year(start: date, number: int) -> ProgrammeYear:
    return ProgrammeYear(number, year_start(start, number), year_end(start, number))


def _extracts_later(practice: Practice) -> list[date]:
    """Last days of extracts of twelve months, for the years without a norm."""
    periods = Extract.objects.filter(practice=practice).values_list("period_start", "period_end")
    return [last for first, last in periods if is_twelve_months(first, last)]


def _within(days: Iterable[date], year: ProgrammeYear) -> int:
    return sum(year.first_day <= day <= year.last_day for day in days)
