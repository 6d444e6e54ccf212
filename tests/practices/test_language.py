"""Dutch whatever the browser says; English by a switch that is remembered."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"


def switch(client, language, back=LOGIN):
    return client.post("/taal/", {"language": language, "next": back})


def test_the_browser_does_not_choose(client):
    response = client.get(LOGIN, headers={"accept-language": "en-GB,en"})
    assert '<html lang="nl">' in response.content.decode()
    assert response["Content-Language"] == "nl"


def test_the_switch_is_remembered_and_brings_one_back(client):
    response = switch(client, "en")
    assert response["Location"] == LOGIN
    cookie = response.cookies["mtvp_language"]
    assert (cookie.value, cookie["max-age"]) == ("en", 365 * 24 * 3600)
    assert '<html lang="en">' in client.get(LOGIN).content.decode()
    switch(client, "nl")
    assert '<html lang="nl">' in client.get(LOGIN).content.decode()


@pytest.mark.parametrize(
    "back", ["https://elders.example/", "//elders.example", "javascript:1", "", "elders", "home"]
)
def test_the_way_back_never_leads_elsewhere(client, back):
    assert switch(client, "en", back)["Location"] == "/"


def test_a_language_that_is_not_offered_is_refused(client):
    response = switch(client, "de")
    assert response.status_code == 400
    assert "mtvp_language" not in response.cookies
    client.cookies["mtvp_language"] = "de"
    assert '<html lang="nl">' in client.get(LOGIN).content.decode()


def test_it_is_a_form_with_a_token():
    assert Client().get("/taal/").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/taal/", {"language": "en"}).status_code == 403
