"""Where each role comes in, the own practices and the agenda."""

from datetime import timedelta

import pytest
from django.utils import timezone

from practices.models import Practice
from practices.states import RegionRoleName
from tests import factories, region_story
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["mtvp_language"] = "en"


def home(client, user):
    client.force_login(user)
    response = client.get("/")
    assert response.status_code == 302
    return response["Location"]


def test_each_role_has_its_own_home(client):
    region = region_story.build_region()
    double = factories.staff_user(region.linde)
    factories.employment(practice=region.korvel, person=double.person)
    assert {
        "doctor": home(client, region.doctor),
        "assistant": home(client, region.assistant),
        "two practices": home(client, double),
        "consultant": home(client, region.consultant),
        "coordinator": home(client, region.coordinator),
        "facilitator": home(client, region.facilitator),
        "reader at an insurer": home(client, region.insurer_reader),
        "privacy officer": home(client, factories.region_user(RegionRoleName.PRIVACY_OFFICER)),
        "administrator": home(client, factories.region_user(RegionRoleName.ADMIN)),
        "nobody yet": home(client, factories.user()),
    } == {
        "doctor": "/praktijk/de-linde/",
        "assistant": "/praktijk/de-linde/",
        "two practices": "/praktijken/",
        "consultant": "/vandaag/",
        "coordinator": "/regio/",
        "facilitator": "/agenda/",
        "reader at an insurer": "/jaarverslagen/",
        "privacy officer": "/toezicht/",
        "administrator": "/beheer/",
        "nobody yet": "/praktijken/",
    }


def test_nobody_comes_in_without_signing_in(client):
    assert client.get("/")["Location"] == "/accounts/login/?next=/"


def test_own_practices_are_those_worked_in_today_or_visited(client):
    region = region_story.build_region()
    user = factories.staff_user(region.linde)
    factories.employment(practice=region.korvel, person=user.person)
    gone = factories.employment(practice=region.reit, person=user.person)
    gone.ended_on = timezone.localdate() - timedelta(days=1)
    gone.save()
    client.force_login(user)
    shown = client.get("/praktijken/").context["rows"]
    assert {row.practice for row in shown} == {region.linde, region.korvel}
    client.force_login(region.consultant)
    assert len(client.get("/praktijken/").context["rows"]) == 5


def test_an_account_without_a_practice_is_told_whom_to_call(client):
    client.force_login(factories.user())
    assert "Your account is not linked to a practice yet." in words(client.get("/praktijken/"))


def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries):
    for _ in range(3):
        user = factories.region_user(RegionRoleName.CONSULTANT)
        for _ in range(1 if not Practice.objects.exists() else 3):
            factories.practice(consultant=user)
        client.force_login(user)
        with django_assert_num_queries(19):
            client.get("/praktijken/")
