"""Signing in through an identity provider, by configuration alone."""

import copy
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user

from practices.models import User
from tests import factories
from tests.practices.accounts import oidc_provider

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings):
    with oidc_provider.running() as provider:
        providers = copy.deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
        providers["openid_connect"]["APPS"] = [
            {
                "provider_id": "oidc",
                "name": "ZORG-ID",
                "client_id": "mtvp",
                "secret": "geheim",
                "settings": {"server_url": provider.issuer},
            }
        ]
        settings.SOCIALACCOUNT_PROVIDERS = providers
        yield provider


def sign_in(client, provider):
    leave = client.post("/accounts/oidc/oidc/login/")
    assert leave.status_code == 302
    target = urlsplit(leave.url)
    assert leave.url.startswith(f"{provider.issuer}/authorize?")
    asked = parse_qs(target.query)
    provider.nonce = asked.get("nonce", [None])[0]
    state = asked["state"][0]
    return client.get("/accounts/oidc/oidc/login/callback/", {"code": "c", "state": state})


def test_a_known_address_is_signed_in(client, provider):
    user = factories.user()
    provider.email = user.email
    assert sign_in(client, provider).status_code == 302
    assert get_user(client) == user


def test_an_unknown_address_gets_no_account(client, provider):
    provider.email = "vreemd@voorbeeld.example"
    sign_in(client, provider)
    assert get_user(client).is_anonymous
    assert not User.objects.filter(email=provider.email).exists()


def test_an_address_the_provider_did_not_verify_opens_nothing(client, provider):
    user = factories.user()
    provider.email, provider.email_verified = user.email, False
    sign_in(client, provider)
    assert get_user(client).is_anonymous


def test_a_closed_account_stays_closed(client, provider):
    user = factories.user(is_active=False)
    provider.email = user.email
    sign_in(client, provider)
    assert get_user(client).is_anonymous


def test_a_second_factor_is_still_asked(client, provider, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = factories.user()
    provider.email = user.email
    sign_in(client, provider)
    assert client.get("/").url.startswith("/accounts/2fa/")
