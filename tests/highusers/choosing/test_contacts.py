"""What extracts say of one patient."""

from datetime import date

import pytest

from highusers.choosing.contacts import Course, Stretch, age_band, by_channel, course_of

YEAR = (date(2023, 4, 1), date(2024, 3, 31))
NEXT = (date(2024, 4, 1), date(2025, 3, 31))


def test_sums_per_channel_over_the_types():
    sums = {"consultation/practice": 12, "telephone/remote": 20, "e_consultation/remote": 1}
    assert by_channel(sums) == {"practice": 12, "remote": 21}


@pytest.mark.parametrize("sums", [None, {}, {"consultation_by_length/unknown": 31}])
def test_a_file_that_tells_no_channel(sums):
    assert by_channel(sums) == {}


def test_what_is_unknown_stands_beside_what_is_known():
    assert by_channel({"visit/home": 2, "unknown/unknown": 5}) == {"home": 2, "unknown": 5}


def test_without_dates_the_course_has_a_point_per_extract():
    stretches = [Stretch(*NEXT, 35, None), Stretch(*YEAR, 64, None)]
    assert course_of(stretches) == Course(False, (YEAR[1], NEXT[1]), (64, 35))


def test_months_run_on_over_extracts_and_a_month_without_contacts_is_nought():
    months = course_of([Stretch(*YEAR, 3, {"2023-04": 1, "2024-03": 2})])
    assert (months.by_month, len(months.values)) == (True, 12)
    assert months.values == (1, *[0] * 10, 2)
    both = course_of([Stretch(*YEAR, 3, {"2023-04": 1}), Stretch(*NEXT, 9, {"2025-03": 9})])
    assert (both.days[0], both.days[-1]) == (date(2023, 4, 1), date(2025, 3, 1))
    assert (both.values[0], both.values[-1], len(both.values)) == (1, 9, 24)


def test_a_year_of_which_nothing_is_known_is_a_gap():
    last = Stretch(date(2025, 4, 1), date(2026, 3, 31), 4, {"2025-04": 4})
    course = course_of([Stretch(*YEAR, 3, {"2023-04": 3}), Stretch(*NEXT, 31, None), last])
    assert course.values[12:24] == (None,) * 12
    assert course.values[24] == 4


@pytest.mark.parametrize(
    ("birth_year", "band"), [(1950, "70–79"), (1944, "80–89"), (None, ""), (2024, "0–9")]
)
def test_age_bands(birth_year, band):
    assert age_band(birth_year, date(2024, 3, 31)) == band
