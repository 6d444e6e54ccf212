"""Signing in and out, over the library's own pages."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator

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
