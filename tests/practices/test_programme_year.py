"""Programme years begin on an anniversary of the start, 29 February included."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.programme_year import (
    add_months,
    add_years,
    counted_on,
    is_twelve_months,
    lapses_by_stop,
    normed_years,
    programme_year,
    year_end,
    year_start,
)

LEAP_START = date(2024, 2, 29)
days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        (-1, date(2023, 2, 28)),
        (0, date(2024, 2, 29)),
        (1, date(2025, 2, 28)),
        (3, date(2027, 2, 28)),
        (4, date(2028, 2, 29)),
        (76, date(2100, 2, 28)),
    ],
)
def test_29_february_plus_years(years: int, expected: date) -> None:
    assert add_years(LEAP_START, years) == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 5, 31), -3, date(2024, 2, 29)),
        (date(2023, 5, 31), -3, date(2023, 2, 28)),
        (date(2023, 1, 31), -3, date(2022, 10, 31)),
        (date(2023, 10, 31), 13, date(2024, 11, 30)),
        (date(2023, 12, 1), 1, date(2024, 1, 1)),
    ],
)
def test_months_step_back_to_a_day_that_exists(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


def test_years_of_a_start_on_29_february() -> None:
    bounds = [(year_start(LEAP_START, n), year_end(LEAP_START, n)) for n in (1, 2, 4, 5)]
    assert bounds == [
        (date(2024, 2, 29), date(2025, 2, 27)),
        (date(2025, 2, 28), date(2026, 2, 27)),
        (date(2027, 2, 28), date(2028, 2, 28)),
        (date(2028, 2, 29), date(2029, 2, 27)),
    ]


def test_no_programme_year_before_the_start() -> None:
    assert programme_year(date(2023, 4, 1), date(2023, 3, 31)) is None
    assert programme_year(date(2023, 4, 1), date(2023, 4, 1)) == 1


@given(start=days, offset=st.integers(0, 10_000))
def test_every_day_lies_within_its_programme_year(start: date, offset: int) -> None:
    day = start + timedelta(days=offset)
    year = programme_year(start, day)
    assert year is not None
    assert year_start(start, year) <= day <= year_end(start, year)
    assert year_start(start, year + 1) == year_end(start, year) + timedelta(days=1)


@pytest.mark.parametrize(
    ("first", "last", "exactly"),
    [
        (date(2023, 1, 1), date(2023, 12, 31), True),
        (date(2023, 1, 1), date(2023, 12, 30), False),
        (date(2023, 1, 1), date(2024, 1, 1), False),
        (date(2023, 3, 1), date(2024, 2, 29), True),
        (date(2023, 3, 1), date(2024, 2, 28), False),
        (date(2024, 2, 29), date(2025, 2, 27), True),
    ],
)
def test_twelve_months_include_both_days(first: date, last: date, exactly: bool) -> None:
    assert is_twelve_months(first, last) is exactly


def test_normed_years_are_the_first_two() -> None:
    years = normed_years(date(2023, 10, 9))
    assert [(year.number, year.first_day, year.last_day) for year in years] == [
        (1, date(2023, 10, 9), date(2024, 10, 8)),
        (2, date(2024, 10, 9), date(2025, 10, 8)),
    ]


LAST_DAY = date(2024, 3, 31)


@pytest.mark.parametrize(
    ("stopped_on", "as_of", "counted", "lapses"),
    [
        (None, date(2025, 1, 1), date(2025, 1, 1), False),
        (date(2024, 3, 30), date(2024, 3, 29), date(2024, 3, 29), False),
        (date(2024, 3, 30), date(2024, 3, 30), date(2024, 3, 30), True),
        (date(2024, 3, 30), date(2025, 1, 1), date(2025, 1, 1), True),
        (date(2024, 3, 31), date(2024, 4, 1), date(2024, 3, 31), False),
        (date(2024, 6, 30), date(2024, 6, 29), date(2024, 6, 29), False),
        (date(2024, 6, 30), date(2025, 1, 1), date(2024, 6, 30), False),
    ],
)
def test_a_stop_freezes_the_years_before_it_and_excuses_the_rest(
    stopped_on: date | None, as_of: date, counted: date, lapses: bool
) -> None:
    assert counted_on(LAST_DAY, stopped_on, as_of) == counted
    assert lapses_by_stop(LAST_DAY, stopped_on, as_of) is lapses
