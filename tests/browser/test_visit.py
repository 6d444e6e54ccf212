"""A whole visit on a tablet: the network goes halfway, the tab is closed, and nothing is lost."""

import io
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.utils import timezone, translation
from playwright.sync_api import Error, Page, expect
from pypdf import PdfReader

from monitoring.models import Bottleneck, VisitAgreement, VisitAnswer
from monitoring.standing import standing
from monitoring.visits.capture import keep, on_page
from monitoring.visits.questions import NEWEST, parts_of
from monitoring.visits.services import send_report, start_visit
from monitoring.visits.states import Effect, Going, Habit, InUse, Used
from practices.models import Practice, User
from practices.states import RegionRoleName, StaffRole
from tests import factories
from tests.browser.test_pages import come_in, too_wide, wrong_with
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

TABLET = {"width": 820, "height": 1180}
FINGER = 56
TAPS = {
    **{f"i{number}-going": Going.WELL for number in (1, 2, 5)},
    **{f"i{number}-going": Going.STUCK for number in (3, 4, 6)},
    "i1-habit": Habit.PARTLY,
    "i3-used": Used.SOMETIMES,
    "i3-effect": Effect.CLEAR,
    "i4-in_use": InUse.YES,
}
QUESTIONS = [question for part in parts_of(NEWEST) for question in part.questions]
NOTES = {one.key: f"Antwoord op {one.key}." for one in QUESTIONS if one.choices is None}
HALFWAY = len(QUESTIONS) // 2


without_worker = pytest.mark.browser_context_args(service_workers="block")
"""What goes by way of a service worker cannot be held up by the page."""


@pytest.fixture
def consultant() -> User:
    return factories.region_user(RegionRoleName.CONSULTANT, name="Sanne de Wit")


@pytest.fixture
def practice(consultant: User) -> Practice:
    today = timezone.localdate()
    made = factories.practice(
        name="De Linde", start_on=today - timedelta(days=100), consultant=consultant
    )
    assistant = factories.person(name="Mila Bos")
    factories.employment(person=assistant, practice=made, role=StaffRole.ASSISTANT)
    return made


@pytest.fixture
def owner(practice: Practice) -> User:
    return factories.staff_user(practice, StaffRole.GP_OWNER)


@pytest.fixture(autouse=True)
def on_a_tablet(page: Page, live_server, consultant: User) -> Iterator[None]:
    page.set_viewport_size(TABLET)
    page.context.add_cookies([{"name": "mtvp_language", "value": "en", "url": live_server.url}])
    come_in(page, live_server, consultant)
    refused: list[str] = []
    page.on("pageerror", lambda error: refused.append(str(error)))
    with translation.override("en"):
        yield
    assert refused == []


def line(page: Page):
    return page.locator("[data-draft-line]")


def answer(page: Page, key: str) -> None:
    if key in TAPS:
        page.locator(f'label:has(input[name="{key}"][value="{TAPS[key]}"])').click()
    else:
        page.locator(f'textarea[name="{key}"]').fill(NOTES[key])


def put_down_agreement(page: Page, part: str, what: str, due_on: date, owner: str) -> None:
    place = page.locator(f"#{part}")
    place.locator(".visit-more > summary").click()
    place.get_by_label("What is done?").fill(what)
    place.get_by_label("Who does it?").select_option(label=owner)
    place.get_by_label("Before which day?").fill(due_on.isoformat())
    place.get_by_role("button", name="Put this down").click()


def reword_agreement(page, part: str, before: str, after: str) -> None:
    place = page.locator(f"#{part}")
    place.get_by_role("button", name="Change it").click()
    place.get_by_label("What is done?").fill(after)
    place.get_by_role("button", name="Put this down").click()
    expect(place.locator(".visit-list")).to_contain_text(after)
    expect(place.locator(".visit-list")).not_to_contain_text(before)


def remove_and_put_back(page, part: str, what: str) -> None:
    place = page.locator(part)
    place.get_by_role("button", name="Remove").click()
    back = place.get_by_role("button", name="Put it back")
    expect(back).to_be_focused()
    back.click()
    expect(place.get_by_text("Removed:")).to_have_count(0)
    expect(place.locator(".visit-list [data-added]")).to_contain_text(what)


