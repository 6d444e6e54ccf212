"""The practice grants its manager plans and HIS numbers, and nobody else does."""

import pytest

from practices.models import AuditEvent, Practice
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import access_to_practice
from tests import factories

pytestmark = pytest.mark.django_db


def page(practice):
    return f"/praktijk/{practice.slug}/team/inzage/"


def test_the_owner_grants_it_and_takes_it_back(client):
    practice = factories.practice()
    owner, manager = factories.staff_user(practice), factories.staff_user(practice, "manager")
    client.force_login(owner)
    for granted in (True, False):
        client.post(page(practice), {"granted": "yes" if granted else "no"})
        found = access_to_practice(manager, Practice.objects.get(pk=practice.pk))
        assert (Permission.SEE_PLANS in found) == granted
    events = AuditEvent.objects.filter(action=AuditAction.MEMBERSHIP).order_by("pk")
    assert [(e.actor, e.practice, e.detail) for e in events] == [
        (owner, practice, {"manager_sees_plans": True}),
        (owner, practice, {"manager_sees_plans": False}),
    ]


def test_granting_what_is_granted_changes_nothing(client):
    practice = factories.practice()
    client.force_login(factories.staff_user(practice))
    client.post(page(practice), {"granted": "no"})
    assert not AuditEvent.objects.filter(action=AuditAction.MEMBERSHIP).exists()


@pytest.mark.parametrize("role", ["manager", "poh", "assistant"])
def test_nobody_grants_it_to_oneself(role, client):
    practice = factories.practice()
    client.force_login(factories.staff_user(practice, role))
    assert client.post(page(practice), {"granted": "yes"}).status_code == 403
    assert not Practice.objects.get(pk=practice.pk).manager_sees_plans


def test_the_region_does_not_grant_it_for_a_practice(client):
    practice = factories.practice()
    client.force_login(factories.region_user("coordinator"))
    assert client.post(page(practice), {"granted": "yes"}).status_code == 403
    assert not Practice.objects.get(pk=practice.pk).manager_sees_plans
