"""Enrolling and planning, each by the person who does it, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from practices.models import User
from tests.browser.test_pages import come_in, here, nothing_refused, wrong_with
from tests.region_story import Region, build_region
from tests.training import making
from training.models import Enrolment
from training.states import EnrolmentState, SessionKind

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["here", "nothing_refused"]  # fixtures that this file uses too

NARROW = {"width": 320, "height": 640}


@pytest.fixture
def region() -> Region:
    return build_region()


def enrolled(user: User) -> list[str]:
    return list(Enrolment.objects.filter(person=user.person).values_list("state", flat=True))


def test_a_doctor_enrols_in_three_clicks(page: Page, live_server, region: Region) -> None:
    come_in(page, live_server, region.doctor)
    page.goto(f"{live_server.url}/praktijk/de-linde/")
    page.get_by_role("link", name="Agenda", exact=True).click()
    page.get_by_role("link", name="Enrol for Intervisie").click()
    expect(page.get_by_label(region.doctor.person.name)).to_be_checked()
    page.get_by_role("button", name="Enrol", exact=True).click()
    expect(page.get_by_text(f"{region.doctor.person.name} has a place.")).to_be_visible()
    assert enrolled(region.doctor) == [EnrolmentState.CONFIRMED]


def test_an_assistant_enrols_in_three_clicks_on_a_phone(
    page: Page, live_server, region: Region
) -> None:
    come_in(page, live_server, region.assistant)
    page.set_viewport_size(NARROW)
    page.goto(f"{live_server.url}/praktijk/de-linde/")
    page.get_by_role("link", name="Agenda", exact=True).click()
    page.get_by_role("link", name="Enrol for Basistraining triage").click()
    page.get_by_role("button", name="Enrol me").click()
    expect(page.get_by_text("has a place", exact=True)).to_be_visible()
    assert enrolled(region.assistant) == [EnrolmentState.CONFIRMED]


def test_a_full_session_leads_to_the_queue_and_a_free_place_to_the_mail(
    page: Page, live_server, region: Region
) -> None:
    session = making.session(title="Volle avond", capacity=1)
    (has,) = making.enrolled(session, *making.doctors(region.korvel, 1))
    come_in(page, live_server, region.doctor)
    page.goto(f"{live_server.url}/agenda/")
    page.get_by_role("link", name="Waiting list of Volle avond").click()
    page.get_by_role("button", name="Put on the waiting list").click()
    expect(page.get_by_text("waiting list, place 1")).to_be_visible()
    come_in(page, live_server, region.coordinator)
    page.goto(f"{live_server.url}/regio/agenda/{session.pk}/")
    page.get_by_role("button", name=f"Take off {has.person.name}").click()
    expect(page.get_by_text(f"{has.person.name} is no longer enrolled.")).to_be_visible()
    assert enrolled(region.doctor) == [EnrolmentState.CONFIRMED]


def test_the_coordinator_plans_a_series(page: Page, live_server, region: Region) -> None:
    come_in(page, live_server, region.coordinator)
    page.goto(f"{live_server.url}/agenda/")
    page.get_by_role("link", name="Plan a session").click()
    page.get_by_label("Kind").select_option(SessionKind.INTERVISION)
    page.get_by_label("Title").fill("Intervisiegroep Noord")
    page.get_by_label("Date", exact=True).fill(f"{making.in_days(20):%Y-%m-%d}")
    page.get_by_label("How many dates").fill("3")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("3 sessions are planned.")).to_be_visible()


@pytest.mark.parametrize("path", ["/agenda/", "/agenda/maand/", "/agenda/abonnement/"])
def test_pages_have_no_fault_and_fit_a_phone(
    page: Page, live_server, region: Region, path: str
) -> None:
    come_in(page, live_server, region.doctor)
    _looks_right(page, f"{live_server.url}{path}")


def test_the_pages_of_a_session_have_no_fault_and_fit_a_phone(
    page: Page, live_server, region: Region
) -> None:
    session = making.session(capacity=1, cancel_until=making.in_days(20))
    making.enrolled(session, *making.doctors(region.linde, 3))
    come_in(page, live_server, region.doctor)
    _looks_right(page, f"{live_server.url}/praktijk/de-linde/agenda/{session.pk}/collegas/")
    come_in(page, live_server, region.assistant)
    _looks_right(page, f"{live_server.url}/praktijk/de-linde/agenda/{session.pk}/")
    come_in(page, live_server, region.coordinator)
    _looks_right(page, f"{live_server.url}/regio/agenda/{session.pk}/")
    _looks_right(page, f"{live_server.url}/regio/agenda/nieuw/")


def _looks_right(page: Page, address: str) -> None:
    page.goto(address)
    assert wrong_with(page) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.set_viewport_size({"width": 1280, "height": 900})
