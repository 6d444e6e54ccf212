"""A plan from the first word to the assistant at the telephone, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from highusers.models import PatientPlan, PlanAction
from practices.isolation import practice_scope
from practices.models import Practice, User
from practices.states import StaffRole
from tests import factories
from tests.browser.test_pages import NARROW, come_in, too_wide, wrong_with
from tests.highusers.planned import day, patient, plan_for, practice_in_year_2

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def linde() -> Practice:
    return practice_in_year_2()


@pytest.fixture
def nurse(linde: Practice) -> User:
    return factories.staff_user(linde, StaffRole.POH)


@pytest.fixture(autouse=True)
def here(page: Page, live_server) -> None:
    page.context.add_cookies([{"name": "mtvp_language", "value": "en", "url": live_server.url}])


@pytest.fixture(autouse=True)
def nothing_refused(page: Page) -> Iterator[None]:
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    yield
    assert said == []


def plan_page(live_server, practice: Practice, rest: str = "") -> str:
    return f"{live_server.url}/praktijk/{practice.slug}/plannen/v-01/{rest}"


def test_a_plan_is_written_started_and_an_action_ticked_off_in_place(
    page, live_server, linde, nurse
):
    patient(linde)
    come_in(page, live_server, nurse)
    page.goto(plan_page(live_server, linde))
    page.get_by_role("link", name="Draw up the plan").click()
    assert wrong_with(page) == []
    page.get_by_role("group", name="Can the high use be influenced?").get_by_label("Yes").check()
    page.get_by_label("Who acts").fill("practice nurse")
    page.get_by_label("How", exact=True).fill("a talk every month")
    page.get_by_label("Instruction for the telephone").fill("Double appointment")
    page.get_by_label("Loneliness").check()
    page.get_by_role("button", name="Save the plan").click()
    expect(page.locator("#messages")).to_contain_text("The plan is saved.")
    page.get_by_role("button", name="Start the plan").click()
    expect(page.locator(".tag").first).to_contain_text("Running")
    page.locator("#actions").get_by_label("What").fill("ask the neighbours")
    page.get_by_role("button", name="Add the action").click()
    expect(page.locator("#messages")).to_contain_text("The action is added.")
    url = page.url
    page.get_by_role("button", name="Done ask the neighbours").click()
    expect(page.locator("#messages")).to_contain_text("The action is done.")
    expect(page.get_by_role("button", name="Still to do ask the neighbours")).to_be_focused()
    assert page.url == url
    with practice_scope(linde):
        assert PlanAction.objects.get().state == "done"
    assert wrong_with(page) == []
    page.get_by_role("button", name="Still to do ask the neighbours").click()
    page.get_by_role("link", name="Edit ask the neighbours").click()
    expect(page.locator("#actions").get_by_label("What")).to_be_focused()
    assert wrong_with(page) == []


def test_a_conversation_gives_two_webs_over_one_another(page, live_server, linde, nurse):
    plan_for(linde, state="running")
    come_in(page, live_server, nurse)
    for held_on, mark in ((day(-90), "3"), (day(0), "8")):
        page.goto(plan_page(live_server, linde, "gesprek/nieuw/"))
        page.get_by_label("Date").fill(held_on.isoformat())
        for row in ("Bodily functions", "Meaning", "Taking part"):
            page.get_by_role("group", name=row).get_by_label(mark, exact=True).check(force=True)
        page.get_by_role("button", name="Save the conversation").click()
        expect(page.locator("#messages")).to_contain_text("The conversation is saved.")
    web = page.get_by_role("img", name="Spider web")
    expect(web).to_be_visible()
    shapes = web.evaluate("svg => ['circle', 'polygon'].map(k => svg.querySelectorAll(k).length)")
    assert shapes == [3 + 1, 3 + 1]
    assert wrong_with(page) == []
    page.goto(plan_page(live_server, linde, "gesprek/nieuw/"))
    assert wrong_with(page) == []


def test_marks_are_given_by_keyboard_alone(page, live_server, linde, nurse):
    plan_for(linde)
    come_in(page, live_server, nurse)
    page.goto(plan_page(live_server, linde, "gesprek/nieuw/"))
    body = page.get_by_role("group", name="Bodily functions")
    body.get_by_label("none").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(body.get_by_label("4", exact=True)).to_be_checked()


def test_the_assistant_types_numbers_and_reads_what_to_do(page, live_server, linde):
    plan_for(linde, state="running", instruction="Double appointment", reason="secret reason")
    come_in(page, live_server, factories.staff_user(linde, StaffRole.ASSISTANT))
    page.goto(f"{live_server.url}/praktijk/{linde.slug}/")
    page.get_by_role("link", name="Telephone card").click()
    expect(page.get_by_label("Patient number")).to_be_focused()
    page.keyboard.type("70001")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").last).to_contain_text("Double appointment")
    expect(page.get_by_label("Patient number")).to_be_focused()
    expect(page.get_by_label("Patient number")).to_have_value("")
    assert "secret reason" not in page.content()
    assert wrong_with(page) == []
    page.keyboard.type("12345")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").last).to_contain_text("No instruction.")
    assert "70001" not in page.content()
    assert "70001" not in page.url


def test_the_same_without_scripts(browser: Browser, live_server, linde, nurse):
    plan = plan_for(linde, state="running", instruction="Double appointment")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.context.add_cookies([{"name": "mtvp_language", "value": "en", "url": live_server.url}])
    come_in(page, live_server, nurse)
    page.goto(plan_page(live_server, linde))
    page.locator("#actions").get_by_label("What").fill("ask the neighbours")
    page.get_by_role("button", name="Add the action").click()
    expect(page.locator("#messages")).to_contain_text("The action is added.")
    page.get_by_role("button", name="Done ask the neighbours").click()
    expect(page.locator("#messages")).to_contain_text("The action is done.")
    page.goto(f"{live_server.url}/praktijk/{linde.slug}/telefoon/")
    page.get_by_label("Patient number").fill("70001")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Double appointment")
    page.goto(plan_page(live_server, linde, "tekst/"))
    expect(page.get_by_label("The plan as plain text")).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_be_hidden()
    with practice_scope(linde):
        assert PatientPlan.objects.get(pk=plan.pk).state == "running"
    context.close()


def test_the_text_for_the_record_is_copied_by_one_button(page, live_server, linde, nurse):
    plan_for(linde, goals="less worry")
    come_in(page, live_server, nurse)
    page.goto(plan_page(live_server, linde, "tekst/"))
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("status").last).to_contain_text("Copied.")
    assert wrong_with(page) == []


@pytest.mark.parametrize(
    "rest",
    ["", "bewerken/", "gesprek/nieuw/", "evaluatie/", "sluiten/", "versies/", "tekst/"],
)
def test_pages_of_a_patient_fit_a_phone_and_axe_finds_nothing(
    page, live_server, linde, nurse, rest
):
    plan_for(linde, state="running", hotspotter=True, evaluate_on=day(-3), goals="a " * 60)
    come_in(page, live_server, nurse)
    page.set_viewport_size(NARROW)
    page.goto(plan_page(live_server, linde, rest))
    assert too_wide(page) <= 0
    assert wrong_with(page) == []


@pytest.mark.parametrize("rest", ["plannen/", "netwerkpartners/", "telefoon/"])
def test_lists_and_the_card_fit_a_phone_and_axe_finds_nothing(
    page, live_server, linde, nurse, rest
):
    plan_for(linde, state="running", evaluate_on=day(-3), actor=nurse)
    come_in(page, live_server, nurse)
    page.set_viewport_size(NARROW)
    page.goto(f"{live_server.url}/praktijk/{linde.slug}/{rest}")
    assert too_wide(page) <= 0
    assert wrong_with(page) == []
