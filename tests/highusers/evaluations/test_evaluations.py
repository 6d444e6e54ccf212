"""Evaluating a plan."""

import pytest
from django.test import Client

from highusers.models import Evaluation
from practices.isolation import practice_scope
from practices.models import AuditEvent, Practice, User
from tests import factories
from tests.highusers.planned import day, fresh, page, plan_for, today
from tests.pages import words

pytestmark = pytest.mark.django_db
AIMS = {"own_control": "better", "health": "same", "collaboration": "worse", "insight": "unknown"}


def evaluations(practice: Practice) -> list[Evaluation]:
    with practice_scope(practice):
        return list(Evaluation.objects.all())


def test_an_evaluation_moves_the_plan_on(client: Client, planning: Practice, nurse: User) -> None:
    plan = plan_for(planning, evaluate_on=today(), state="running")
    given = {"held_on": today(), "outcome": "partly", "findings": "beter", "next_on": day(90)}
    assert client.post(page(planning, "evaluatie/"), given).url == page(planning)
    (made,) = evaluations(planning)
    assert (made.outcome, made.findings, made.saved_by) == ("partly", "beter", nurse)
    assert (fresh(plan).state, fresh(plan).evaluate_on) == ("evaluated", day(90))
    event = AuditEvent.objects.get(object_type="highusers.evaluation")
    assert event.patient_key is not None
    assert "beter" in words(client.get(page(planning)))


def test_with_an_adjustment_the_plan_is_adjusted(
    client: Client, planning: Practice, nurse: User
) -> None:
    plan = plan_for(planning, state="running")
    given = {"held_on": today(), "outcome": "not", "adjustment": "vaker bellen", "next_on": ""}
    client.post(page(planning, "evaluatie/"), given)
    assert (fresh(plan).state, fresh(plan).evaluate_on) == ("adjusted", None)


def test_the_four_aims_are_asked_of_a_hotspotter_only(
    client: Client, planning: Practice, nurse: User
) -> None:
    plan_for(planning)
    assert client.get(page(planning, "evaluatie/")).context["form"].aims() == []
    plan_for(planning, 2, hotspotter=True)
    address = page(planning, "evaluatie/", "v-02")
    assert len(client.get(address).context["form"].aims()) == 4
    client.post(address, AIMS | {"held_on": today(), "outcome": "partly"})
    (made,) = evaluations(planning)
    assert {aim: getattr(made, aim) for aim in AIMS} == AIMS
    said = words(client.get(page(planning, code="v-02")))
    assert "Collaboration between those who help Worse" in said


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"held_on": day(1)}, "not after today"),
        ({"held_on": day(-200)}, "on which the plan was there already"),
        ({"held_on": today(), "next_on": today()}, "Choose a day after this evaluation."),
        ({"held_on": today(), "outcome": ""}, "Choose whether the goals are reached."),
    ],
)
def test_days_and_outcomes_that_cannot_be(
    client: Client, planning: Practice, nurse: User, given: dict[str, object], message: str
) -> None:
    plan_for(planning)
    answer = client.post(page(planning, "evaluatie/"), {"outcome": "partly"} | given)
    assert message in words(answer)
    assert evaluations(planning) == []


def test_one_a_day_and_a_correction_leaves_the_plan_as_it_is(
    client: Client, planning: Practice, nurse: User
) -> None:
    plan = plan_for(planning, state="running")
    address, given = page(planning, "evaluatie/"), {"held_on": today(), "outcome": "partly"}
    client.post(address, given)
    assert "An evaluation of this day is there already." in words(client.post(address, given))
    (made,) = evaluations(planning)
    before = fresh(plan).changed_at
    change = page(planning, f"evaluatie/{made.pk}/")
    seen = {"seen": client.get(change).context["form"].initial["seen"]}
    client.post(change, given | seen | {"outcome": "reached"})
    (made,) = evaluations(planning)
    assert made.outcome == "reached"
    late = client.post(change, given | seen | {"outcome": "not"})
    assert "A colleague changed these notes just now." in words(late)
    (made,) = evaluations(planning)
    assert made.outcome == "reached"
    assert fresh(plan).changed_at == before


def test_an_evaluation_of_another_patient_or_practice_is_not_found(
    client: Client, planning: Practice, nurse: User
) -> None:
    plan_for(planning)
    second = plan_for(planning, 2)
    with practice_scope(planning):
        made = Evaluation.objects.create(
            practice=planning, plan=second, held_on=today(), outcome="partly"
        )
    assert client.get(page(planning, f"evaluatie/{made.pk}/")).status_code == 404
    other = factories.practice()
    plan_for(other, 2)
    client.force_login(factories.staff_user(other))
    assert client.get(page(other, f"evaluatie/{made.pk}/", "v-02")).status_code == 404
