"""One list of all that is due in a practice; of plans only for who sees them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from highusers.actions.services import ActionText, add_action
from monitoring.task_list.sources import SOURCES, Asked, Task, tasks_of
from practices.isolation import practice_scope
from practices.models import AuditEvent
from practices.programme_year import add_years
from practices.states import AuditAction, RegionRoleName, StaffRole
from practices.tenancy import access_to_practice
from tests import factories
from tests.highusers.planned import plan_for
from tests.pages import words

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def day(offset):
    return TODAY + timedelta(days=offset)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def practice():
    """In year 2: the questionnaire about year 1 can be answered for 75 more days."""
    consultant = factories.region_user(RegionRoleName.CONSULTANT)
    return factories.practice(slug="linde", start_on=day(-380), consultant=consultant)


@pytest.fixture
def nurse(practice):
    return factories.staff_user(practice, StaffRole.POH)


def act(plan, what, colleague=None, due_on=None):
    with practice_scope(plan.practice):
        add_action(
            practice=plan.practice,
            plan=plan,
            text=ActionText(what, colleague=colleague, due_on=due_on),
            actor=None,
        )


def asked(practice, user):
    return Asked(practice, user, access_to_practice(user, practice), TODAY)


def listed(practice, user):
    return [(task.what, task.on, task.mine) for task in tasks_of(asked(practice, user))]


def page(client, user, rest=""):
    client.force_login(user)
    client.cookies["mtvp_language"] = "en"
    return words(client.get(f"/praktijk/linde/taken/{rest}"))


def test_a_clinician_sees_all_that_is_due_soonest_first(practice, nurse):
    plan = plan_for(practice, actor=nurse, evaluate_on=day(5))
    act(plan, "bellen", colleague=nurse.person, due_on=day(-2))
    act(plan, "ooit")
    found = listed(practice, nurse)
    assert found[0] == ("V-01: bellen", day(-2), True)
    assert found[1] == ("V-01: Evaluate the plan", day(5), True)
    assert found[-1] == ("V-01: ooit", None, False)
    assert [one[0] for one in found[2:-1]] == ["Answer the questionnaire about year 1"]
    event = AuditEvent.objects.get(action=AuditAction.LIST)
    assert (event.practice, event.detail) == (practice, {"patients": 1})


def test_an_assistant_hears_how_many_actions_wait_and_not_what(practice, nurse, client):
    assistant = factories.staff_user(practice, StaffRole.ASSISTANT)
    plan = plan_for(practice, actor=nurse, evaluate_on=day(5))
    act(plan, "dubbel consult", colleague=assistant.person, due_on=day(9))
    act(plan, "recept", colleague=assistant.person, due_on=day(3))
    act(plan, "van een ander", colleague=nurse.person, due_on=day(1))
    assert listed(practice, assistant)[0] == (
        "2 actions of patient plans. Ask a clinician which.",
        day(3),
        True,
    )
    said = page(client, assistant, "?van=alle")
    assert "V-01" not in said
    assert "recept" not in said
    assert not AuditEvent.objects.filter(action=AuditAction.LIST).exists()


@pytest.mark.parametrize("role", [StaffRole.MANAGER, RegionRoleName.CONSULTANT])
def test_who_sees_no_plans_sees_nothing_of_them(practice, nurse, client, role):
    of_staff = role == StaffRole.MANAGER
    user = factories.staff_user(practice, role) if of_staff else practice.consultant
    act(plan_for(practice, actor=nurse, evaluate_on=day(5)), "bellen", due_on=day(1))
    assert [what for what, _on, _mine in listed(practice, user)] == [
        "Answer the questionnaire about year 1"
    ]
    said = page(client, user)
    assert "V-01" not in said
    assert "Answer the questionnaire" in said


def test_the_questionnaire_is_a_task_of_who_may_answer_it(practice, nurse):
    manager = factories.staff_user(practice, StaffRole.MANAGER)
    address = "/praktijk/linde/vragenlijst/1/"
    of_manager, of_nurse = (tasks_of(asked(practice, user))[0] for user in (manager, nurse))
    assert (of_manager.mine, of_manager.url) == (True, address)
    assert (of_nurse.mine, of_nurse.url) == (False, "")
    year_1_ended = add_years(practice.start_on, 1) - timedelta(days=1)
    assert of_manager.on == year_1_ended + timedelta(days=90)


def test_in_year_1_a_schedule_is_to_be_in_use_before_the_year_is_out(nurse):
    begun = factories.practice(start_on=day(-100))
    doctor = factories.staff_user(begun)
    (task,) = tasks_of(asked(begun, doctor))
    assert (task.what, task.mine) == ("Put a flexible consultation length into use", False)
    assert task.url == f"/praktijk/{begun.slug}/consultduur/rooster/"
    assert day(264) <= task.on <= day(266)


def test_the_page_shows_the_own_tasks_first_and_leads_to_where_they_are_done(
    practice, nurse, client
):
    plan = plan_for(practice, actor=nurse)
    other = factories.employment(practice=practice).person
    act(plan, "van mij", colleague=nurse.person, due_on=day(-3))
    act(plan, "van een ander", colleague=other, due_on=day(30))
    mine = page(client, nurse)
    assert "Too late" in mine
    assert "van mij" in mine
    assert "van een ander" not in mine
    every = page(client, nurse, "?van=alle")
    assert every.index("van mij") < every.index("Later") < every.index("van een ander")
    assert (
        'href="/praktijk/linde/plannen/v-01/#actions"' in client.get("/praktijk/linde/taken/").text
    )


def test_nothing_for_oneself_leads_to_the_tasks_of_all(practice, nurse, client):
    assert "Nothing waits for you." in page(client, nurse)


def test_another_source_is_one_function_more(practice, nurse):
    task = Task("Plan the year", day(1), "", mine=False, url="")
    found = tasks_of(asked(practice, nurse), [*SOURCES, lambda _asked: [task]])
    assert found[0] == task
    assert tasks_of(asked(practice, nurse), []) == []


@pytest.mark.parametrize("many", [1, 3])
def test_the_queries_do_not_depend_on_how_much_is_due(practice, nurse, many):
    for number in range(1, many + 1):
        plan = plan_for(practice, number, actor=nurse, evaluate_on=TODAY)
        act(plan, "bellen", colleague=nurse.person, due_on=TODAY)
    with CaptureQueriesContext(connection) as queries:
        tasks_of(asked(practice, nurse))
    assert len(queries) == 22
