"""Choosing which mail one gets, from the mail itself and from the menu, in a real browser."""

import pytest
from django.conf import settings as configured
from playwright.sync_api import Page, expect

from practices.mailing.links import stop_link
from practices.mailing.services import WEEKLY
from practices.models import MailOptOut
from tests.browser.test_pages import come_in, here, nothing_refused, wrong_with
from tests.region_story import build_region

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["here", "nothing_refused"]  # fixtures that this file uses too


def test_out_by_the_link_on_a_phone_and_back_by_the_menu(page: Page, live_server) -> None:
    doctor = build_region().doctor
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(live_server.url + stop_link(doctor, WEEKLY).removeprefix(configured.SITE_URL))
    page.get_by_role("button", name="Send me no weekly mail").click()
    expect(page.get_by_text("You no longer get the weekly mail.")).to_be_visible()
    assert wrong_with(page) == []
    come_in(page, live_server, doctor)
    page.goto(f"{live_server.url}/praktijk/de-linde/")
    page.locator("summary").click()
    page.get_by_role("link", name="Mail you get").click()
    weekly = page.get_by_label("Send me the weekly mail")
    expect(weekly).not_to_be_checked()
    weekly.check()
    page.get_by_label("Your opinion of a session you were at").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. This is the mail you get from now on.")).to_be_visible()
    assert wrong_with(page) == []
    assert [one.kind for one in MailOptOut.objects.filter(user=doctor)] == ["mail-evaluation"]
