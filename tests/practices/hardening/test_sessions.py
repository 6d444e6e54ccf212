"""A session is nobody else's: not one that was planted, not one that ended."""

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from practices.states import StaffRole
from tests import factories

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def sign_in(client, user):
    return client.post(LOGIN, {"login": user.email, "password": factories.PASSWORD})


def test_a_planted_session_opens_nothing_after_somebody_signed_in_with_it(client):
    """Fixation: the number that was known before is worthless after."""
    user, planter = factories.user(), Client()
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    planter.cookies["sessionid"] = planted
    sign_in(client, user)
    assert client.session.session_key != planted
    assert get_user(client) == user
    assert get_user(planter).is_anonymous
    assert planter.get("/mijn-gegevens/").status_code == 302


def test_a_session_of_a_colleague_shows_nothing_of_the_one_before(client):
    """Two colleagues on one machine: what the first had in the session is gone."""
    first, second = factories.user(), factories.user()
    sign_in(client, first)
    session = client.session
    session["seen"] = "of the first"
    session.save()
    client.post("/accounts/logout/")
    sign_in(client, second)
    assert "seen" not in client.session


def test_after_signing_out_the_number_of_the_session_opens_nothing(client):
    practice, thief = factories.practice(), Client()
    user = factories.staff_user(practice, StaffRole.GP_OWNER)
    sign_in(client, user)
    thief.cookies["sessionid"] = client.session.session_key
    page = reverse("practice_start", args=[practice.slug])
    assert thief.get(page).status_code == 200
    client.post("/accounts/logout/")
    assert thief.get(page).status_code == 302


def test_a_closed_account_is_out_at_its_next_request(client):
    practice = factories.practice()
    user = factories.staff_user(practice, StaffRole.GP_OWNER)
    sign_in(client, user)
    page = reverse("practice_start", args=[practice.slug])
    assert client.get(page).status_code == 200
    user.is_active = False
    user.save()
    assert client.get(page).status_code == 302


def test_a_practice_that_does_not_exist_and_one_of_others_answer_alike(client):
    """Nothing tells whether a practice takes part: words, code, nor a trace of work on it."""
    other = factories.practice()
    client.force_login(factories.region_user("insurer_reader", factories.insurer("CZ")))
    answers = [
        client.get(f"/praktijk/{slug}/{rest}")
        for rest in ("", "veelgebruikers/", "team/", "consultduur/rooster/")
        for slug in (other.slug, "x" * len(other.slug))
    ]
    assert {answer.status_code for answer in answers} == {404}
    asked = "x" * len(other.slug)
    pages = [answer.content.decode().replace(other.slug, asked) for answer in answers]
    for known, unknown in zip(pages[::2], pages[1::2], strict=True):
        assert _without_tokens(known) == _without_tokens(unknown)
        assert other.name not in known


def _without_tokens(page):
    return [line for line in page.splitlines() if "csrf" not in line]


def test_private_pages_of_every_kind_are_kept_by_no_cache(client):
    """Pages, parts of pages and files alike, so that nothing is left after signing out."""
    practice = factories.practice()
    client.force_login(factories.staff_user(practice, StaffRole.GP_OWNER))
    kept = {}
    for path in (
        f"/praktijk/{practice.slug}/",
        f"/praktijk/{practice.slug}/veelgebruikers/",
        f"/praktijk/{practice.slug}/patient/",
        f"/praktijk/{practice.slug}/toezicht/",
        "/mijn-gegevens/",
        f"/praktijk/{practice.slug}/plannen/v-99/",
        f"/praktijk/{factories.practice().slug}/",
    ):
        for headers in ({}, {"HX-Request": "true"}):
            kept[path] = client.get(path, headers=headers).headers.get("Cache-Control", "")
    assert {path: said for path, said in kept.items() if "no-store" not in said} == {}
