"""Signing in and out, over the library's own pages."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from practices.models import AuditEvent
from practices.states import AuditAction, AuditOutcome
from tests import factories

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def trail():
    return list(
        AuditEvent.objects.order_by("id").values_list("action", "actor", "outcome", "detail")
    )


def sign_in(client, someone, password=factories.PASSWORD):
    return client.post(LOGIN, {"login": someone.email, "password": password})


def test_signing_in_and_out_is_on_record(client):
    someone = factories.user()
    sign_in(client, someone)
    client.post("/accounts/logout/")
    assert trail() == [
        (AuditAction.SIGN_IN, someone.pk, AuditOutcome.DONE, {}),
        (AuditAction.SIGN_OUT, someone.pk, AuditOutcome.DONE, {}),
    ]


def test_a_wrong_password_is_on_record_for_the_account(client):
    someone = factories.user()
    sign_in(client, someone, "een-heel-ander-wachtwoord")
    refused = (AuditAction.SIGN_IN, someone.pk, AuditOutcome.REFUSED, {"means": "password"})
    assert trail() == [refused]


def test_what_was_typed_for_an_unknown_account_is_stored_nowhere(client):
    client.post(LOGIN, {"login": "geheim-wachtwoord@typfout.example", "password": "x" * 12})
    event = AuditEvent.objects.get()
    assert (event.actor, event.object_id, event.outcome) == (None, "", AuditOutcome.REFUSED)
    assert "typfout" not in str(AuditEvent.objects.values().get())


def test_a_wrong_code_is_on_record(client):
    someone = factories.user()
    secret = get_adapter().encrypt("JBSWY3DPEHPK3PXP")
    Authenticator.objects.create(user=someone, type="totp", data={"secret": secret})
    sign_in(client, someone)
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    refused = (AuditAction.SIGN_IN, someone.pk, AuditOutcome.REFUSED, {"means": "second factor"})
    assert trail() == [refused]


def tries_too_often(send, times=8):
    """Until the answer is no longer that of a wrong guess; then a few times more."""
    for _ in range(times):
        answer = send()
    return answer


def limited():
    found = AuditEvent.objects.filter(detail__means="too many attempts")
    return list(found.values_list("action", "actor", "outcome"))


def test_guessing_passwords_is_on_record_once_a_minute_when_it_is_stopped(client):
    cache.clear()
    someone = factories.user()
    tries_too_often(lambda: sign_in(client, someone, "een-heel-ander-wachtwoord"))
    assert limited() == [(AuditAction.SIGN_IN, someone.pk, AuditOutcome.REFUSED)]
    sign_in(client, someone)
    assert len(limited()) == 1


def test_guessing_at_unknown_accounts_is_on_record_without_what_was_typed(client):
    cache.clear()
    typed = {"login": "niemand@voorbeeld.example", "password": "x" * 12}
    tries_too_often(lambda: client.post(LOGIN, typed))
    assert limited() == [(AuditAction.SIGN_IN, None, AuditOutcome.REFUSED)]
    assert "niemand" not in str(list(AuditEvent.objects.values()))


def test_guessing_codes_is_on_record_for_the_account(client):
    cache.clear()
    someone = factories.user()
    secret = get_adapter().encrypt("JBSWY3DPEHPK3PXP")
    Authenticator.objects.create(user=someone, type="totp", data={"secret": secret})
    sign_in(client, someone)
    tries_too_often(lambda: client.post("/accounts/2fa/authenticate/", {"code": "000000"}))
    assert limited() == [(AuditAction.SIGN_IN, someone.pk, AuditOutcome.REFUSED)]


def test_a_flood_gets_a_page_of_our_own_and_one_event(client):
    cache.clear()
    for number in range(22):
        typed = {"email": f"gok{number}@voorbeeld.example"}
        answer = client.post("/accounts/password/reset/", typed)
    assert answer.status_code == 429
    assert "top-bar" in answer.content.decode()
    assert len(limited()) == 1


def test_a_new_password_is_on_record(client):
    someone = factories.user()
    client.force_login(someone)
    new = "nog-een-heel-goed-wachtwoord"
    client.post(
        "/accounts/password/change/",
        {"oldpassword": factories.PASSWORD, "password1": new, "password2": new},
    )
    detail = {"means": "password", "what": "changed"}
    assert trail()[-1] == (AuditAction.CHANGE, someone.pk, AuditOutcome.DONE, detail)
