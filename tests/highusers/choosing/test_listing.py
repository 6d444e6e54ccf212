"""The list that the team goes through."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from highusers.choosing.listing import board
from highusers.models import Extract, HighUser
from highusers.plans.services import PlanText, save_plan
from highusers.services import undo_extract
from practices.isolation import practice_scope
from practices.models import Norm
from tests import factories
from tests.highusers.choosing.lists import TODAY, lines, say, tell_more, the_board
from tests.highusers.extracts import NEXT_YEAR, YEAR, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return factories.practice(start_on=date(2023, 4, 1))


@pytest.fixture
def doctor(practice):
    return factories.staff_user(practice)


def plan(practice, number, day):
    with practice_scope(practice):
        high_user = HighUser.objects.get(number=number)
    return save_plan(
        practice=practice, high_user=high_user, text=PlanText(), actor=None, drafted_on=day
    )


@pytest.mark.parametrize("patients", [1, 3])
def test_the_list_takes_seven_queries(practice, doctor, patients):
    store(practice, {str(number): 40 for number in range(patients)})
    for number in range(1, patients + 1):
        say(practice, doctor, number, influenceable="yes")
        plan(practice, number, date(2024, 4, 2))
    with practice_scope(practice), CaptureQueriesContext(connection) as queries:
        listed = board(practice, TODAY)
        told = [(line.judgement.said_by.person.name, line.plan.state) for line in listed.lines]
    assert len(told) == patients
    assert len(queries) == 7


def test_only_who_stands_at_or_above_the_threshold_is_on_it(practice):
    store(practice, {"1": 30, "2": 29, "3": 64})
    assert {code: line.contacts for code, line in lines(practice).items()} == {
        "V-01": 64,
        "V-02": 30,
    }


def test_who_left_the_list_stands_apart(practice):
    store(practice, {"1": 40, "2": 35}, YEAR)
    store(practice, {"2": 50, "1": 3}, NEXT_YEAR)
    listed = the_board(practice)
    assert [(line.code, line.contacts) for line in listed.lines] == [("V-02", 50)]
    assert [one.high_user.code for one in listed.former] == ["V-01"]


def test_who_stood_on_an_extract_that_was_undone_is_listed_no_more(practice):
    store(practice, {"1": 40}, NEXT_YEAR)
    store(practice, {"1": 3, "2": 50}, YEAR)
    assert [one.high_user.code for one in the_board(practice).former] == ["V-02"]
    wrong = Extract.objects.get(practice=practice, period_end=YEAR[1])
    undo_extract(extract=wrong, actor=None, seen=wrong.version)
    assert the_board(practice).former == []


def test_the_course_runs_over_the_extracts(practice):
    store(practice, {"1": 40}, YEAR)
    store(practice, {"1": 50}, NEXT_YEAR)
    assert lines(practice)["V-01"].course.values == (40, 50)


def test_what_a_file_tells_of_a_patient(practice):
    store(practice, {"1": 40})
    tell_more(practice, 1, by_type={"visit/home": 40}, birth_year=1931, sex="F")
    line = lines(practice)["V-01"]
    assert (line.channels, line.age_band, line.sex) == ({"home": 40}, "90–99", "F")


def test_plans_of_this_programme_year_and_before(practice):
    store(practice, {"1": 40})
    before, now = plan(practice, 1, date(2024, 3, 31)), plan(practice, 1, date(2024, 4, 1))
    line = lines(practice)["V-01"]
    assert (line.plan, line.earlier) == (now, (before,))


def test_judgements_go_by_extract(practice, doctor):
    store(practice, {"1": 40}, YEAR)
    say(practice, doctor, influenceable="no")
    assert lines(practice)["V-01"].judgement.influenceable == "no"
    store(practice, {"1": 45}, NEXT_YEAR)
    assert lines(practice)["V-01"].judgement.influenceable == ""


def test_who_may_not_read_what_the_team_said_gets_none_of_it(practice, doctor):
    store(practice, {"1": 40})
    say(practice, doctor, influenceable="yes")
    with practice_scope(practice):
        (line,) = board(practice, TODAY, with_judgements=False).lines
    assert line.judgement.influenceable == ""


def test_the_list_is_of_the_last_twelve_months_with_patients(practice):
    store(practice, {"1": 40}, YEAR)
    store(practice, {"1": 31}, (date(2024, 4, 1), date(2024, 6, 30)))
    Extract.objects.create(
        practice=practice, period_start=NEXT_YEAR[0], period_end=NEXT_YEAR[1], source="region",
        threshold=30, patients=2000, contacts=9000, high_users=30,
    )  # fmt: skip
    assert the_board(practice).extract.period_end == YEAR[1]


def test_the_norm_of_the_programme_year(practice):
    Norm.objects.create(key="plans", valid_from=date(2024, 4, 1), value=7)
    assert the_board(practice, date(2024, 3, 31)).needed == 5
    assert the_board(practice, date(2024, 4, 1)).needed == 7


def test_another_practice_has_its_own_list(practice, doctor):
    store(practice, {"1": 40})
    say(practice, doctor, influenceable="yes")
    other = factories.practice()
    store(other, {"1": 33})
    (line,) = the_board(other).lines
    assert (line.contacts, line.judgement.influenceable) == (33, "")
