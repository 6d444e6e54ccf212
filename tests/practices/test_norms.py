"""The norm in force is that of the first day of the programme year; a cohort's own goes first."""

from dataclasses import fields
from datetime import date

import pytest

from practices.norms import SHIPPED, SHIPPED_NORMS, DatedNorm, Norms, NormTable, at_least

COHORT, OTHER = 1, 2


def test_every_shipped_norm_is_a_field_and_says_where_it_comes_from() -> None:
    assert [norm.key for norm in SHIPPED] == [field.name for field in fields(Norms)]
    assert all(norm.title and norm.unit and norm.source for norm in SHIPPED)


def test_without_rows_the_shipped_values_hold() -> None:
    assert NormTable().in_force(COHORT, date(2023, 4, 1)) == SHIPPED_NORMS
    assert (SHIPPED_NORMS.plans, SHIPPED_NORMS.high_user_contacts) == (5, 30)


@pytest.mark.parametrize(
    ("first_day", "plans"),
    [(date(2024, 6, 30), 5), (date(2024, 7, 1), 6), (date(2025, 6, 30), 6), (date(2025, 7, 1), 8)],
)
def test_a_row_holds_from_its_day_on(first_day: date, plans: int) -> None:
    table = NormTable(
        [
            DatedNorm("plans", None, date(2025, 7, 1), 8),
            DatedNorm("plans", None, date(2024, 7, 1), 6),
        ]
    )
    assert table.in_force(COHORT, first_day).plans == plans


def test_a_row_of_the_cohort_goes_before_a_later_row_for_all() -> None:
    table = NormTable(
        [
            DatedNorm("plans", COHORT, date(2023, 1, 1), 3),
            DatedNorm("plans", None, date(2024, 1, 1), 7),
        ]
    )
    assert table.in_force(COHORT, date(2025, 1, 1)).plans == 3
    assert table.in_force(OTHER, date(2025, 1, 1)).plans == 7


def test_a_key_that_no_norm_has_is_passed_over() -> None:
    table = NormTable([DatedNorm("retired", None, date(2000, 1, 1), 1)])
    assert table.in_force(COHORT, date(2025, 1, 1)) == SHIPPED_NORMS


@pytest.mark.parametrize(
    ("percent", "people", "required"),
    [(50, 0, 0), (50, 1, 1), (50, 2, 1), (50, 3, 2), (50, 5, 3), (34, 3, 2), (100, 4, 4)],
)
def test_a_share_is_rounded_up(percent: int, people: int, required: int) -> None:
    assert at_least(percent, people) == required
