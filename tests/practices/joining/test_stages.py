"""Where a practice stands on its way in."""

from datetime import date, timedelta

import pytest

from practices.joining.participants import first_days, participants, quarter_before
from practices.joining.stages import standing_of
from practices.models import Cohort, Practice
from practices.states import Stage
from tests import factories

COHORT = Cohort(
    number=1,
    name="Lichting 1",
    information_meeting_on=date(2023, 3, 6),
    enrol_before=date(2023, 3, 20),
    request_before=date(2023, 4, 1),
    start_on=date(2023, 4, 1),
)
DAY = timedelta(days=1)


def practice(**dates):
    return Practice(code="01000001", name="De Linde", cohort=COHORT, **dates)


@pytest.mark.parametrize(
    ("dates", "today", "stage", "missing", "late"),
    [
        ({}, date(2023, 3, 1), Stage.INVITED, None, False),
        ({"invited_on": 1}, date(2023, 3, 19), Stage.INVITED, Stage.ENROLLED, False),
        ({"invited_on": 1}, date(2023, 3, 20), Stage.INVITED, Stage.ENROLLED, True),
        ({"information_on": 1}, date(2023, 3, 19), Stage.INFORMATION, Stage.ENROLLED, False),
        ({"enrolled_on": 1}, date(2023, 3, 31), Stage.ENROLLED, Stage.REQUESTED, False),
        ({"requested_on": 1}, date(2023, 3, 31), Stage.REQUESTED, None, False),
        ({"enrolled_on": 1}, date(2023, 4, 1), Stage.STARTED, Stage.REQUESTED, True),
        ({"requested_on": 1}, date(2023, 4, 1), Stage.STARTED, None, False),
        ({}, date(2023, 4, 1), Stage.STARTED, None, False),
    ],
)
def test_the_last_date_says_where_it_stands(dates, today, stage, missing, late):
    noted = {name: date(2023, 2, day) for name, day in dates.items()}
    standing = standing_of(practice(**noted), today)
    assert (standing.stage, standing.missing, standing.late) == (stage, missing, late)


def test_who_stops_has_stopped_from_that_day_on():
    stopped = date(2023, 6, 1)
    one = practice(stopped_on=stopped)
    assert standing_of(one, stopped - DAY).stage is Stage.STARTED
    assert standing_of(one, stopped).stage is Stage.STOPPED


def test_the_quarters_follow_one_another():
    days = first_days(date(2026, 11, 22))
    assert days[:3] == [date(2026, 10, 1), date(2026, 7, 1), date(2026, 4, 1)]
    assert quarter_before(date(2026, 1, 1)) == date(2025, 10, 1)


@pytest.mark.django_db
def test_who_came_and_who_left_since_the_quarter_before(django_assert_num_queries):
    names = {
        "always": {"start_on": date(2023, 4, 1)},
        "came": {"start_on": date(2023, 7, 1)},
        "left": {"start_on": date(2023, 4, 1), "stopped_on": date(2023, 7, 1)},
        "gone before": {"start_on": date(2023, 1, 1), "stopped_on": date(2023, 4, 1)},
        "came and left between": {
            "start_on": date(2023, 4, 2),
            "stopped_on": date(2023, 6, 30),
        },
        "comes later": {"start_on": date(2023, 7, 2)},
    }
    for name, fields in names.items():
        factories.practice(name=name, **fields)
    with django_assert_num_queries(1):
        found = participants(date(2023, 7, 1))
    assert [one.name for one in found.taking_part] == ["always", "came"]
    assert [one.name for one in found.came] == ["came"]
    assert [one.name for one in found.left] == ["left"]
