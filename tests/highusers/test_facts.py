"""Which extracts and plans count, and that counts are all that leaves the closed tables."""

from datetime import date, timedelta

import pytest
from django.db import connection

from highusers import facts
from highusers.models import Extract, HighUser, PatientPlan, PatientTotal
from practices.facts import programme_calendar
from practices.isolation import practice_scope
from practices.models import Norm, Practice
from practices.programme_year import add_years, year_end
from tests import factories

pytestmark = pytest.mark.django_db
START = date(2023, 4, 1)
LAST_DAY = date(2024, 3, 31)
ONE_DAY = timedelta(days=1)
LATER = date(2026, 1, 1)


@pytest.fixture
def practice() -> Practice:
    return factories.practice(start_on=START)


def extract(practice: Practice, period_end: date, *, longer: int = 0) -> Extract:
    """Twelve months up to and including `period_end`, or some days more or less."""
    period_start = add_years(period_end + ONE_DAY, -1) - timedelta(days=longer)
    return Extract.objects.create(
        practice=practice,
        period_start=period_start,
        period_end=period_end,
        source="region",
        threshold=30,
        patients=2100,
        contacts=9000,
        high_users=25,
    )


def plan(
    practice: Practice, drafted_on: date, *, patient: int = 1, contacts: int | None = 30
) -> None:
    with practice_scope(practice):
        high_user, _ = HighUser.objects.get_or_create(
            practice=practice, number=patient, defaults={"patient_key": bytes([patient]) * 32}
        )
        PatientPlan.objects.create(
            practice=practice,
            high_user=high_user,
            drafted_on=drafted_on,
            contacts_before=contacts,
        )


def total(stored: Extract, *, patient: int = 1, contacts: int = 30) -> None:
    with practice_scope(stored.practice):
        PatientTotal.objects.create(
            extract=stored,
            practice=stored.practice,
            patient_key=bytes([patient]) * 32,
            contacts=contacts,
        )


def extracts(practice: Practice, as_of: date = LATER) -> dict[int, date]:
    found = facts.extracts(programme_calendar(as_of, [practice.pk]))
    return {year: day for (_, year), day in found.items()}


def plans(practice: Practice, as_of: date = LATER) -> dict[int, int]:
    found = facts.plans(programme_calendar(as_of, [practice.pk]))
    return {year: patients for (_, year), patients in found.items()}


@pytest.mark.parametrize(
    ("period_end", "year"),
    [
        (date(2022, 12, 31), None),
        (date(2023, 1, 1), 1),
        (START - ONE_DAY, 1),
        (LAST_DAY, 1),
        (LAST_DAY + ONE_DAY, 2),
        (date(2025, 3, 31), 2),
        (date(2025, 4, 1), None),
    ],
)
def test_the_year_an_extract_counts_for(
    practice: Practice, period_end: date, year: int | None
) -> None:
    extract(practice, period_end)
    assert extracts(practice) == ({} if year is None else {year: period_end})


@pytest.mark.parametrize("longer", [-1, 1, -31, 365])
def test_an_extract_of_another_length_counts_for_nothing(practice: Practice, longer: int) -> None:
    extract(practice, LAST_DAY, longer=longer)
    assert extracts(practice) == {}


def test_the_sql_agrees_with_the_product_on_twelve_months(practice: Practice) -> None:
    for period_start in (date(2024, 2, 29), date(2024, 2, 28), date(2023, 3, 1)):
        period_end = year_end(period_start, 1)
        Extract.objects.all().delete()
        extract(practice, period_end)
        assert list(extracts(practice).values()) == [period_end]


def test_an_extract_counts_from_the_last_day_of_its_period(practice: Practice) -> None:
    extract(practice, date(2023, 12, 31))
    assert extracts(practice, date(2023, 12, 30)) == {}
    assert extracts(practice, date(2023, 12, 31)) == {1: date(2023, 12, 31)}


