"""A week of consultations in a browser: from a known pattern into use, with and without a mouse."""

import pytest
from playwright.sync_api import Page, expect

from interventions.models import ConsultationSchedule, DayTemplate
from tests import factories
from tests.browser.test_pages import come_in, too_wide, wrong_with

pytestmark = pytest.mark.django_db(transaction=True)

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


def shown_well(page: Page) -> None:
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        assert not too_wide(page)
    page.set_viewport_size(DESK)
    assert wrong_with(page) == []


def test_a_practice_designs_a_week_and_puts_it_into_use(page: Page, live_server):
    doctor = factories.staff_user(factories.practice(slug="linde", name="Praktijk De Linde"))
    at = f"{live_server.url}/praktijk/linde/consultduur"
    page.context.add_cookies([{"name": "mtvp_language", "value": "en", "url": live_server.url}])
    come_in(page, live_server, doctor)
    page.goto(f"{at}/rooster/")
    page.get_by_role("link", name="Start a week").click()
    shown_well(page)
    page.get_by_role("button", name="Start from this 15 en 30 minuten, zonder 5").click()
    shown_well(page)
    page.get_by_role("link", name="Change the days").click()
    shown_well(page)
    first = page.locator("form[id^=row-]").first
    first.get_by_label("Until").fill("09:00")
    first.get_by_label("Until").press("Enter")
    expect(first.get_by_text("Saved")).to_be_visible()
    rows = page.locator("form[id^=row-]")
    expect(rows).to_have_count(9)
    assert DayTemplate.objects.get().blocks.filter(weekday=1, begins=480).get().ends == 540
    add = page.locator("#add")
    add.get_by_label("From").fill("17:00")
    add.get_by_label("Until").fill("17:30")
    add.get_by_label("Minutes").select_option("10")
    add.get_by_role("button", name="Add block").click()
    expect(page.locator("#picture")).to_contain_text("3 × 10")
    expect(rows).to_have_count(10)
    expect(page.locator("#add").get_by_label("From")).to_be_focused()
    rows.last.get_by_role("button", name="Take out").press("Enter")
    expect(rows).to_have_count(9)
    expect(page.get_by_role("button", name="Put it back")).to_be_focused()
    page.keyboard.press("Enter")
    expect(rows.last.get_by_label("From")).to_have_value("17:00")
    expect(rows.last.get_by_role("button", name="Save")).to_be_focused()
    expect(page.locator("form#add")).to_have_count(1)
    page.get_by_role("link", name="See what the week comes to").click()
    page.get_by_label("In use from").fill("2026-11-02")
    page.locator("section[aria-labelledby=use]").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. It counts at once.")).to_be_visible()
    assert ConsultationSchedule.objects.get().in_use_from.isoformat() == "2026-11-02"
    for rest in ("rooster/", "stappen/", "vragen/", "patienten/"):
        page.goto(f"{at}/{rest}")
        shown_well(page)
