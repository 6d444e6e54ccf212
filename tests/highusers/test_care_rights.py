"""What was done for a patient is handed out with the rest, goes with the rest, and is re-keyed."""

import json

import pytest
from django.db import connection
from django.test import Client

from highusers.actions.services import ActionText, add_action
from highusers.conversations.services import Talk, save_conversation
from highusers.evaluations.services import Findings, evaluate
from highusers.models import (
    Conversation,
    Evaluation,
    NetworkPartner,
    PatientPlan,
    PlanAction,
    PlanVersion,
)
from mtvp.privacy.encryption import Cipher, new_key
from practices import vault
from practices.isolation import practice_scope
from practices.models import Practice, User
from practices.rekeying import rekey_everything
from tests import factories
from tests.highusers.planned import day, plan_for, today

pytestmark = pytest.mark.django_db
CARE = (PlanVersion, PlanAction, Conversation, Evaluation)


def cared_for(practice: Practice, actor: User, number: int = 1) -> PatientPlan:
    """A plan with one of each."""
    plan = plan_for(
        practice, number, actor=actor, instruction=f"bel {number}", life_domains="money"
    )
    partner = NetworkPartner.objects.create(
        practice=practice, name=f"Wijkteam {number}", kind="social"
    )
    with practice_scope(practice):
        text = ActionText(f"actie {number}", partner=partner, due_on=day(3))
        add_action(practice=practice, plan=plan, text=text, actor=actor)
        talk = Talk(today(), actor.person, f"gesprek {number}", {"body": number})
        save_conversation(practice=practice, high_user=plan.high_user, talk=talk, actor=actor)
        findings = Findings(today(), "partly", f"bevinding {number}", f"bijstelling {number}")
        evaluate(practice=practice, plan=plan, findings=findings, next_on=None, actor=actor)
    return plan


def counts(practice: Practice) -> list[int]:
    with practice_scope(practice):
        return [model.objects.count() for model in CARE]


def test_all_of_it_is_handed_out_and_nothing_of_another_patient(
    client: Client, planning: Practice, nurse: User
) -> None:
    cared_for(planning, nurse)
    cared_for(planning, nurse, 2)
    address = f"/praktijk/{planning.slug}/patient/V-01/gegevens/"
    held = json.loads(client.get(address).content)
    (plan,) = held["plans"]
    assert (plan["instruction"], plan["life_domains"]) == ("bel 1", "money")
    assert [action["what"] for action in held["actions"]] == ["actie 1"]
    (talk,) = held["conversations"]
    assert (talk["note"], json.loads(talk["marks"])) == ("gesprek 1", {"body": 1})
    (evaluation,) = held["evaluations"]
    assert (evaluation["findings"], evaluation["adjustment"]) == ("bevinding 1", "bijstelling 1")
    assert [version["number"] for version in held["plan_versions"]] == [1, 2]
    assert "actie 2" not in json.dumps(held)


def test_all_of_it_goes_when_the_patient_is_taken_out(
    client: Client, planning: Practice, nurse: User
) -> None:
    cared_for(planning, nurse)
    cared_for(planning, nurse, 2)
    assert counts(planning) == [4, 2, 2, 2]
    address = f"/praktijk/{planning.slug}/patient/V-01/verwijderen/"
    client.post(address, {"reason": "objection"})
    assert counts(planning) == [2, 1, 1, 1]
    assert NetworkPartner.objects.count() == 2


def test_another_practice_sees_none_of_it(planning: Practice, nurse: User) -> None:
    cared_for(planning, nurse)
    assert counts(factories.practice()) == [0, 0, 0, 0]
    assert [model.objects.count() for model in CARE] == [0, 0, 0, 0]


def test_every_new_column_gets_the_newest_key(
    planning: Practice, nurse: User, settings: object
) -> None:
    old, new = new_key(), new_key()
    settings.ENCRYPTION_KEYS = (old,)
    vault.cipher.cache_clear()
    try:
        cared_for(planning, nurse)
        settings.ENCRYPTION_KEYS = (new, old)
        vault.cipher.cache_clear()
        assert rekey_everything().lost == []
        with practice_scope(planning), connection.cursor() as cursor:
            tokens = []
            for table, columns in (
                ("planversion", "content"),
                ("planaction", "what"),
                ("conversation", "marks, note"),
                ("evaluation", "findings, adjustment"),
                ("patientplan", "instruction, life_domains, close_note"),
            ):
                cursor.execute(f"SELECT {columns} FROM highusers_{table}")
                tokens += [bytes(value) for row in cursor.fetchall() for value in row]
        assert len(tokens) == 2 + 1 + 2 + 2 + 3
        assert all(Cipher((new,)).is_current(token) for token in tokens)
    finally:
        vault.cipher.cache_clear()
