"""A refusal is on record whatever becomes of the work in which it fell."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import translation

from practices.audit import record
from practices.isolation import practice_scope
from practices.models import AuditEvent
from practices.states import AuditAction, AuditOutcome
from practices.trail import origin
from tests import factories

pytestmark = pytest.mark.django_db


def refused(action, practice, someone, outcome=AuditOutcome.REFUSED):
    with pytest.raises(PermissionDenied), practice_scope(practice):
        record(
            actor=someone,
            practice=practice,
            action=action,
            obj=("highusers.patientplan", 7),
            outcome=outcome,
        )
        raise PermissionDenied


@pytest.mark.django_db(transaction=True)
def test_a_refusal_outlives_the_transaction_it_fell_in(own_trail):
    practice = factories.practice()
    refused(AuditAction.DENIED, practice, factories.user())
    assert AuditEvent.objects.get().object_id == "7"


@pytest.mark.django_db(transaction=True)
def test_any_other_event_is_undone_with_its_transaction(own_trail):
    refused(AuditAction.READ, factories.practice(), factories.user(), AuditOutcome.DONE)
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_refusal_stands_when_the_transaction_is_already_lost(own_trail):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        transaction.set_rollback(True)
        record(actor=None, action=AuditAction.DENIED, obj=("page", "x"))
        assert connection.needs_rollback
        raise ZeroDivisionError
    assert AuditEvent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_it_speaks_of_an_account_that_is_not_committed_yet(own_trail):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        someone = factories.user()
        record(actor=someone, action=AuditAction.DENIED, obj=("page", "x"))
        raise ZeroDivisionError
    assert AuditEvent.objects.get().actor_id == someone.pk


def test_a_page_that_refuses_leaves_who_what_role_and_client(client):
    practice = factories.practice()
    assistant = factories.staff_user(practice, "assistant")
    client.force_login(assistant)
    address = f"/praktijk/{practice.slug}/toezicht/"
    response = client.get(
        address, REMOTE_ADDR="192.0.2.77", headers={"User-Agent": "Mozilla/5.0 Firefox/140.0"}
    )
    assert response.status_code == 403
    event = AuditEvent.objects.get(action=AuditAction.DENIED)
    assert (event.actor, event.role, event.practice) == (assistant, "assistant", practice)
    assert event.outcome == AuditOutcome.REFUSED
    assert event.client == "192.0.2.0/24 Firefox"


def test_what_one_request_knew_never_reaches_the_next(client):
    practice = factories.practice()
    client.force_login(factories.staff_user(practice, "assistant"))
    before = (origin.client(), origin.role())
    client.get(f"/praktijk/{practice.slug}/toezicht/", REMOTE_ADDR="192.0.2.77")
    assert (origin.client(), origin.role()) == before
    assert "assistant" not in before


@pytest.mark.parametrize(
    ("address", "agent", "expected"),
    [
        (
            "203.0.113.200",
            "Mozilla/5.0 AppleWebKit Chrome/150 Safari Edg/150",
            "203.0.113.0/24 Edge",
        ),
        ("203.0.113.200", "Mozilla/5.0 AppleWebKit Chrome/150 Safari", "203.0.113.0/24 Chrome"),
        ("2001:db8:1:2:3::4", "Mozilla/5.0 Version/18 Safari/605", "2001:db8:1::/48 Safari"),
        ("::ffff:203.0.113.9", "curl/8", "203.0.113.0/24"),
        ("", "", ""),
    ],
)
def test_the_client_is_a_network_and_a_family_of_browsers(rf, address, agent, expected):
    request = rf.get("/", REMOTE_ADDR=address, headers={"User-Agent": agent})
    assert origin.client_of(request) == expected


@pytest.mark.parametrize(("proxies", "expected"), [(0, "192.0.2.0/24"), (1, "203.0.113.0/24")])
def test_an_address_that_the_client_names_itself_is_not_believed(rf, settings, proxies, expected):
    """Only what a proxy of our own adds counts: the last, not the first."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    forwarded = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}
    request = rf.get("/", REMOTE_ADDR="192.0.2.77", headers=forwarded)
    assert origin.client_of(request) == expected


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/150 Safari/537 Edg/150", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Safari/604", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/150 Mobile Safari/537", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Safari/605", "Safari on Mac"),
        ("Chrome", "Chrome"),
        ("<script>", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_a_browser_is_told_in_words(agent, words):
    with translation.override("en"):
        assert origin.device_words(agent) == words
