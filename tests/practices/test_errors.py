"""What people read when a page cannot be shown."""

import pytest
from django.test import Client

from practices.errors import server_error
from practices.states import RegionRoleName
from tests import factories
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["mtvp_language"] = "en"


def test_a_page_that_does_not_exist(client):
    client.force_login(factories.user())
    response = client.get("/bestaat-niet/")
    assert response.status_code == 404
    assert "This page does not exist" in words(response)


def test_a_page_that_is_not_for_you(client):
    client.force_login(factories.user())
    response = client.get("/regio/")
    assert response.status_code == 403
    assert "You may not see this page" in words(response)
    assert "Ask your practice manager for access." in words(response)


def test_who_works_for_the_region_or_an_insurer_has_no_practice_manager(client):
    reader = factories.region_user(RegionRoleName.INSURER_READER, insurer=factories.insurer("VGZ"))
    client.force_login(reader)
    page = words(client.get("/regio/"))
    assert "Ask PrimaCura for access." in page
    assert "practice manager" not in page


def test_a_form_without_its_token():
    client = Client(enforce_csrf_checks=True)
    client.cookies["mtvp_language"] = "en"
    response = client.post("/accounts/login/", {"login": "a"})
    assert response.status_code == 403
    assert "Nothing was saved." in words(response)


def test_our_own_failure_is_told_without_the_database(rf, django_assert_num_queries, settings):
    settings.LANGUAGE_CODE = "en"
    with django_assert_num_queries(0):
        response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert settings.HELP_PHONE in words(response)


def test_our_own_failure_is_told_by_the_site(client, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr("monitoring.home.views.places_of", broken)
    client.force_login(factories.user())
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in words(response)
    assert "is safe." in words(response)
