"""Every page that shows what the team wrote on a patient is a look in the patient's trail."""

import pytest
from django.test import Client
from django.utils import timezone

from highusers.actions.services import ActionText, add_action
from highusers.evaluations.services import Findings, evaluate
from highusers.models import Judgement
from practices.isolation import practice_scope
from practices.models import AuditEvent, Practice, User
from practices.programme_year import add_years
from practices.states import AuditAction
from tests.highusers.planned import page, patient, plan_for, today
from tests.pages import words

pytestmark = pytest.mark.django_db


def looks() -> list[bytes | None]:
    """Whose patients were looked at."""
    seen = AuditEvent.objects.filter(action=AuditAction.READ)
    return [key and bytes(key) for key in seen.values_list("patient_key", flat=True)]


def test_what_the_earlier_plan_said_is_a_look(
    client: Client, planning: Practice, nurse: User
) -> None:
    plan = plan_for(planning, drafted_on=add_years(today(), -1), goals="minder zorgen")
    assert "minder zorgen" in words(client.get(page(planning, "nieuw/")))
    assert looks() == [plan.patient_key]


def test_what_the_team_said_on_choosing_is_a_look(
    client: Client, planning: Practice, nurse: User
) -> None:
    high_user = patient(planning)
    with practice_scope(planning):
        Judgement.objects.create(
            practice=planning,
            high_user=high_user,
            period_end=timezone.localdate(),
            reason="veel verlies",
        )
    assert "veel verlies" in words(client.get(page(planning, "bewerken/")))
    assert looks() == [bytes(high_user.patient_key)]


def test_an_action_or_an_evaluation_to_change_is_a_look(
    client: Client, planning: Practice, nurse: User
) -> None:
    plan = plan_for(planning, goals="rust")
    with practice_scope(planning):
        text = ActionText("zus bellen")
        action = add_action(practice=planning, plan=plan, text=text, actor=nurse)
        findings = Findings(today(), "partly", "slaapt beter")
        done = evaluate(practice=planning, plan=plan, findings=findings, next_on=None, actor=nurse)
    for rest, said in (
        (f"acties/{action.pk}/", "zus bellen"),
        (f"evaluatie/{done.pk}/", "slaapt beter"),
        ("evaluatie/", "rust"),
    ):
        before = len(looks())
        assert said in client.get(page(planning, rest)).content.decode()
        assert looks()[before:] == [plan.patient_key], rest


def test_a_version_that_no_page_gave_is_no_crash(
    client: Client, planning: Practice, nurse: User
) -> None:
    plan_for(planning, goals="rust")
    given = {"influenceable": "yes", "who": "huisarts", "how": "anders", "seen": "x"}
    answer = client.post(page(planning, "bewerken/"), given)
    assert answer.status_code == 200
    assert "anders" in words(answer)
