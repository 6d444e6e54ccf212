"""Choosing in a real browser: rows that save themselves, two colleagues in one row, the meeting."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from highusers.models import Judgement
from practices.isolation import practice_scope
from practices.models import Practice, User
from practices.programme_year import add_years
from tests import factories
from tests.browser.test_pages import NARROW, WIDE, too_wide, wrong_with
from tests.highusers.choosing.lists import judgement, say, tell_more
from tests.highusers.extracts import store

pytestmark = pytest.mark.django_db(transaction=True)
BIG_SCREEN = {"width": 1920, "height": 1080}
TABLET = {"width": 1024, "height": 768}
CUT_OFF = "net::ERR_FAILED"
"""What the browser says, and htmx after it, when a test keeps a save from arriving."""

LIST = "/praktijk/de-linde/veelgebruikers/"


@pytest.fixture
def practice() -> Practice:
    today = timezone.localdate()
    made = factories.practice(slug="de-linde", start_on=add_years(today, -1) + timedelta(days=40))
    store(made, {"1": 64, "2": 58, "3": 40, "4": 31})
    by_type = {"consultation/practice": 40, "telephone/remote": 20, "visit/home": 4}
    months = {f"2023-{month:02d}": month for month in range(4, 13)}
    tell_more(made, 1, by_type=by_type, by_month=months, sex="F")
    return made


@pytest.fixture
def doctor(practice: Practice) -> User:
    return colleague(practice, "gp_owner", "Dokter Smit")


@pytest.fixture
def nurse(practice: Practice) -> User:
    return colleague(practice, "poh", "Lotte de Wit")


def colleague(practice: Practice, role: str, name: str) -> User:
    someone = factories.person(name=name)
    factories.employment(practice=practice, person=someone, role=role)
    return factories.user(person=someone, name=name)


@pytest.fixture(autouse=True)
def nothing_refused(page: Page) -> Iterator[None]:
    """No script fails and nothing of a page is refused by the content security policy."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    yield
    assert [line for line in said if CUT_OFF not in line and not line.startswith("htmx:")] == []


def come_in(context: BrowserContext, live_server, user: User) -> None:
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [
            {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url},
            {"name": "mtvp_language", "value": "en", "url": live_server.url},
        ]
    )


def answer(page: Page, code: str, word: str):
    return page.locator(f"#row-{code}").get_by_label(word, exact=True)


def test_a_row_saves_itself_and_the_choice_can_be_undone(page, live_server, practice, doctor):
    come_in(page.context, live_server, doctor)
    page.goto(live_server.url + LIST)
    answer(page, "v-02", "Yes").check()
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    expect(page.locator("#said-v-02")).to_contain_text("Dokter Smit")
    page.get_by_label("Profile of V-02").select_option(label="Profile 3")
    expect(page.locator("#said-v-02 [name=version]")).to_have_value("2")
    page.get_by_role("button", name="Choose V-02").click()
    expect(page.locator("#bar-choice")).to_contain_text("1 of 5 chosen: V-02")
    expect(page.get_by_role("button", name="Undo the choice of V-02")).to_be_focused()
    page.get_by_label("Reason for choosing V-02").fill("belt bij zorgen")
    page.keyboard.press("Tab")
    expect(page.locator("#said-v-02 [name=version]")).to_have_value("4")
    found = judgement(practice, 2)
    assert (found.influenceable, found.profile.number, found.reason, found.position) == (
        "yes", 3, "belt bij zorgen", 1,
    )  # fmt: skip
    page.get_by_role("button", name="Undo the choice of V-02").click()
    expect(page.locator("#bar-choice")).to_contain_text("0 of 5 chosen")
    assert wrong_with(page) == []
    page.reload()
    expect(answer(page, "v-02", "Yes")).to_be_checked()


def test_quick_answers_after_one_another_are_all_kept(page, live_server, practice, doctor):
    come_in(page.context, live_server, doctor)
    page.goto(live_server.url + LIST)
    answer(page, "v-01", "In doubt").check()
    page.get_by_label("Profile of V-01").select_option(label="Profile 5")
    answer(page, "v-01", "No").check()
    expect(page.locator("#said-v-01 [name=was_influenceable]")).to_have_value("no")
    expect(page.locator("#said-v-01 [name=was_profile]")).not_to_have_value("")
    found = judgement(practice, 1)
    assert (found.influenceable, found.profile.number) == ("no", 5)
    expect(page.locator(".clash")).to_have_count(0)


