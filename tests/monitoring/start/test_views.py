"""The start page of a practice: who may see it, what it says, what it costs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from practices.states import RegionRoleName, StaffRole
from tests import factories, region_story
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["mtvp_language"] = "en"


def started(days_ago, **fields):
    return factories.practice(start_on=timezone.localdate() - timedelta(days=days_ago), **fields)


def page(client, practice, user=None):
    client.force_login(user or factories.staff_user(practice))
    return client.get(f"/praktijk/{practice.slug}/")


def test_it_says_what_to_do_and_how_far_six_interventions_are(client):
    region = region_story.build_region()
    said = words(page(client, region.linde, region.doctor))
    assert "Make 2 more plans for high users." in said
    assert "2 of 6 done" in said
    assert "3 of 5 plans · 2 more plans needed · extract up to" in said
    assert "1 of 2 assistants done" in said
    assert "PrimaCura plans this visit" in said


def test_a_manager_is_told_whom_to_ask_for_plans(client):
    region = region_story.build_region()
    response = page(client, region.linde, region.manager)
    said = words(response)
    assert "Ask a GP or POH of the practice to choose patients and make the plans." in said
    assert "Choose patients" not in said
    assert "See the list" in said
    assert "Ask a GP" not in words(page(client, region.linde, region.doctor))
    assert "Ask a GP" not in words(page(client, region.linde, region.coordinator))


def test_what_year_1_missed_stays_under_its_row_in_year_2(client):
    region = region_story.build_region()
    said = words(page(client, region.korvel, region.coordinator))
    assert "Too late Year 1: No extract · 0 of 5 plans" in said
    assert said.count("Year 1:") == 2
    assert "Years 1 and 2 in review" not in said


def test_from_year_3_on_both_years_are_history(client):
    region = region_story.build_region()
    said = words(page(client, region.reit, region.coordinator))
    assert "Years 1 and 2 in review" in said
    assert said.count("Year 1:") == 6
    assert said.count("Year 2:") == 2
    assert "of 6 done" not in said


def test_before_the_start_nothing_is_due(client):
    response = page(client, started(-40))
    assert "Nothing is due before then." in words(response)
    assert [task.tag.word[:5] for task in response.context["tasks"].tasks] == ["From "] * 6


def test_a_practice_that_stopped_has_nothing_to_do(client):
    practice = started(100, stopped_on=timezone.localdate() - timedelta(days=10))
    response = page(client, practice)
    assert "The practice stopped with the programme" in words(response)
    assert {task.tag.word for task in response.context["tasks"].tasks} == {"Not applicable"}
    assert response.context["tasks"].total == 0


def test_colleagues_the_own_consultant_and_the_coordinator_may_see_it(client):
    region = region_story.build_region()
    stranger = factories.staff_user(region.korvel)
    other_consultant = factories.region_user(RegionRoleName.CONSULTANT)
    expected = {
        region.doctor: 200,
        region.manager: 200,
        region.assistant: 200,
        region.consultant: 200,
        region.coordinator: 200,
        stranger: 404,
        other_consultant: 404,
        region.facilitator: 404,
        region.insurer_reader: 404,
    }
    assert {user: page(client, region.linde, user).status_code for user in expected} == expected


def test_another_practice_and_one_that_does_not_exist_look_the_same(client):
    user = factories.staff_user(factories.practice())
    other = factories.practice(name="Geheim")
    foreign = page(client, other, user)
    client.force_login(user)
    assert foreign.status_code == client.get("/praktijk/bestaat-niet/").status_code == 404
    assert "Geheim" not in foreign.content.decode()


def test_somebody_who_left_is_shut_out_from_the_next_day_on(client):
    practice, today = started(100), timezone.localdate()
    user = factories.staff_user(practice)
    user.person.employments.update(ended_on=today)
    assert page(client, practice, user).status_code == 200
    user.person.employments.update(ended_on=today - timedelta(days=1))
    assert page(client, practice, user).status_code == 404


def test_an_assistant_is_told_but_not_sent_to_a_closed_page(client):
    practice = started(100)
    response = page(client, practice, factories.staff_user(practice, StaffRole.ASSISTANT))
    assert response.context["suggestion"].url == f"/praktijk/{practice.slug}/regie/"


def test_it_costs_as_many_queries_with_much_as_with_nothing(client, django_assert_num_queries):
    region = region_story.build_region()
    bare = started(100)
    client.force_login(region.coordinator)
    for practice in (bare, region.linde):
        with django_assert_num_queries(21):
            client.get(f"/praktijk/{practice.slug}/")
