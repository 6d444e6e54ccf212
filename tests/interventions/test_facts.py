"""A schedule counts from the day it is in use, if that is within the year or before."""

from datetime import date

import pytest

from interventions.facts import schedules
from interventions.models import ConsultationSchedule
from practices.facts import programme_calendar
from practices.models import Practice
from tests import factories

pytestmark = pytest.mark.django_db
LAST_DAY = date(2024, 3, 31)


@pytest.fixture
def practice() -> Practice:
    return factories.practice(start_on=date(2023, 4, 1))


def in_use(practice: Practice, as_of: date) -> date | None:
    return schedules(programme_calendar(as_of, [practice.pk])).get((practice.pk, 1))


@pytest.mark.parametrize(
    ("since", "counts"),
    [(None, False), (date(2019, 1, 1), True), (LAST_DAY, True), (date(2024, 4, 1), False)],
)
def test_since_when_a_schedule_counts(practice: Practice, since: date | None, counts: bool) -> None:
    ConsultationSchedule.objects.create(practice=practice, pattern="20", in_use_from=since)
    assert in_use(practice, date(2026, 1, 1)) == (since if counts else None)


def test_a_schedule_that_starts_later_does_not_count_yet(practice: Practice) -> None:
    ConsultationSchedule.objects.create(practice=practice, pattern="20", in_use_from=LAST_DAY)
    assert in_use(practice, date(2024, 3, 30)) is None
    assert in_use(practice, LAST_DAY) == LAST_DAY


def test_the_first_of_several_schedules_is_named(practice: Practice) -> None:
    ConsultationSchedule.objects.create(practice=practice, pattern="a", in_use_from=LAST_DAY)
    first = date(2023, 6, 1)
    ConsultationSchedule.objects.create(practice=practice, pattern="b", in_use_from=first)
    assert in_use(practice, LAST_DAY) == first
