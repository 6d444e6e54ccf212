"""What is due on the plans of a practice."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from highusers.actions.services import ActionText, add_action
from highusers.followup.due import Due, When, due_in
from highusers.models import NetworkPartner
from highusers.plans.services import close_plan
from practices.isolation import practice_scope
from practices.models import AuditEvent, Practice, User
from tests import factories
from tests.highusers.planned import day, plan_for, today
from tests.pages import words

pytestmark = pytest.mark.django_db


def due_page(practice: Practice) -> str:
    return f"/praktijk/{practice.slug}/plannen/"


def act(plan, actor, what, **text):
    with practice_scope(plan.practice):
        return add_action(
            practice=plan.practice, plan=plan, text=ActionText(what, **text), actor=actor
        )


def test_soonest_first_with_what_has_no_day_at_the_end(planning: Practice, nurse: User) -> None:
    first = plan_for(planning, actor=nurse, evaluate_on=day(3))
    second = plan_for(planning, 2, evaluate_on=day(40))
    team = NetworkPartner.objects.create(practice=planning, name="Wijkteam", kind="social")
    act(first, nurse, "ooit")
    act(first, nurse, "te laat", colleague=nurse.person, due_on=day(-1))
    act(second, nurse, "vandaag", partner=team, due_on=today())
    act(second, nurse, "over twee weken", due_on=day(14))
    with practice_scope(planning):
        items = due_in(planning, today())
    assert [(one.kind, one.when, one.code, one.what, one.owner) for one in items] == [
        (Due.ACTION, When.OVERDUE, "V-01", "te laat", str(nurse.person)),
        (Due.ACTION, When.SOON, "V-02", "vandaag", "Wijkteam"),
        (Due.EVALUATION, When.SOON, "V-01", "", str(nurse)),
        (Due.ACTION, When.SOON, "V-02", "over twee weken", ""),
        (Due.EVALUATION, When.LATER, "V-02", "", ""),
        (Due.ACTION, When.UNDATED, "V-01", "ooit", ""),
    ]


def test_a_closed_plan_asks_for_nothing(planning: Practice, nurse: User) -> None:
    plan = plan_for(planning, evaluate_on=today())
    act(plan, nurse, "bellen", due_on=today())
    with practice_scope(planning):
        close_plan(practice=planning, plan=plan, reason="other", note="", actor=nurse)
        assert due_in(planning, today()) == []


@pytest.mark.parametrize("many", [1, 3])
def test_two_queries_however_much_is_due(planning: Practice, nurse: User, many: int) -> None:
    for number in range(1, many + 1):
        plan = plan_for(planning, number, actor=nurse, evaluate_on=today())
        act(plan, nurse, "bellen", colleague=nurse.person, due_on=today())
    with practice_scope(planning), CaptureQueriesContext(connection) as queries:
        assert len(due_in(planning, today())) == 2 * many
    assert len(queries) == 2


def test_the_page_groups_them_and_can_show_only_the_own(
    client: Client, planning: Practice, nurse: User
) -> None:
    assert "There are no plans yet." in words(client.get(due_page(planning)))
    plan = plan_for(planning, actor=nurse)
    assert "Nothing is due." in words(client.get(due_page(planning)))
    other = factories.employment(practice=planning).person
    act(plan, nurse, "van mij", colleague=nurse.person, due_on=day(-3))
    act(plan, nurse, "van een ander", colleague=other, due_on=day(30))
    said = words(client.get(due_page(planning)))
    assert said.index("Too late") < said.index("van mij") < said.index("Later")
    assert "van een ander" in said
    mine = words(client.get(f"{due_page(planning)}?van=mijn"))
    assert "van mij" in mine
    assert "van een ander" not in mine
    event = AuditEvent.objects.filter(action="list").latest("pk")
    assert event.detail == {"patients": 1}