def test_every_answer_of_a_visit_without_network_is_in_the_report(
    page, live_server, consultant, practice, owner
):
    today, context = timezone.localdate(), page.context
    earlier = earlier_agreement(practice, consultant, today)
    page.goto(f"{live_server.url}/praktijk/{practice.slug}/bezoeken/")
    page.get_by_role("button", name="Begin the visit").click()
    expect(line(page)).to_contain_text("Saved")
    visit_page = page.url
    page_is_kept(page)
    for question in QUESTIONS[:HALFWAY]:
        answer(page, question.key)
    expect(line(page)).to_contain_text("Saved")
    assert VisitAnswer.objects.filter(visit__held_on=today).exclude(key="").count() == HALFWAY
    assert wrong_with(page) == []
    assert too_wide(page) == 0
    assert smallest_target(page) >= FINGER

    context.set_offline(True)
    for question in QUESTIONS[HALFWAY:]:
        answer(page, question.key)
    page.locator(f'label:has(input[name="kept-{earlier.pk}"][value="done"])').click()
    put_down_agreement(page, "i4", "Rooster maken", today + timedelta(days=40), "Mila Bos")
    remove_and_put_back(page, "#i4", "Rooster maken")
    reword_agreement(page, "i4", "Rooster maken", "Rooster aanpassen")
    report_stuck(page)
    remove_and_put_back(page, "#stuck", "Wachttijd van een jaar")
    expect(line(page)).to_contain_text("Not saved. On this device:")
    assert VisitAnswer.objects.filter(key="wish").count() == 0
    # The tab closes, or the battery is empty; still without network the page is there again.
    # A tab that closes may still get something out without hearing the answer: it counts once.
    page.close()
    page = context.new_page()
    page.goto(visit_page)
    expect(page.locator('textarea[name="wish"]')).to_have_value(NOTES["wish"])
    expect(page.locator("#i4 .visit-list")).to_contain_text("Rooster aanpassen")
    expect(page.locator("#stuck .visit-list")).to_contain_text("Wachttijd van een jaar")
    expect(line(page)).to_contain_text("Not saved. On this device:")

    context.set_offline(False)
    expect(line(page)).to_contain_text("Saved", timeout=20_000)
    assert left_on_device(page) == 0
    page.get_by_role("button", name="Read back together").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Read back together")
    assert wrong_with(page) == []
    page.get_by_role("button", name="Send to the practice").click()
    expect(page.get_by_text("The report is sent.")).to_be_visible()

    come_in(page, live_server, owner)
    page.reload()
    practice_reads_and_confirms(page)
    page.close()

    earlier.refresh_from_db()
    assert earlier.done_on == today
    made = VisitAgreement.objects.get(visit__held_on=today)
    assert (made.what, made.person.name) == ("Rooster aanpassen", "Mila Bos")
    assert Bottleneck.objects.get().text == "Wachttijd van een jaar"
    obligations = standing(today, [practice.pk])[0].obligations
    status = {one.intervention: one.status for one in obligations if one.programme_year == 1}
    assert status[3] == "met"


