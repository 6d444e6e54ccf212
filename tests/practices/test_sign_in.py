"""Signing in with password and second step, in the words of the house."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache

from tests import factories
from tests.factories import PASSWORD
from tests.pages import words

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["mtvp_language"] = "en"


def sign_in(client, user, password=PASSWORD):
    return client.post(LOGIN, {"login": user.email, "password": password}, follow=True)


def code_of(secret):
    """The one of now: the clock may tick on before it is looked at."""
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


def set_up_the_app(client):
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    return page, secret, client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})


def test_a_colleague_signs_in_and_comes_home(client):
    user = factories.staff_user(factories.practice(slug="de-linde"))
    assert sign_in(client, user).redirect_chain[-1][0] == "/praktijk/de-linde/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_words(client):
    user = factories.user()
    wrong = words(sign_in(client, user, "helemaal-niet-goed"))
    user.email = "niemand@voorbeeld.example"
    unknown = words(sign_in(client, user))
    for said in (wrong, unknown):
        assert "We do not know this e-mail address with this password. Check both." in said
        assert "There is a problem" in said


def test_empty_fields_say_what_to_fill_in_and_the_title_begins_with_error(client):
    response = client.post(LOGIN, {"login": "", "password": ""})
    assert "Fill in your e-mail address" in words(response)
    assert "Fill in your password" in words(response)
    page = response.content.decode()
    assert "<title>Error:" in page
    assert 'href="#id_login"' in page
    assert "*" not in words(response)


def test_without_a_second_step_only_setting_one_up_is_possible(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = factories.staff_user(factories.practice(slug="de-linde"))
    assert sign_in(client, user).redirect_chain[-1][0] == "/accounts/2fa/"
    assert client.get("/praktijk/de-linde/")["Location"] == "/accounts/2fa/"


def test_the_picture_to_scan_is_part_of_the_page_and_the_secret_lies_encrypted(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = factories.staff_user(factories.practice(slug="de-linde"))
    sign_in(client, user)
    page, secret, done = set_up_the_app(client)
    html = page.content.decode()
    assert re.search(r'<div class="qr" role="img" aria-label="[^"]+"><svg ', html)
    assert "data:" not in html
    assert "style=" not in html
    assert done["Location"] == "/accounts/2fa/recovery-codes/"
    stored = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in stored
    assert client.get("/praktijk/de-linde/").status_code == 200


def test_from_then_on_the_code_is_asked(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = factories.staff_user(factories.practice(slug="de-linde"))
    sign_in(client, user)
    _page, secret, _done = set_up_the_app(client)
    client.post("/accounts/logout/")
    cache.clear()
    asked = sign_in(client, user)
    assert asked.redirect_chain[-1][0].startswith("/accounts/2fa/authenticate/")
    assert client.get("/praktijk/de-linde/").status_code == 302
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "This code does not fit." in words(wrong)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert client.get("/praktijk/de-linde/").status_code == 200


def test_nobody_makes_an_account_alone(client):
    response = client.get("/accounts/signup/")
    assert "form" not in (response.context or {}) or "password1" not in response.content.decode()
    assert "You cannot make an account yourself." in words(client.get(LOGIN))


def test_an_identity_provider_that_is_set_up_has_its_button(client, settings):
    assert "Sign in with ZORG-ID" not in words(client.get(LOGIN))
    app = {"provider_id": "oidc", "name": "ZORG-ID", "client_id": "x", "secret": "y"}
    app["settings"] = {"server_url": "https://inloggen.example"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    page = client.get(LOGIN)
    assert "Sign in with ZORG-ID" in words(page)
    assert 'action="/accounts/oidc/oidc/login/' in page.content.decode()


def test_where_one_is_signed_in_is_shown(client):
    client.defaults["HTTP_USER_AGENT"] = (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    )
    sign_in(client, factories.user())
    shown = client.get("/accounts/sessions/")
    said = words(shown)
    assert "Where you are signed in" in said
    assert "Firefox on Windows (this one)" in said
    assert "Mozilla" not in said
    assert 'action="/accounts/sessions/"' not in shown.content.decode()
