"""The register of network partners."""

import pytest
from django.test import Client

from highusers.models import NetworkPartner
from practices.models import AuditEvent, Practice, User
from tests import factories
from tests.pages import words

pytestmark = pytest.mark.django_db


def register(practice: Practice, rest: str = "") -> str:
    return f"/praktijk/{practice.slug}/netwerkpartners/{rest}"


def test_a_partner_is_added_changed_and_put_out_of_use(
    client: Client, planning: Practice, nurse: User
) -> None:
    assert "There is no partner in the list yet." in words(client.get(register(planning)))
    client.post(register(planning), {"name": "Wijkteam", "kind": "social", "reach": "balie"})
    made = NetworkPartner.objects.get()
    assert (made.practice, made.name, made.active) == (planning, "Wijkteam", True)
    client.post(register(planning, f"{made.pk}/"), {"name": "Wijkteam Oost", "kind": "social"})
    made.refresh_from_db()
    assert (made.name, made.active) == ("Wijkteam Oost", False)
    assert "Wijkteam Oost" in words(client.get(register(planning)))
    events = AuditEvent.objects.filter(object_type="highusers.networkpartner")
    assert sorted(events.values_list("action", flat=True)) == ["change", "create"]


def test_a_name_stands_in_the_list_once(client: Client, planning: Practice, nurse: User) -> None:
    NetworkPartner.objects.create(practice=planning, name="Wijkteam", kind="social")
    NetworkPartner.objects.create(practice=factories.practice(), name="GGZ", kind="ggz")
    twice = client.post(register(planning), {"name": "wijkteam ", "kind": "social"})
    assert "This partner is in the list already." in words(twice)
    assert client.post(register(planning), {"name": "GGZ", "kind": "ggz"}).status_code == 302


def test_a_partner_of_another_practice_is_not_found(
    client: Client, planning: Practice, nurse: User
) -> None:
    other = NetworkPartner.objects.create(practice=factories.practice(), name="GGZ", kind="ggz")
    assert client.get(register(planning, f"{other.pk}/")).status_code == 404
    assert list(client.get(register(planning)).context["partners"]) == []
