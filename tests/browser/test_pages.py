"""The pages as people meet them: by mouse and keyboard, on a phone, without scripts, read aloud."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from practices.models import User
from tests.factories import PASSWORD
from tests.region_story import Region, build_region

pytestmark = pytest.mark.django_db(transaction=True)

AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}

FOR_ALL = ["/accounts/login/", "/accounts/password/reset/"]
OF_DOCTOR = [
    "/praktijk/de-linde/",
    "/praktijk/de-linde/veelgebruikers/",
    "/praktijk/de-linde/veelgebruikers/uitdraai/bestand/",
    "/praktijk/de-linde/veelgebruikers/uitdraai/hulp/",
    "/praktijk/de-linde/plannen/v-01/",
    "/praktijk/de-linde/patient/",
    "/praktijk/de-linde/toezicht/",
    "/praktijk/de-linde/team/",
    "/praktijk/de-linde/team/uitnodigen/",
    "/praktijk/de-linde/team/inzage/",
    "/praktijk/de-linde/consultduur/rooster/",
    "/praktijk/de-linde/vragenlijst/",
    "/praktijk/de-linde/intervisie/",
    "/uitleg/",
    "/uitleg/interventie/regie/",
    "/praktijk/de-linde/regie/",
    "/agenda/",
    "/accounts/2fa/",
    "/accounts/password/change/",
    "/accounts/sessions/",
    "/bestaat-niet/",
]
OF_COORDINATOR = [
    "/regio/",
    "/regio/?lichting=0",
    "/praktijk/korvel/",
    "/praktijk/de-reit/",
    "/praktijk/wandelbos/",
    "/praktijk/wandelbos/consultduur/rooster/",
    "/praktijk/de-reit/vragenlijst/2/",
    "/praktijk/korvel/vragenlijst/1/",
    "/praktijken/",
    "/regio/teksten/",
    "/regio/inlezen/",
    "/regio/jaarverslag/",
    "/regio/uitnodigen/",
    "/regio/regioprestatie/",
    "/regio/regioprestatie/lijst/",
    "/regio/vergoeding/",
    "/regio/tarieven/",
    "/regio/doelen/",
    "/regio/verloop/",
    "/praktijk/de-reit/verloop/",
]


@pytest.fixture
def region() -> Region:
    return build_region()


@pytest.fixture(autouse=True)
def here(page: Page, live_server) -> None:
    """English, because the texts in the code are; Dutch is a catalogue."""
    page.context.add_cookies([{"name": "mtvp_language", "value": "en", "url": live_server.url}])


@pytest.fixture(autouse=True)
def nothing_refused(page: Page) -> Iterator[None]:
    """No script fails and nothing of a page is refused by the content security policy."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    yield
    page_not_found = "Failed to load resource: the server responded with a status of 404"
    assert [line for line in said if not line.startswith(page_not_found)] == []


def come_in(page: Page, live_server, user: User) -> None:
    """Signed in without the form."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )


def sign_in(page: Page, live_server, user: User) -> None:
    page.goto(f"{live_server.url}/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def wrong_with(page: Page) -> list[str]:
    """What axe finds, one line per rule and element."""
    page.evaluate(AXE.read_text())
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{found['id']}: {node['target']}"
        for found in result["violations"]
        for node in found["nodes"]
    ]


def too_wide(page: Page) -> int:
    """By how many pixels the page scrolls sideways."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def test_a_doctor_signs_in_finds_what_to_do_and_signs_out(page, live_server, region):
    sign_in(page, live_server, region.doctor)
    expect(page).to_have_url(f"{live_server.url}/praktijk/de-linde/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("De Linde")
    expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(9)
    page.get_by_role("link", name="Choose patients").click()
    expect(page).to_have_url(f"{live_server.url}/praktijk/de-linde/veelgebruikers/")
    page.locator("summary", has_text="De Linde").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{live_server.url}/accounts/login/")
    page.goto(f"{live_server.url}/praktijk/de-linde/")
    expect(page).to_have_url(f"{live_server.url}/accounts/login/?next=/praktijk/de-linde/")


def test_a_wrong_password_is_told_on_top_and_has_the_focus(page, live_server, region):
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_title("Error: Sign in · More time for the patient")
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="Fill in your e-mail address").click()
    expect(page.get_by_label("E-mail address")).to_be_focused()
    assert wrong_with(page) == []


def test_the_coordinator_filters_and_follows_a_cell_to_its_evidence(page, live_server, region):
    come_in(page, live_server, region.coordinator)
    page.goto(f"{live_server.url}/")
    expect(page).to_have_title("(2) Region · More time for the patient")
    page.get_by_label("Cohort").select_option(label=region.linde.cohort.name)
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("rowheader")).to_have_count(1)
    page.get_by_role("row", name="De Linde").get_by_role("link", name="Attention").first.click()
    expect(page).to_have_url(f"{live_server.url}/praktijk/de-linde/regie/")
    expect(page.get_by_role("main")).to_contain_text("3 of 5 plans")


def test_the_second_step_is_set_up_with_a_picture_of_the_page_itself(
    page, live_server, region, settings
):
    settings.SECOND_FACTOR_REQUIRED = True
    sign_in(page, live_server, region.doctor)
    expect(page).to_have_url(f"{live_server.url}/accounts/2fa/")
    page.get_by_role("link", name="Set up the app").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    picture = page.get_by_role("img", name="QR code")
    expect(picture).to_be_visible()
    box = picture.locator("svg").bounding_box()
    assert box is not None
    assert box["width"] > 150
    assert wrong_with(page) == []


def test_the_keyboard_jumps_over_the_menu(page, live_server, region):
    come_in(page, live_server, region.doctor)
    page.goto(f"{live_server.url}/praktijk/de-linde/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Choose patients")).to_be_focused()


def test_the_language_is_a_switch_that_is_remembered(page, live_server, region):
    come_in(page, live_server, region.doctor)
    page.goto(f"{live_server.url}/praktijk/de-linde/team/")
    page.get_by_role("button", name="Nederlands").click()
    expect(page).to_have_url(f"{live_server.url}/praktijk/de-linde/team/")
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    page.goto(f"{live_server.url}/agenda/")
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def each(paths: list[str], page: Page, live_server, check: Callable[[Page], object]) -> dict:
    """What a check finds wrong, by page."""
    found = {}
    for path in paths:
        page.goto(live_server.url + path)
        if wrong := check(page):
            found[path] = wrong
    return found


@pytest.mark.parametrize(
    ("who", "paths"), [("", FOR_ALL), ("doctor", OF_DOCTOR), ("coordinator", OF_COORDINATOR)]
)
def test_pages_are_sound_for_a_screen_reader_and_fit_a_small_phone(
    page, live_server, region, who, paths
):
    if who:
        come_in(page, live_server, getattr(region, who))
    page.set_viewport_size(WIDE)
    assert each(paths, page, live_server, wrong_with) == {}
    page.set_viewport_size(NARROW)
    assert each(paths, page, live_server, too_wide) == {}


def test_everything_works_without_scripts(browser: Browser, live_server, region):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url)
    page.get_by_role("button", name="English").click()
    page.get_by_label("E-mail address").fill(region.coordinator.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(f"{live_server.url}/regio/")
    page.get_by_label("Show first").select_option(label="Name")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("rowheader").first).to_contain_text("De Linde")
    page.get_by_role("link", name="De Linde").click()
    expect(page.get_by_role("heading", name="The six interventions")).to_be_visible()
    page.locator("details.menu > summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{live_server.url}/accounts/login/")
    context.close()
