"""The mirror on a wide screen and on a phone: text that can be read, and read aloud."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from tests import factories
from tests.monitoring.mirror.region import LISTS, fill, practices

pytestmark = pytest.mark.django_db(transaction=True)

AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.chart svg')]
    .filter(svg => svg.getBoundingClientRect().width > 0)
    .map(svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width * 13))"""


def test_the_mirror_can_be_read_on_every_screen_and_aloud(page: Page, live_server) -> None:
    made = practices(10)
    fill(made)
    fill(made, year=2024, counts=[(size, count + 9) for size, count in LISTS])
    client = Client()
    client.force_login(factories.staff_user(made[0]))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [
            {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url},
            {"name": "mtvp_language", "value": "en", "url": live_server.url},
        ]
    )
    page.goto(f"{live_server.url}/praktijk/{made[0].slug}/spiegel/")
    page.get_by_role("link", name="Verwijzingen per patiënt").click()
    drawing = page.get_by_role("img", name="Verwijzingen per patiënt, 2025")
    for width in (1280, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        expect(drawing).to_have_count(1)  # The other one is not there for whoever listens.
        assert page.evaluate(SMALLEST) >= (11 if width == 320 else 13), width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_text("View the figures as a table").first.click()
    expect(page.get_by_role("row", name="Practices compared 10")).to_be_visible()
    page.evaluate(AXE.read_text())
    found = page.evaluate("async () => (await axe.run()).violations.map(one => one.id)")
    assert found == []
