"""A patient who asks: what is held, who looked, out."""

import json
from datetime import date

import pytest

from highusers.codes import last_number
from highusers.models import Extract, HighUser, PatientPlan, PatientTotal, RemovedPatient
from highusers.rights import keep_out_removed
from mtvp.privacy.keyed_hash import patient_key
from practices.audit import record
from practices.isolation import practice_scope
from practices.models import AuditEvent
from practices.states import AuditAction, AuditOutcome
from practices.vault import hash_secret
from tests import factories

pytestmark = pytest.mark.django_db
NUMBER = "10233"


def key_in(practice, number=NUMBER):
    return patient_key(hash_secret(), practice.code, number)


def extract(practice, year=2024, **fields):
    return Extract.objects.create(
        **{
            "practice": practice,
            "period_start": date(year, 1, 1),
            "period_end": date(year, 12, 31),
            "source": "upload",
            "threshold": 30,
            "patients": 1,
            "contacts": 41,
            "high_users": 1,
        }
        | fields
    )


def patient(practice, number=1, his=NUMBER):
    """A high user with a row in an extract and a plan."""
    key = key_in(practice, his)
    found = extract(practice, 2020 + number)
    with practice_scope(practice):
        PatientTotal.objects.create(
            extract=found, practice=practice, patient_key=key, contacts=41, birth_year=1950
        )
        high = HighUser.objects.create(
            practice=practice, patient_key=key, number=number, his_number=his
        )
        PatientPlan.objects.create(
            practice=practice, high_user=high, drafted_on=date(2024, 5, 1), reason="eenzaam"
        )
    return key


def count(practice):
    with practice_scope(practice):
        return tuple(m.objects.count() for m in (PatientTotal, HighUser, PatientPlan))


def page(practice, code="V-01", rest=""):
    return f"/praktijk/{practice.slug}/patient/{code}/{rest}"


@pytest.fixture
def practice():
    return factories.practice()


@pytest.fixture
def poh(practice, client):
    poh = factories.staff_user(practice, "poh")
    client.force_login(poh)
    return poh


@pytest.mark.parametrize("role", ["manager", "assistant"])
def test_only_clinicians_answer_a_patient(role, practice, client):
    patient(practice)
    client.force_login(factories.staff_user(practice, role))
    for address in (page(practice), page(practice, rest="gegevens/")):
        assert client.get(address).status_code == 403
    assert client.post(page(practice, rest="verwijderen/")).status_code == 403
    assert count(practice) == (1, 1, 1)


@pytest.mark.parametrize("role", ["coordinator", "privacy_officer", "consultant", "admin"])
def test_the_region_reaches_no_patient(role, practice, client):
    patient(practice)
    client.force_login(factories.region_user(role))
    assert client.get(page(practice)).status_code in (403, 404)


def test_another_practice_does_not_find_the_patient(practice, client):
    key = patient(practice)
    other = factories.practice()
    client.force_login(factories.staff_user(other, "gp_owner"))
    assert client.get(page(practice)).status_code == 404
    assert client.get(page(other)).status_code == 404
    assert client.get(page(other, key.hex())).status_code == 404
    assert (
        client.post(page(other, key.hex(), "verwijderen/"), {"reason": "move"}).status_code == 404
    )
    assert count(practice) == (1, 1, 1)


def test_who_looked_at_a_patient_and_who_at_all_patients(practice, poh, client):
    key = patient(practice)
    patient(practice, 2, "20000")
    colleague = factories.staff_user(practice, "gp_owner")
    seen = {"actor": colleague, "practice": practice, "action": AuditAction.READ}
    with practice_scope(practice):
        mine, other = HighUser.objects.get(number=1), HighUser.objects.get(number=2)
        expected = record(**seen, obj=mine)
        record(**seen, obj=other)
        record(**seen, obj=PatientPlan.objects.get(high_user=other))
        plan = record(**seen, obj=PatientPlan.objects.get(high_user=mine))
    listed = record(
        actor=colleague,
        practice=practice,
        action=AuditAction.LIST,
        obj=("highusers.highuser", ""),
        count=2,
    )
    response = client.get(page(practice, "v-01"))
    assert "V-01" in response.content.decode()
    assert [e.pk for e in response.context["looked"]] == [plan.pk, expected.pk]
    assert [e.pk for e in response.context["together"]] == [listed.pk]
    assert str(colleague) in response.content.decode()
    told = AuditEvent.objects.get(actor=poh, action=AuditAction.READ)
    assert (told.object_type, bytes(told.patient_key)) == ("practices.auditevent", key)


def test_search_by_the_number_of_the_gp_system(practice, poh, client):
    key = patient(practice)
    address = f"/praktijk/{practice.slug}/patient/"
    response = client.post(address, {"number": " 010.233,0 "})
    assert response.url == page(practice, key.hex())
    assert client.get(response.url).status_code == 200
    missed = client.post(address, {"number": "99999"})
    assert missed.context["form"].errors["number"]
    outcomes = AuditEvent.objects.filter(action=AuditAction.SEARCH).order_by("id")
    assert list(outcomes.values_list("outcome", flat=True)) == [
        AuditOutcome.DONE,
        AuditOutcome.FAILED,
    ]
    assert NUMBER not in str(list(AuditEvent.objects.values()))


def test_what_is_held_on_the_patient_and_on_nobody_else(practice, poh, client):
    key = patient(practice)
    patient(practice, 2, "20000")
    held = json.loads(client.get(page(practice, rest="gegevens/")).content)
    assert held["patient_key"] == key.hex()
    assert held["high_user"] == [{"number": 1, "his_number": NUMBER}]
    assert [row["contacts"] for row in held["contacts"]] == [41]
    assert [row["reason"] for row in held["plans"]] == ["eenzaam"]
    assert AuditEvent.objects.get(action=AuditAction.EXPORT).actor == poh


def test_taken_out_with_a_reason_and_the_others_stay(practice, poh, client):
    key = patient(practice)
    patient(practice, 2, "20000")
    assert client.post(page(practice, rest="verwijderen/")).context["form"].errors
    assert count(practice) == (2, 2, 2)
    client.post(page(practice, rest="verwijderen/"), {"reason": "objection"})
    assert count(practice) == (1, 1, 1)
    with practice_scope(practice):
        removed = RemovedPatient.objects.get()
        assert (bytes(removed.patient_key), removed.reason, removed.removed_by) == (
            key,
            "objection",
            poh,
        )
    told = AuditEvent.objects.get(action=AuditAction.DELETE)
    assert told.detail["reason"] == "objection"
    assert told.detail["rows"]["highusers.PatientPlan"] == 1
    assert client.get(page(practice)).status_code == 404


def test_an_address_alone_takes_nobody_out(practice, poh, client):
    patient(practice)
    assert client.get(page(practice, rest="verwijderen/")).status_code == 405
    assert count(practice) == (1, 1, 1)


def test_the_code_of_a_removed_patient_is_not_given_to_another(practice, poh, client):
    patient(practice, 7)
    client.post(page(practice, "V-07", "verwijderen/"), {"reason": "move"})
    with practice_scope(practice):
        assert not HighUser.objects.exists()
        assert last_number() == 7
    with practice_scope(factories.practice()):
        assert last_number() == 0


def test_a_later_extract_leaves_out_who_was_taken_out(practice, poh, client):
    patient(practice)
    client.post(page(practice, rest="verwijderen/"), {"reason": "death"})
    patient(practice, 2)
    patient(practice, 3, "20000")
    with practice_scope(practice):
        assert keep_out_removed(practice) == 3
    assert count(practice) == (1, 1, 1)
