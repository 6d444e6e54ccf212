"""Half an hour of silence signs somebody out; what was typed is given back to that account."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from practices.idle.kept import COOKIE, KEPT_FOR
from practices.models import Invitation
from practices.states import StaffRole
from tests import factories

pytestmark = pytest.mark.django_db

TEXT = {"name": "Sam & Sanne\n<b>", "staff_role": "assistant", "email": "sam@voorbeeld.example"}


@pytest.fixture
def practice():
    return factories.practice()


@pytest.fixture
def manager(practice):
    return factories.staff_user(practice, StaffRole.MANAGER)


@pytest.fixture
def address(practice):
    return reverse("invite_colleague", args=[practice.slug])


def idle_out(client):
    """As after 30 minutes: the session is gone, the other cookies are not."""
    del client.cookies["sessionid"]


@pytest.fixture
def late_client(client, manager, address):
    client.force_login(manager)
    client.get(address)
    idle_out(client)
    return client


def test_the_text_comes_back_after_signing_in_and_goes_where_it_was_going(
    late_client, manager, address
):
    response = late_client.post(address, TEXT)
    assert response.url == "/accounts/login/?next=%2Fverder%2F"
    login = {"login": manager.email, "password": factories.PASSWORD}
    back = late_client.post(response.url, login)
    typed = late_client.get(back.url).context["typed"]
    assert (typed.path, dict(typed.fields)) == (address, TEXT)
    assert late_client.post(typed.path, dict(typed.fields)).status_code == 302
    assert Invitation.objects.get().name == TEXT["name"]


def test_the_text_is_for_the_same_account_only(late_client, practice, address):
    late_client.post(address, TEXT)
    late_client.force_login(factories.staff_user(practice, StaffRole.MANAGER))
    assert late_client.get(reverse("typed")).url == "/"


def test_what_is_kept_is_encrypted_and_ends_by_itself(late_client, address):
    late_client.post(address, TEXT)
    key = f"typed:{late_client.cookies[COOKIE].value}"
    assert b"Sam" not in cache.get(key)
    raw = cache._cache.get_client(None)
    assert 0 < raw.ttl(cache.make_key(key)) <= KEPT_FOR


def test_it_can_be_thrown_away(late_client, manager, address):
    late_client.post(address, TEXT)
    late_client.force_login(manager)
    late_client.post(reverse("forget_typed"))
    assert late_client.get(reverse("typed")).url == "/"


def test_a_stranger_keeps_nothing(address):
    stranger = Client()
    assert stranger.post(address, TEXT).url == "/accounts/login/?next=%2F"
    assert COOKIE not in stranger.cookies


def test_a_forged_cookie_keeps_nothing(address, manager):
    forger = Client()
    forger.cookies["mtvp_who"] = f"{manager.pk}:x"
    forger.post(address, TEXT)
    assert COOKIE not in forger.cookies


def test_a_late_improvement_request_leaves_the_page_as_a_whole(late_client, address):
    response = late_client.post(address, TEXT, headers={"HX-Request": "true"})
    assert response.status_code == 204
    assert response["HX-Redirect"] == "/accounts/login/?next=%2Fverder%2F"


def test_the_session_ends_after_thirty_minutes(settings):
    assert settings.SESSION_COOKIE_AGE == 30 * 60
    assert settings.SESSION_SAVE_EVERY_REQUEST


def test_a_late_password_is_not_put_aside(late_client):
    """It would stand on the page that gives the text back."""
    typed = {"oldpassword": factories.PASSWORD, "password1": "nieuw", "password2": "nieuw"}
    response = late_client.post(reverse("account_change_password"), typed)
    assert response.url == "/accounts/login/?next=%2F"
    assert COOKIE not in late_client.cookies
