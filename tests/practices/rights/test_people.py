"""What is held on a colleague, and taking the name off."""

import json
from datetime import date

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command

from practices.models import AuditEvent, Employment, User
from practices.rights.erasure import StillInServiceError, erase_person
from practices.rights.people import export_person
from practices.states import AuditAction
from tests import factories
from training.models import Attendance
from training.models import Session as Training

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague():
    practice = factories.practice(name="De Linde")
    someone = factories.staff_user(practice, "poh", email="hanna@voorbeeld.example")
    someone.person.email = "hanna.thuis@voorbeeld.example"
    someone.person.save()
    training = Training.objects.create(
        reference="t1", kind="intervision", title="Intervisie", held_on=date(2024, 1, 9)
    )
    Attendance.objects.create(session=training, person=someone.person, present=True)
    EmailAddress.objects.create(user=someone, email=someone.email, primary=True)
    Authenticator.objects.create(user=someone, type="totp", data={"secret": "versleuteld"})
    return someone


def test_all_that_is_held_and_no_secret(colleague):
    held = export_person(person=colleague.person, account=colleague, actor=colleague)
    assert held["person"][0]["email"] == "hanna.thuis@voorbeeld.example"
    assert held["account"][0]["email"] == "hanna@voorbeeld.example"
    assert held["employments"][0]["practice__name"] == "De Linde"
    assert held["attendance"] == [
        {"session__title": "Intervisie", "session__held_on": date(2024, 1, 9), "present": True}
    ]
    assert held["second_steps"][0]["type"] == "totp"
    assert "versleuteld" not in str(held)
    assert colleague.password not in str(held)
    event = AuditEvent.objects.get(action=AuditAction.EXPORT)
    assert (event.actor, event.object_id) == (colleague, str(colleague.person.pk))


def test_everybody_downloads_the_own_data_and_no_other(colleague, client):
    other = factories.staff_user(factories.practice())
    client.force_login(colleague)
    response = client.get("/mijn-gegevens/")
    held = json.loads(response.content)
    assert held["account"][0]["email"] == "hanna@voorbeeld.example"
    assert other.email not in response.content.decode()
    assert response.headers["Content-Disposition"] == 'attachment; filename="mijn-gegevens.json"'
    assert client.post("/mijn-gegevens/").status_code == 405


def test_who_is_in_service_cannot_be_made_nameless(colleague):
    with pytest.raises(StillInServiceError):
        erase_person(person=colleague.person, actor=None)
    assert User.objects.get(pk=colleague.pk).is_active


def test_nothing_tells_who_it_was_and_the_counts_stay(colleague, client):
    Authenticator.objects.all().delete()
    client.post("/accounts/login/", {"login": colleague.email, "password": factories.PASSWORD})
    Authenticator.objects.create(user=colleague, type="totp", data={"secret": "versleuteld"})
    assert client.get("/mijn-gegevens/").status_code == 200
    assert UserSession.objects.exists()
    assert Session.objects.exists()
    person = colleague.person
    Employment.objects.of(person).update(ended_on=date(2024, 1, 31))
    erase_person(person=person, actor=None)
    person.refresh_from_db()
    colleague.refresh_from_db()
    assert (person.name, person.email, person.registration) == ("-", "", "")
    assert (colleague.email, colleague.name) == (f"removed-{colleague.pk}@invalid", "")
    assert (colleague.person, colleague.is_active) == (None, False)
    assert not colleague.has_usable_password()
    for model in (EmailAddress, Authenticator, UserSession, Session):
        assert not model.objects.exists(), model
    assert Attendance.objects.filter(person=person, present=True).count() == 1
    assert client.get("/mijn-gegevens/").status_code == 302


def test_the_command_shows_and_erases(colleague, capsys):
    call_command("person_data", "hanna@voorbeeld.example")
    assert json.loads(capsys.readouterr().out)["attendance"][0]["present"] is True
    with pytest.raises(CommandError, match="in service"):
        call_command("person_data", colleague.person.reference, erase=True)
    Employment.objects.of(colleague.person).update(ended_on=date(2024, 1, 31))
    call_command("person_data", colleague.person.reference, erase=True)
    assert not User.objects.filter(email="hanna@voorbeeld.example").exists()
    with pytest.raises(CommandError, match="nobody"):
        call_command("person_data", "hanna@voorbeeld.example")
