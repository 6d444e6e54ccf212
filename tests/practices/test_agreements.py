"""The processing agreement: asked once per version, by whoever may agree for the practice."""

import pytest

from practices.agreements import agree, needs_agreement
from practices.models import AuditEvent, ProcessingAgreement
from practices.states import AuditAction
from tests import factories

pytestmark = pytest.mark.django_db


def page(practice, rest=""):
    return f"/praktijk/{practice.slug}/verwerkersovereenkomst/{rest}"


def test_a_practice_needs_one_until_somebody_agreed():
    practice, other, someone = factories.practice(), factories.practice(), factories.user()
    assert needs_agreement(practice)
    agree(practice=practice, actor=someone)
    assert not needs_agreement(practice)
    assert needs_agreement(other)


def test_a_new_version_is_asked_again(settings):
    practice = factories.practice()
    agree(practice=practice, actor=factories.user())
    settings.AGREEMENT_VERSION = "2"
    assert needs_agreement(practice)


def test_who_when_and_which_version_are_recorded_once():
    practice, owner = factories.practice(), factories.user()
    first = agree(practice=practice, actor=owner)
    again = agree(practice=practice, actor=factories.user())
    assert (again, again.agreed_by, again.version) == (first, owner, "1")
    event = AuditEvent.objects.get(action=AuditAction.CREATE)
    assert (event.actor, event.practice, event.detail) == (owner, practice, {"version": "1"})


@pytest.mark.parametrize(
    ("role", "reads", "agrees"),
    [
        ("gp_owner", 200, 302),
        ("manager", 200, 302),
        ("poh", 200, 403),
        ("assistant", 200, 403),
    ],
)
def test_all_may_read_and_who_holds_the_account_agrees(role, reads, agrees, client):
    practice = factories.practice()
    client.force_login(factories.staff_user(practice, role))
    assert client.get(page(practice)).status_code == reads
    assert client.post(page(practice, "akkoord/")).status_code == agrees
    assert ProcessingAgreement.objects.exists() == (agrees == 302)


def test_the_region_does_not_agree_for_a_practice(client):
    practice = factories.practice()
    client.force_login(factories.region_user("coordinator"))
    assert client.post(page(practice, "akkoord/")).status_code == 403


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        ("/praktijk/x/uitdraai/", "/praktijk/x/uitdraai/"),
        ("https://elders.example/", None),
        ("//elders.example/", None),
        ("uitdraai", None),
        ("admin:index", None),
        ("", None),
    ],
)
def test_after_agreeing_one_goes_back_and_never_to_another_site(back, expected, client):
    practice = factories.practice()
    client.force_login(factories.staff_user(practice))
    response = client.post(page(practice, "akkoord/"), {"next": back})
    assert response.url == (expected or f"/praktijk/{practice.slug}/")


def test_an_address_is_no_way_to_agree(client):
    practice = factories.practice()
    client.force_login(factories.staff_user(practice))
    assert client.get(page(practice, "akkoord/")).status_code == 405