def test_the_latest_of_several_extracts_is_named(practice: Practice) -> None:
    extract(practice, date(2023, 12, 31))
    extract(practice, date(2024, 1, 31))
    assert extracts(practice) == {1: date(2024, 1, 31)}


@pytest.mark.parametrize(
    ("drafted_on", "year"),
    [
        (START - ONE_DAY, None),
        (START, 1),
        (LAST_DAY, 1),
        (LAST_DAY + ONE_DAY, 2),
        (date(2025, 4, 1), None),
    ],
)
def test_the_year_a_plan_counts_for(practice: Practice, drafted_on: date, year: int | None) -> None:
    plan(practice, drafted_on)
    assert plans(practice) == ({} if year is None else {year: 1})


def test_a_patient_counts_once_a_year(practice: Practice) -> None:
    plan(practice, START)
    plan(practice, START + ONE_DAY)
    plan(practice, START, patient=2)
    plan(practice, LAST_DAY + ONE_DAY)
    assert plans(practice) == {1: 2, 2: 1}


def test_each_plan_stands_on_its_own_count(practice: Practice) -> None:
    plan(practice, START, contacts=29)
    assert plans(practice) == {}
    plan(practice, START + ONE_DAY, contacts=30)
    assert plans(practice) == {1: 1}


def test_a_plan_after_the_day_asked_about_does_not_count(practice: Practice) -> None:
    plan(practice, date(2023, 9, 1))
    assert plans(practice, date(2023, 8, 31)) == {}
    assert plans(practice, date(2023, 9, 1)) == {1: 1}


@pytest.mark.parametrize(
    ("period_end", "contacts", "longer", "expected"),
    [
        (date(2021, 12, 31), 30, 0, {1: 1}),
        (LAST_DAY, 30, 0, {1: 1}),
        (LAST_DAY, 29, 0, {}),
        (LAST_DAY, 30, 1, {}),
        (LAST_DAY + ONE_DAY, 30, 0, {}),
    ],
)
def test_a_patient_on_an_extract_up_to_the_years_end(
    practice: Practice, period_end: date, contacts: int, longer: int, expected: dict[int, int]
) -> None:
    total(extract(practice, period_end, longer=longer), contacts=contacts)
    plan(practice, START, contacts=None)
    assert plans(practice) == expected


def test_an_extract_that_is_not_over_yet_vouches_for_nobody(practice: Practice) -> None:
    total(extract(practice, date(2023, 12, 31)))
    plan(practice, START, contacts=None)
    assert plans(practice, date(2023, 12, 30)) == {}
    assert plans(practice, date(2023, 12, 31)) == {1: 1}


def test_an_extract_of_another_practice_vouches_for_nobody(practice: Practice) -> None:
    total(extract(factories.practice(start_on=START), LAST_DAY))
    plan(practice, START, contacts=None)
    assert plans(practice) == {}


def test_the_threshold_is_a_norm_per_cohort(practice: Practice) -> None:
    Norm.objects.create(
        key="high_user_contacts", cohort=practice.cohort, valid_from=START, value=40
    )
    other = factories.practice(start_on=START)
    for where in (practice, other):
        plan(where, START, contacts=39)
    assert (plans(practice), plans(other)) == ({}, {1: 1})


def test_counts_leave_the_closed_tables_and_rows_do_not(practice: Practice) -> None:
    other = factories.practice(start_on=START)
    for where in (practice, other):
        plan(where, START)
    assert PatientPlan.objects.count() == 0
    assert facts.plans(programme_calendar(LATER)) == {(practice.pk, 1): 1, (other.pk, 1): 1}


def test_the_function_is_closed_to_others_and_runs_in_a_fixed_schema() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT prosecdef, proconfig, has_function_privilege('public', oid, 'EXECUTE'),
                   has_function_privilege(current_user, oid, 'EXECUTE')
            FROM pg_proc WHERE proname = 'highusers_plan_counts'
            """
        )
        assert cursor.fetchall() == [
            (True, ["search_path=pg_catalog, public, pg_temp"], False, True)
        ]
