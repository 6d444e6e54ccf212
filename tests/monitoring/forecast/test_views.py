"""The coordinator's pages of the forecast."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from practices.models import Practice
from tests import factories
from tests.monitoring.forecast.test_overview import DAY, deadline_of
from tests.pages import words
from tests.training import making
from training.models import Attendance

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice() -> Practice:
    start = timezone.localdate() - timedelta(days=180)
    return factories.practice(name="De Linde", start_on=start)


@pytest.fixture
def coordinator(client: Client) -> Client:
    client.cookies["mtvp_language"] = "en"
    client.force_login(making.coordinator())
    return client


def needs_page(practice: Practice, kind: str = "intervision") -> str:
    return reverse("training_needs", args=[kind, deadline_of(practice).isoformat()])


def test_from_what_falls_short_to_a_session_for_it(coordinator: Client, practice: Practice) -> None:
    making.doctors(practice, 3)
    page = coordinator.get(reverse("training_forecast"))
    assert "There are too few places for: The other conversation, Intervision." in words(page)
    assert "2 GPs still need 2 times; there are 0 places before" in words(page)
    assert "4 places short Plan 2 more sessions of 12 places before" in words(page)
    before = deadline_of(practice) + DAY
    link = f"{reverse('session_new')}?soort=intervision&amp;voor={before}"
    assert link in page.content.decode()
    assert needs_page(practice) in page.content.decode()
    form = coordinator.get(link.replace("&amp;", "&")).context["form"]
    assert form.initial["kind"] == "intervision"
    assert form.initial["held_on"] < before


def test_who_is_behind_the_number(coordinator: Client, practice: Practice) -> None:
    been, comes, waits = making.doctors(practice, 3)
    factories.user(person=comes, email="komt@voorbeeld.example")
    type(waits).objects.filter(pk=waits.pk).update(email="wacht@voorbeeld.example")
    Attendance.objects.create(
        session=making.session(held_on=making.in_days(-20)), person=been, present=True
    )
    coming = making.session(capacity=1)
    making.enrolled(coming, comes, waits)
    said = words(coordinator.get(needs_page(practice)))
    day = coming.held_on
    assert "2 more GPs needed" in said
    assert f"{been.name} (GP, practice owner) : 1 of 2 times" in said
    assert f"{comes.name} (GP, practice owner) : 0 of 2 times, has a place on" in said
    assert f"{waits.name} (GP, practice owner) : 0 of 2 times, waits for" in said
    assert f"{day:%Y}" in said
    assert "komt@voorbeeld.example, wacht@voorbeeld.example" in said
    assert f"No address is known of: {been.name}" in said
    page = coordinator.get(needs_page(practice)).content.decode()
    assert "mailto:?bcc=komt@voorbeeld.example,wacht@voorbeeld.example" in page
    assert reverse("manage_session", args=[coming.pk]) in page


def test_who_is_not_needed_any_more_is_not_invited(coordinator: Client, practice: Practice) -> None:
    """One of two GPs is enough, and one has both places."""
    comes, _other = making.doctors(practice, 2)
    type(comes).objects.update(email="iemand@voorbeeld.example")
    for days in (30, 40):
        making.enrolled(making.session(held_on=making.in_days(days)), comes)
    page = coordinator.get(needs_page(practice))
    assert "Everybody who is needed before" in words(page)
    assert "1 more GP needed · programme year 1 has its places" in words(page)
    assert "iemand@voorbeeld.example" not in words(page)


def test_a_long_list_of_addresses_is_no_link(coordinator: Client, practice: Practice) -> None:
    for number in range(60):
        factories.employment(
            practice=practice,
            person=factories.person(email=f"{number}-{'a' * 40}@voorbeeld.example"),
        )
    page = coordinator.get(needs_page(practice)).content.decode()
    assert "mailto:" not in page
    assert f"59-{'a' * 40}@voorbeeld.example" in page


def test_a_deadline_of_nobody_says_so(coordinator: Client) -> None:
    said = words(coordinator.get("/regio/scholing/triage/2030-03-31/"))
    assert "Nobody needs a place for this norm on that day any more." in said
    assert coordinator.get("/regio/scholing/triage/2030-02-31/").status_code == 404
    assert coordinator.get(f"/regio/scholing/{quote('visit')}/2030-03-31/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(
    coordinator: Client, practice: Practice, number: int, django_assert_num_queries
) -> None:
    for _one in range(number):
        other = factories.practice(start_on=practice.start_on)
        making.doctors(other, number)
        making.session()
    with django_assert_num_queries(13):
        coordinator.get(reverse("training_forecast"))
    with django_assert_num_queries(16):
        coordinator.get(needs_page(practice))
