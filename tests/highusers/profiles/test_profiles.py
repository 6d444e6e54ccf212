"""The six profiles, filled in by the coordinator."""

import pytest

from highusers.models import PatientProfile
from practices.models import AuditEvent
from practices.states import RegionRoleName
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/regio/profielen/"


def sent(**filled):
    empty = {f"{number}-{name}": "" for number in range(1, 7) for name in ("name", "description")}
    return empty | filled


@pytest.fixture
def coordinator(client):
    user = factories.region_user(RegionRoleName.COORDINATOR)
    client.force_login(user)
    client.cookies["mtvp_language"] = "en"
    return user


def test_the_coordinator_fills_in_one_and_leaves_the_others(client, coordinator):
    page = client.get(PAGE).content.decode()
    assert page.count("<fieldset") == 6
    answer = client.post(PAGE, sent(**{"3-name": "Zorgen", "3-description": "Belt vaak."}))
    assert answer.url == PAGE
    filled = PatientProfile.objects.exclude(name="")
    assert list(filled.values_list("number", "name", "description")) == [
        (3, "Zorgen", "Belt vaak.")
    ]
    event = AuditEvent.objects.get(object_type="highusers.patientprofile")
    assert (event.action, event.actor) == ("change", coordinator)


def test_a_name_that_is_too_long_changes_nothing(client, coordinator):
    answer = client.post(PAGE, sent(**{"1-name": "Kort", "2-name": "x" * 121}))
    assert answer.status_code == 200
    assert not PatientProfile.objects.exclude(name="").exists()


@pytest.mark.parametrize("role", ["consultant", "facilitator", "privacy_officer", "admin"])
def test_others_do_not(client, role):
    client.force_login(factories.region_user(role))
    assert client.post(PAGE, sent(**{"1-name": "x"})).status_code == 403
    assert not PatientProfile.objects.exclude(name="").exists()
