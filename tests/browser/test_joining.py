"""A practice from the public form to an agreed plan and a schedule in use, in a real browser."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from interventions.models import PracticePlan
from interventions.practice_plan.states import PlanState
from monitoring.standing import standing
from practices.joining.tasks import send_waiting
from practices.models import Practice
from practices.states import RegionRoleName
from tests import factories
from tests.browser.test_pages import NARROW, come_in, here, nothing_refused, too_wide

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["here", "nothing_refused"]  # fixtures that this file uses too

LENGTHS = 4
PASSWORD = "een lange zin met negen paarden"


def link_in(message, before: str) -> str:
    """The path of the address in a mail that begins with `before`."""
    found = re.search(rf"https?://[^/\s]+({re.escape(before)}\S*)", message.body)
    assert found is not None, message.body
    return found[1]


def cohort_to_come(today: date):
    return factories.cohort(
        name="Lichting 9",
        information_meeting_on=today - timedelta(days=20),
        enrol_before=today + timedelta(days=5),
        request_before=today + timedelta(days=9),
        start_on=today + timedelta(days=10),
    )


def test_from_the_public_form_to_an_agreed_plan_and_a_schedule(
    page: Page, browser: Browser, live_server
) -> None:
    today = timezone.localdate()
    cohort_to_come(today)
    coordinator = factories.region_user(RegionRoleName.COORDINATOR)
    consultant = factories.region_user(RegionRoleName.CONSULTANT, name="Sanne de Wit")

    apply(page, live_server)
    send_waiting()
    page.goto(live_server.url + link_in(mail.outbox[-1], "/aanmelden/bevestigen/"))
    page.get_by_role("button", name="Yes, this is right").click()
    expect(page.get_by_role("heading", name="Thank you, your application is in")).to_be_visible()

    with browser.new_context() as region:
        english = {"name": "mtvp_language", "value": "en", "url": live_server.url}
        region.add_cookies([english])
        accept(region, live_server, coordinator)
        practice = Practice.objects.get()
        invited = next(one for one in mail.outbox if "/uitnodiging/" in one.body)
        page.goto(live_server.url + link_in(invited, "/uitnodiging/"))
        page.get_by_label("Choose a password").fill(PASSWORD)
        page.get_by_role("button", name="Make my account").click()
        sign_in(page)
        send_waiting()
        page.goto(live_server.url + link_in(mail.outbox[-1], "/praktijk/"))
        expect(page.get_by_role("heading", name="In your first weeks")).to_be_visible()

        hand_in(page, live_server)
        as_consultant = region.new_page()
        come_in(as_consultant, live_server, consultant)
        as_consultant.goto(f"{live_server.url}/praktijk/de-vliet/ons-plan/")
        as_consultant.get_by_role("button", name="I agree for PrimaCura").click()
        expect(as_consultant.get_by_text("Agreed", exact=True)).to_be_visible()
    assert PracticePlan.objects.get().state == PlanState.AGREED

    use_a_schedule(page, live_server, today)
    begun = standing(practice.start, [practice.pk])[0]
    lengths = next(one for one in begun.obligations if one.intervention == LENGTHS)
    assert {part.name: part.achieved for part in lengths.parts}["schedule"] == 1


def apply(page: Page, live_server) -> None:
    page.set_viewport_size(NARROW)
    page.goto(f"{live_server.url}/aanmelden/")
    assert not too_wide(page)
    page.get_by_label("Name of the practice").fill("De Vliet")
    page.get_by_label("AGB code").fill("01009999")
    page.get_by_label("City").fill("Goirle")
    page.get_by_label("When do you want to start?").select_option(index=1)
    page.get_by_label("Your name").fill("Sam Bos")
    page.get_by_label("What you do in the practice").select_option("gp_owner")
    page.get_by_label("Your e-mail address at work").fill("sam@vliet.example")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Look in your mail")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 900})


def accept(region, live_server, coordinator) -> None:
    page = region.new_page()
    come_in(page, live_server, coordinator)
    page.goto(f"{live_server.url}/regio/deelname/")
    page.get_by_role("link", name="De Vliet, Goirle").click()
    page.get_by_label("Consultant").select_option(label="Sanne de Wit")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("link", name="De Vliet")).to_be_visible()


def sign_in(page: Page) -> None:
    page.get_by_label("E-mail address").fill("sam@vliet.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("link", name="Start", exact=True)).to_be_visible()


def hand_in(page: Page, live_server) -> None:
    page.goto(f"{live_server.url}/praktijk/de-vliet/ons-plan/")
    page.get_by_role("button", name="Begin the plan").click()
    for box in page.get_by_label("What will we do?").all():
        box.fill("Wij bespreken dit in het teamoverleg.")
        with page.expect_response(lambda answer: "/ons-plan/deel/" in answer.url):
            box.press("Tab")
    page.get_by_role("button", name="Hand in the plan").click()
    assert PracticePlan.objects.get().state == PlanState.HANDED_IN


def use_a_schedule(page: Page, live_server, today: date) -> None:
    page.goto(f"{live_server.url}/praktijk/de-vliet/consultduur/rooster/")
    page.get_by_role("link", name="Start a week").click()
    page.get_by_role("button", name="Start from this").first.click()
    page.get_by_label("In use from").fill(today.isoformat())
    page.locator("section", has=page.get_by_role("heading", name="Put into use")).get_by_role(
        "button", name="Save"
    ).click()
    page.goto(f"{live_server.url}/praktijk/de-vliet/consultduur/rooster/")
    expect(page.get_by_text("In use since")).to_be_visible()
