"""Password, second factor, limits, and the same answer for everybody."""

import base64
import hmac
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client
from django.urls import reverse

from mtvp import settings as shipped
from practices.models import User
from tests import factories

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def sign_in(client, email, password=factories.PASSWORD):
    return client.post(LOGIN, {"login": email, "password": password})


def code_of(secret):
    """RFC 6238 with the usual 30 seconds and six digits."""
    counter = int(time.time() // 30).to_bytes(8)
    digest = hmac.new(base64.b32decode(secret), counter, "sha1").digest()
    place = digest[-1] & 15
    return f"{(int.from_bytes(digest[place : place + 4]) & 0x7FFFFFFF) % 1_000_000:06d}"


def test_passwords_are_kept_with_argon2(settings):
    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS
    assert factories.user().password.startswith("argon2")


def test_nobody_signs_up_alone(client):
    response = client.post(
        "/accounts/signup/", {"email": "x@voorbeeld.example", "password1": factories.PASSWORD}
    )
    assert not User.objects.exists()
    assert b'name="password1"' not in response.content


def test_wrong_password_closed_account_and_unknown_address_read_alike(client):
    emails = [
        factories.user().email,
        factories.user(is_active=False).email,
        "niemand@voorbeeld.example",
    ]
    answers = [sign_in(client, email, "een-verkeerd-wachtwoord") for email in emails]
    errors = [answer.context["form"].errors for answer in answers]
    assert errors[0]
    assert errors[0] == errors[1] == errors[2]
    assert {answer.status_code for answer in answers} == {200}
    assert get_user(client).is_anonymous


def test_a_forgotten_password_reads_alike_for_known_and_unknown(client):
    user = factories.user()
    answers = [
        client.post("/accounts/password/reset/", {"email": email})
        for email in (user.email, "niemand@voorbeeld.example")
    ]
    assert {answer.url for answer in answers} == {"/accounts/password/reset/done/"}
    assert len([m for m in mail.outbox if user.email in m.to]) == 1


def test_guessing_is_slowed_down(client):
    user = factories.user()
    for _ in range(6):
        sign_in(client, user.email, "een-verkeerd-wachtwoord")
    sign_in(client, user.email)
    assert get_user(client).is_anonymous


def test_without_a_second_factor_only_its_set_up_is_open(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    practice = factories.practice()
    client.force_login(factories.staff_user(practice))
    page = reverse("invite_colleague", args=[practice.slug])
    assert client.get(page).url == reverse("mfa_index")
    assert client.get(reverse("mfa_activate_totp")).status_code in (200, 302)


def test_with_a_second_factor_the_password_alone_is_not_enough(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = factories.user()
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    assert sign_in(client, user.email).url.startswith(reverse("mfa_authenticate"))
    assert get_user(client).is_anonymous
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert get_user(client) == user


def test_the_secret_of_the_second_factor_is_not_readable_in_the_database():
    user = factories.user()
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    stored = Authenticator.objects.get(user=user).data["secret"]
    assert secret not in stored
    assert stored.startswith("gAAAA")


def test_sessions_elsewhere_are_listed_and_ended(client):
    user, other = factories.user(), Client()
    sign_in(client, user.email)
    other.post(LOGIN, {"login": user.email, "password": factories.PASSWORD})
    assert get_user(other) == user
    page = client.get(reverse("usersessions_list"))
    assert len(page.context["sessions"]) == 2
    client.post(reverse("usersessions_list"))
    assert get_user(other).is_anonymous
    assert get_user(client) == user


def test_an_account_cannot_move_to_another_address(client):
    """It could take the address of who has yet to be invited, and sign-ins that go by address."""
    user = factories.user()
    client.force_login(user)
    for action in ("action_add", "action_primary"):
        data = {"email": "ander@voorbeeld.example", action: "1"}
        assert client.post("/accounts/email/", data).status_code == 404
    user.refresh_from_db()
    assert user.email != "ander@voorbeeld.example"
