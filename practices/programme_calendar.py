"""Which programme years of which practices are counted, up to which day: pure.

The facts of every app are counted by the same calendar: one row per practice and normed
programme year. It goes to PostgreSQL as arrays, so that a fact is one query however many
practices there are, and date arithmetic stays in `practices.programme_year`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from practices.norms import Norms
from practices.programme_year import ProgrammeYear, add_months, counted_on, normed_years

FactKey = tuple[int, int]
"""A practice's id and a programme year: what facts are keyed by."""

COLUMNS = {
    "practice_id": "bigint",
    "programme_year": "smallint",
    "first_day": "date",
    "reference_on": "date",
    "counted_on": "date",
    "course_from": "date",
    "extract_from": "date",
    "high_user_contacts": "integer",
    "intervision_sessions": "integer",
}
"""The columns of the calendar and their types.

`counted_on` is the day the figures are taken; `reference_on` that day or the year's last day,
whichever is first: the day groups are formed and up to which most things count. `course_from`
and `extract_from` are the first days from which a course and an extract count.
"""


def calendar_sql(*columns: str) -> str:
    """The calendar as the table `calendar`, before a query that reads these columns of it.

    Practice and year are always there; the parameters are `Calendar.parameters`.
    """
    named = ("practice_id", "programme_year", *columns)
    arrays = ", ".join(f"%({column})s::{COLUMNS[column]}[]" for column in named)
    select = f"SELECT * FROM unnest({arrays})"  # noqa: S608  (names of `COLUMNS` only)
    return f"WITH calendar ({', '.join(named)}) AS ({select})"


@dataclass(frozen=True, slots=True)
class Participant:
    """A practice as far as its standing depends on it; norms for each normed year, in order."""

    practice_id: int
    code: str
    cohort_id: int
    start_on: date
    stopped_on: date | None
    norms: tuple[Norms, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The people a norm is about on the reference date, and how many of them reached it."""

    people: int
    reached: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """The participants of a question and its day; `parameters` go with `calendar_sql`."""

    as_of: date
    participants: tuple[Participant, ...]
    parameters: Mapping[str, str]


def calendar_of(participants: Iterable[Participant], as_of: date) -> Calendar:
    """The calendar of these practices on `as_of`."""
    listed = tuple(participants)
    alike: dict[tuple[int, date, date | None], tuple[tuple[str, ...], ...]] = {}
    rows: list[tuple[str, ...]] = []
    for participant in listed:
        key = (participant.cohort_id, participant.start_on, participant.stopped_on)
        years = alike.get(key)
        if years is None:
            years = alike[key] = _years(participant, as_of)
        practice_id = str(participant.practice_id)
        rows += [(practice_id, *year) for year in years]
    columns = zip(*rows, strict=True) if rows else ((),) * len(COLUMNS)
    literals = ("{" + ",".join(column) + "}" for column in columns)
    return Calendar(as_of, listed, dict(zip(COLUMNS, literals, strict=True)))


def _years(participant: Participant, as_of: date) -> tuple[tuple[str, ...], ...]:
    years = zip(normed_years(participant.start_on), participant.norms, strict=True)
    return tuple(_columns(participant, year, norms, as_of) for year, norms in years)


def _columns(
    participant: Participant, year: ProgrammeYear, norms: Norms, as_of: date
) -> tuple[str, ...]:
    """One row of the calendar without its practice, as text for array literals."""
    counted = counted_on(year.last_day, participant.stopped_on, as_of)
    extract_from = year.first_day
    if year.number == 1:
        extract_from = add_months(participant.start_on, -norms.extract_months_before_start)
    course_from = add_months(participant.start_on, -norms.course_months_before_start)
    return (
        str(year.number),
        year.first_day.isoformat(),
        min(counted, year.last_day).isoformat(),
        counted.isoformat(),
        course_from.isoformat(),
        extract_from.isoformat(),
        str(norms.high_user_contacts),
        str(norms.intervision_sessions),
    )