def test_who_is_signed_out_while_typing_keeps_the_page_and_goes_on(
    page, live_server, consultant, practice
):
    visit = start_visit(practice=practice, actor=consultant)
    page.goto(f"{live_server.url}/bezoek/{visit.code}/")
    expect(line(page)).to_contain_text("Saved")
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies(name="sessionid")
    with page.expect_response(lambda response: response.url.endswith("/kijken/")):
        page.locator('textarea[name="joy"]').press_sequentially("Meer rust.")
    expect(line(page)).to_contain_text("You are signed out.")
    for width in (1280, 820, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert lines_of(page) == 1
        assert too_wide(page) == 0
    page.set_viewport_size(TABLET)
    page.get_by_role("link", name="Sign in again").click()
    page.get_by_label("E-mail address").fill(consultant.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator('textarea[name="joy"]')).to_have_value("Meer rust.")
    expect(line(page)).to_contain_text("Saved")
    assert VisitAnswer.objects.get().text == "Meer rust."


@without_worker
def test_much_typing_over_a_bad_network_arrives(page, live_server, consultant, practice):
    visit = start_visit(practice=practice, actor=consultant)
    page.goto(f"{live_server.url}/bezoek/{visit.code}/")
    expect(line(page)).to_contain_text("Saved")
    page.route("**/bewaren/", lambda route: None)
    page.locator('textarea[name="joy"]').press_sequentially("Een lange zin over het werk.")
    assert left_on_device(page) <= 2
    page.evaluate(MANY_CHANGES)
    assert left_on_device(page) > 500
    page.unroute("**/bewaren/")
    page.reload()
    expect(line(page)).to_contain_text("Saved", timeout=60_000)
    assert left_on_device(page) == 0
    assert VisitAnswer.objects.get(key="social").text == "509"


@without_worker
def test_what_is_typed_after_an_answer_that_never_came_is_kept(
    page, live_server, consultant, practice
):
    visit = start_visit(practice=practice, actor=consultant)
    page.goto(f"{live_server.url}/bezoek/{visit.code}/")
    expect(line(page)).to_contain_text("Saved")
    note = page.locator('textarea[name="joy"]')

    def answer_is_lost(route) -> None:
        route.fetch()
        with suppress(Error):
            route.abort()

    page.route("**/bewaren/", answer_is_lost)
    note.press_sequentially("Meer")
    expect(line(page)).to_contain_text("Not saved.")
    note.press_sequentially(" rust in het team.")
    page.unroute_all(behavior="ignoreErrors")
    expect(line(page)).to_contain_text("Saved", timeout=20_000)
    assert VisitAnswer.objects.get().text == "Meer rust in het team."


MANY_CHANGES = """() => {
  const key = Object.keys(localStorage).find((one) => one.includes('|change|'));
  const known = JSON.parse(localStorage.getItem(key));
  for (let n = 0; n < 510; n += 1) {
    const id = `many-${n}`;
    const change = {...known, id, sequence: n, field: 'social', value: String(n),
                    order: known.order + n, base: n ? `many-${n - 1}` : ''};
    localStorage.setItem(key.replace(known.id, id), JSON.stringify(change));
  }
}"""


def lines_of(page: Page) -> int:
    """On how many lines it says what is saved where."""
    return page.evaluate(
        "() => {const line = document.querySelector('[data-draft-line]');"
        " const range = document.createRange(); range.selectNodeContents(line);"
        " return new Set([...range.getClientRects()].filter((one) => one.height > 8)"
        ".map((one) => Math.round(one.bottom / 6))).size}"
    )


def test_two_people_who_wrote_the_same_note_can_keep_both(page, live_server, consultant, practice):
    visit = start_visit(practice=practice, actor=consultant)
    page.goto(f"{live_server.url}/bezoek/{visit.code}/")
    expect(line(page)).to_contain_text("Saved")
    page.context.set_offline(True)
    page.locator('textarea[name="joy"]').fill("Van de consulent.")
    expect(line(page)).to_contain_text("Not saved.")
    colleague = factories.region_user(RegionRoleName.COORDINATOR, name="Lotte Maas")
    keep(on_page("joy", "Van een ander.", ""), visit=visit, actor=colleague)
    page.context.set_offline(False)
    dispute = page.get_by_role("group").filter(has_text="Lotte Maas put in")
    expect(dispute).to_contain_text("“Van een ander.”")
    expect(dispute).to_contain_text("You put in “Van de consulent.”.")
    assert VisitAnswer.objects.get().text == "Van een ander."
    page.get_by_role("button", name="Keep both").click()
    expect(line(page)).to_contain_text("Saved")
    assert VisitAnswer.objects.get().text == "Van een ander.\nVan de consulent."


def test_a_visit_works_without_scripts(browser, live_server, consultant, practice):
    context = browser.new_context(java_script_enabled=False, viewport=TABLET)
    page = context.new_page()
    context.add_cookies([{"name": "mtvp_language", "value": "en", "url": live_server.url}])
    come_in(page, live_server, consultant)
    visit = start_visit(practice=practice, actor=consultant)
    page.goto(f"{live_server.url}/bezoek/{visit.code}/")
    answer(page, "i3-used")
    answer(page, "joy")
    due = timezone.localdate() + timedelta(days=20)
    put_down_agreement(page, "i1", "Plannen bespreken", due, "Mila Bos")
    expect(page.get_by_text("3 changes are saved.")).to_be_visible()
    put_down_agreement(page, "i2", "Zonder wie", due, "Choose somebody")
    expect(page.get_by_text("Choose who does it.")).to_be_visible()
    expect(page.locator("#i2").get_by_label("What is done?")).to_have_value("Zonder wie")
    page.locator("#i2").get_by_label("What is done?").fill("")
    page.locator("#i1").get_by_role("button", name="Change it").click()
    page.locator("#i1").get_by_label("What is done?").fill("Plannen nalopen")
    page.locator("#i1").get_by_role("button", name="Put this down").click()
    expect(page.get_by_text("1 change is saved.")).to_be_visible()
    assert VisitAgreement.objects.get().what == "Plannen nalopen"
    for button in ("Remove", "Put it back", "Remove"):
        page.locator("#i1").get_by_role("button", name=button).click()
        expect(page.get_by_text("1 change is saved.")).to_be_visible()
    page.get_by_role("button", name="Read back together").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Read back together")
    expect(page.get_by_text(NOTES["joy"])).to_be_visible()
    expect(page.get_by_text("Nothing was agreed.")).to_be_visible()
    context.close()


def practice_reads_and_confirms(page: Page) -> None:
    """Every answer is on the page and on paper."""
    shown = page.locator("main").inner_text()
    assert [text for text in expected() if text not in shown] == []
    assert wrong_with(page) == []
    paper = " ".join(pdf_text(page).split())
    assert [text for text in expected() if text not in paper] == []
    page.get_by_role("button", name="Yes, this is right").click()
    expect(page.get_by_text("Confirmed by the practice")).to_be_visible()


def earlier_agreement(practice: Practice, consultant: User, today: date) -> VisitAgreement:
    visit = start_visit(practice=practice, actor=consultant, held_on=today - timedelta(days=60))
    said = (
        '{"what": "Triage oefenen", "owner": "other", "owner_name": "Het team", '
        f'"due_on": "{today.isoformat()}"}}'
    )
    keep(on_page("agreement_i2-een", said, ""), visit=visit, actor=consultant)
    send_report(visit=visit, actor=consultant)
    return VisitAgreement.objects.get()


def report_stuck(page: Page) -> None:
    place = page.locator("#stuck")
    place.locator(".visit-more > summary").click()
    for word in ("Mental health care", "Waiting time", "Badly"):
        place.locator("label", has_text=word).click()
    place.get_by_label("What goes wrong?").last.fill("Wachttijd van een jaar")
    place.get_by_role("button", name="Put this down").click()


def expected() -> list[str]:
    """Every answer in words, the agreements of now and then, and the bottleneck."""
    asked = {one.key: one for one in QUESTIONS}
    taps = [asked[key].words(value) for key, value in TAPS.items()]
    others = ["Rooster aanpassen", "Mila Bos", "Triage oefenen", "Wachttijd van een jaar"]
    return [*NOTES.values(), *taps, *others]


def pdf_text(page: Page) -> str:
    address = page.get_by_role("link", name="Report as PDF").get_attribute("href")
    origin = page.url.split("/praktijk/")[0]
    body = page.request.get(f"{origin}{address}").body()
    return "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(body)).pages)


def smallest_target(page: Page) -> float:
    """The lowest of what is tapped for an answer, in pixels."""
    return page.locator(".taps__row label:not(.visit-taps__clear):visible").evaluate_all(
        "found => Math.min(...found.map((one) => one.offsetHeight))"
    )


def page_is_kept(page: Page) -> None:
    page.wait_for_function(
        "async () => !!(await caches.match(location.pathname))"
        " && !!(await navigator.serviceWorker.getRegistration())?.active"
    )


def left_on_device(page: Page) -> int:
    return page.evaluate("Object.keys(localStorage).filter((k) => k.includes('|change|')).length")
