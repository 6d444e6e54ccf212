"""Dates to propose for visits: pure.

Simple enough to explain on the page: who has the least time left comes first, two weeks ahead at
the earliest, one visit a day and three a week, never when the consultant has something else. Only
what does not fit before its last day that way comes sooner or beside another visit.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

MOMENTS = (time(13, 0), time(15, 0))
LENGTH = timedelta(minutes=90)
LEAD_DAYS = 14
SHORT_LEAD_DAYS = 3
PER_WEEK = 3
WORKING_DAYS = 5


@dataclass(frozen=True, slots=True)
class Slot:
    day: date
    starts_at: time
    ends_at: time


@dataclass(frozen=True, slots=True)
class Busy:
    """Something in the consultant's own agenda; without times it takes the whole day, without an
    end till midnight. `visit` counts towards what fits in a day and a week; `appointment` is its
    key."""

    day: date
    starts_at: time | None = None
    ends_at: time | None = None
    visit: bool = False
    what: str = ""
    appointment: int | None = None

    def clashes(self, slot: Slot) -> bool:
        if self.day != slot.day:
            return False
        if self.starts_at is None:
            return True
        return self.starts_at < slot.ends_at and slot.starts_at < (self.ends_at or time.max)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A practice to visit up to and including `until`."""

    practice: int
    until: date


def slot_at(day: date, starts_at: time, length: timedelta = LENGTH) -> Slot:
    ends = datetime.combine(day, starts_at) + length
    return Slot(day, starts_at, ends.time() if ends.date() == day else time.max)


def visit_at(slot: Slot) -> Busy:
    """A visit that is not planned yet, so that nothing else is proposed then."""
    return Busy(slot.day, slot.starts_at, slot.ends_at, visit=True)


def proposals(
    wanted: Iterable[Wanted], busy: Sequence[Busy], today: date
) -> dict[int, Slot | None]:
    """By practice; None where nothing is free any more up to its last day."""
    taken = list(busy)
    found: dict[int, Slot | None] = {}
    for one in sorted(wanted, key=lambda one: (one.until, one.practice)):
        slot = _first(one, taken, today, LEAD_DAYS, spread=True)
        slot = slot or _first(one, taken, today, SHORT_LEAD_DAYS, spread=False)
        found[one.practice] = slot
        if slot is not None:
            taken.append(visit_at(slot))
    return found


def _first(
    wanted: Wanted, taken: Sequence[Busy], today: date, lead: int, *, spread: bool
) -> Slot | None:
    visits = [one.day for one in taken if one.visit]
    for day in _working_days(today + timedelta(days=lead), wanted.until):
        week = sum(visit.isocalendar()[:2] == day.isocalendar()[:2] for visit in visits)
        if spread and (day in visits or week >= PER_WEEK):
            continue
        for moment in MOMENTS:
            slot = slot_at(day, moment)
            if not any(one.clashes(slot) for one in taken if one.day == day):
                return slot
    return None


def _working_days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day.weekday() < WORKING_DAYS and not is_holiday(day):
            yield day


def is_holiday(day: date) -> bool:
    """The days on which practices in the Netherlands are closed by custom."""
    if (day.month, day.day) in {(1, 1), (4, 27), (12, 25), (12, 26)}:
        return True
    # Good Friday, Easter Monday, Ascension Day, Whit Monday
    return (day - easter(day.year)).days in {-2, 1, 39, 50}


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, day + 1)
