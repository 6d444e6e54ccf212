"""The programme year in which a practice is to be visited, and how far that is; two queries."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from monitoring.models import Visit, VisitAppointment
from monitoring.visits.states import OPEN
from practices.models import Practice
from practices.programme_year import programme_year, year_end, year_start


@dataclass(frozen=True, slots=True)
class VisitYear:
    """One practice that takes part. `visited_on` is the last visit of this programme year and
    `done` whether that is enough: in year 1 the time-out is to be discussed at it; nobody knows as
    long as it is being filled in. `passed`: the day of the appointment went by and nobody began
    the visit. `missed`: the programme year before that went by without a visit, 0 for none; over
    once there is a visit in this one."""

    practice: Practice
    year: int
    first_day: date
    last_day: date
    last_visit_on: date | None = None
    visited_on: date | None = None
    done: bool = False
    appointment: VisitAppointment | None = None
    passed: bool = False
    missed: int = 0

    @property
    def to_plan(self) -> bool:
        """Not visited this year, and no appointment to come."""
        return not self.done and (self.appointment is None or self.passed)

    @property
    def until(self) -> date:
        """The last day for a visit: the practice may stop before its year ends."""
        stopped_on = self.practice.stopped_on
        if stopped_on is None:
            return self.last_day
        return min(self.last_day, stopped_on - timedelta(days=1))

    def days_left(self, today: date) -> int:
        return (self.last_day - today).days


def visit_years(practices: Iterable[Practice], today: date) -> list[VisitYear]:
    """Of those that began and did not stop, in the order they came in."""
    years = _visited(practices, today)
    appointments = VisitAppointment.objects.open().of_practices(one.practice for one in years)
    by_practice = {one.practice_id: one for one in appointments.in_order()}
    return [
        replace(one, appointment=found, passed=found.held_on < today)
        if (found := by_practice.get(one.practice.pk))
        else one
        for one in years
    ]


def years_to_plan(practices: Iterable[Practice], today: date) -> list[VisitYear]:
    """Those neither visited nor with an appointment to come; one that went by is not read."""
    wanting = [one for one in _visited(practices, today) if not one.done]
    appointments = VisitAppointment.objects.open().of_practices(one.practice for one in wanting)
    coming = set(appointments.filter(held_on__gte=today).values_list("practice", flat=True))
    return [one for one in wanting if one.practice.pk not in coming]


def _visited(practices: Iterable[Practice], today: date) -> list[VisitYear]:
    """As far as visits say."""
    listed = [one for one in practices if _takes_part(one, today)]
    held = _visits([one.pk for one in listed], today)
    return [_year(one, today, held.get(one.pk, [])) for one in listed]


def _takes_part(practice: Practice, today: date) -> bool:
    stopped = practice.stopped_on is not None and practice.stopped_on <= today
    return practice.start <= today and not stopped


def _visits(ids: list[int], today: date) -> dict[int, list[tuple[date, bool]]]:
    """Day and whether the time-out was discussed, or still may be, in order of the day."""
    found: dict[int, list[tuple[date, bool]]] = {}
    visits = Visit.objects.filter(practice__in=ids, held_on__lte=today).order_by("held_on")
    fields = ("practice", "held_on", "time_out_discussed", "state")
    for practice, day, discussed, state in visits.values_list(*fields):
        found.setdefault(practice, []).append((day, discussed or state in OPEN))
    return found


def _year(practice: Practice, today: date, held: list[tuple[date, bool]]) -> VisitYear:
    year = programme_year(practice.start, today) or 1
    first_day = year_start(practice.start, year)
    this_year = [one for one in held if one[0] >= first_day]
    since_last = year > 1 and any(day >= year_start(practice.start, year - 1) for day, _ in held)
    return VisitYear(
        practice=practice,
        year=year,
        first_day=first_day,
        last_day=year_end(practice.start, year),
        last_visit_on=held[-1][0] if held else None,
        visited_on=this_year[-1][0] if this_year else None,
        done=any(discussed or year > 1 for _day, discussed in this_year),
        missed=0 if since_last else year - 1,
    )
