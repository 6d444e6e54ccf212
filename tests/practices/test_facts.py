"""The calendar: who is counted, from which start, under which norms, up to which day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practices.facts import counted, programme_calendar
from practices.models import Norm
from practices.programme_calendar import COLUMNS
from tests import factories

pytestmark = pytest.mark.django_db
AS_OF = date(2024, 6, 1)
MORE = tuple(COLUMNS)[2:]

ROWS = """
    SELECT programme_year, first_day, reference_on, counted_on, course_from, extract_from,
           high_user_contacts, intervision_sessions
    FROM calendar ORDER BY practice_id, programme_year
"""


def test_a_practice_without_own_start_begins_with_its_cohort() -> None:
    cohort = factories.cohort(start_on=date(2023, 7, 1))
    factories.practice(code="00000002", cohort=cohort, start_on=date(2023, 10, 9))
    factories.practice(code="00000001", cohort=cohort)
    participants = programme_calendar(AS_OF).participants
    assert [(one.code, one.start_on) for one in participants] == [
        ("00000001", date(2023, 7, 1)),
        ("00000002", date(2023, 10, 9)),
    ]


def test_the_calendar_as_a_table() -> None:
    practice = factories.practice(start_on=date(2023, 5, 31))
    assert counted(programme_calendar(AS_OF, [practice.pk]), ROWS, *MORE) == [
        (
            1,
            date(2023, 5, 31),
            date(2024, 5, 30),
            AS_OF,
            date(2022, 5, 31),
            date(2023, 2, 28),
            30,
            2,
        ),
        (2, date(2024, 5, 31), AS_OF, AS_OF, date(2022, 5, 31), date(2024, 5, 31), 30, 2),
    ]


def test_a_year_that_was_out_is_counted_on_the_day_of_the_stop() -> None:
    practice = factories.practice(start_on=date(2022, 4, 1), stopped_on=date(2023, 8, 1))
    rows = counted(
        programme_calendar(AS_OF, [practice.pk]),
        "SELECT programme_year, reference_on, counted_on FROM calendar",
        "reference_on",
        "counted_on",
    )
    assert rows == [
        (1, date(2023, 3, 31), date(2023, 8, 1)),
        (2, date(2024, 3, 31), AS_OF),
    ]


def test_norms_of_the_cohort_and_of_each_year() -> None:
    practice = factories.practice(start_on=date(2023, 4, 1))
    Norm.objects.create(
        key="high_user_contacts", cohort=practice.cohort, valid_from=date(2024, 4, 1), value=25
    )
    Norm.objects.create(
        key="intervision_sessions", cohort=factories.cohort(), valid_from=AS_OF, value=9
    )
    rows = counted(
        programme_calendar(AS_OF, [practice.pk]),
        "SELECT high_user_contacts, intervision_sessions FROM calendar",
        "high_user_contacts",
        "intervision_sessions",
    )
    assert rows == [(30, 2), (25, 2)]


def test_nobody_asked_for_is_an_empty_table() -> None:
    factories.practice()
    assert counted(programme_calendar(AS_OF, []), ROWS, *MORE) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_calendar_takes_two_queries(number: int) -> None:
    for _ in range(number):
        factories.practice()
    with CaptureQueriesContext(connection) as queries:
        programme_calendar(AS_OF)
    assert len(queries) == 2