def test_two_colleagues_in_one_row(
    page: Page, browser: Browser, live_server, practice, doctor, nurse
):
    come_in(page.context, live_server, doctor)
    page.goto(live_server.url + LIST)
    other = browser.new_context()
    come_in(other, live_server, nurse)
    hers = other.new_page()
    hers.goto(live_server.url + LIST)

    answer(hers, "v-01", "No").check()
    expect(hers.locator("#saved")).to_contain_text("Saved")
    answer(page, "v-01", "Yes").check()
    clash = page.locator("#said-v-01 .clash")
    expect(clash).to_contain_text("Lotte de Wit changed this at")
    expect(clash.get_by_role("cell")).to_have_text(["No", "Yes"])
    expect(page.locator("#saved")).to_contain_text("Not saved: Lotte de Wit was first.")
    expect(answer(page, "v-01", "Yes")).to_be_checked()
    assert judgement(practice).influenceable == "no"
    assert wrong_with(page) == []
    page.get_by_role("button", name="Save mine").click()
    expect(clash).to_have_count(0)
    assert judgement(practice).influenceable == "yes"

    answer(hers, "v-01", "In doubt").check()
    hers.get_by_role("button", name="Keep what is there now").click()
    expect(answer(hers, "v-01", "Yes")).to_be_checked()
    assert judgement(practice).said_by == doctor
    other.close()


def test_the_meeting_goes_by_the_keyboard(page, live_server, practice, doctor):
    come_in(page.context, live_server, doctor)
    page.set_viewport_size(BIG_SCREEN)
    page.goto(live_server.url + LIST)
    page.get_by_role("link", name="Discuss one by one").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("V-01")
    expect(page.get_by_role("navigation", name="Main menu")).to_be_hidden()
    page.keyboard.press("j")
    expect(page.locator("#saved")).to_contain_text("Saved")
    page.keyboard.press("3")
    expect(page.locator("#said-v-01 [name=version]")).to_have_value("2")
    page.keyboard.press("k")
    expect(page.locator("#bar-choice")).to_contain_text("1 of 5 chosen: V-01")
    page.get_by_label("Reason for choosing V-01").fill("jknt")
    page.keyboard.press("Escape")
    expect(page.locator("#said-v-01 [name=was_reason]")).to_have_value("jknt")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", level=1)).to_have_text("V-02")
    page.keyboard.press("n")
    expect(page.locator("#said-v-02 [name=was_influenceable]")).to_have_value("no")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", level=1)).to_have_text("V-01")
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{live_server.url}{LIST}#row-v-01")
    with practice_scope(practice):
        said = list(Judgement.objects.order_by("high_user__number").values_list(
            "influenceable", "profile__number", "position"
        ))  # fmt: skip
    assert said == [("yes", 3, 1), ("no", None, None)]


def test_keys_can_be_switched_off(page, live_server, practice, doctor):
    come_in(page.context, live_server, doctor)
    page.goto(f"{live_server.url}{LIST}kiezen/v-01/")
    page.get_by_label("Use keys").uncheck()
    page.keyboard.press("j")
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_label("Use keys")).not_to_be_checked()
    page.keyboard.press("j")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", level=1)).to_have_text("V-02")
    assert judgement(practice) is None


def test_a_save_that_does_not_arrive_is_told(page, live_server, practice, doctor):
    come_in(page.context, live_server, doctor)
    page.goto(live_server.url + LIST)
    page.route("**/oordeel/**", lambda route: route.abort())
    answer(page, "v-01", "Yes").check()
    expect(page.get_by_role("alert").filter(has_text="no connection")).to_be_visible()
    page.unroute("**/oordeel/**")
    answer(page, "v-01", "No").check()
    expect(page.locator("#not-saved")).to_be_hidden()
    assert judgement(practice).influenceable == "no"


@pytest.mark.parametrize("rest", ["", "kiezen/v-01/", "kiezen/loten/", "teamoverleg/", "gewoonte/"])
def test_pages_are_sound_and_fit(page, live_server, practice, doctor, rest):
    say(practice, doctor, 2, influenceable="yes")
    say(practice, doctor, 3, influenceable="yes")
    come_in(page.context, live_server, doctor)
    for size in (WIDE, TABLET):
        page.set_viewport_size(size)
        page.goto(live_server.url + LIST + rest)
        assert wrong_with(page) == []
    page.set_viewport_size(NARROW)
    assert too_wide(page) == 0


def test_choosing_without_scripts(browser, live_server, practice, doctor):
    context = browser.new_context(java_script_enabled=False)
    come_in(context, live_server, doctor)
    page = context.new_page()
    page.goto(f"{live_server.url}{LIST}?volgorde=code")
    answer(page, "v-03", "In doubt").check()
    page.locator("#row-v-03").get_by_role("button", name="Save").click()
    expect(page).to_have_url(f"{live_server.url}{LIST}?volgorde=code#row-v-03")
    expect(answer(page, "v-03", "In doubt")).to_be_checked()
    page.get_by_role("button", name="Choose V-03").click()
    expect(page.locator("#bar-choice")).to_contain_text("1 of 5 chosen: V-03")
    page.get_by_role("link", name="Make 1 plan").click()
    expect(page).to_have_url(f"{live_server.url}/praktijk/de-linde/plannen/v-03/nieuw/")
    context.close()
