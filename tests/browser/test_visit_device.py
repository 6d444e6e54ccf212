"""What a tablet keeps of a visit: its battery gives out, its clock is put back, it is full."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone, translation
from playwright.sync_api import BrowserContext, Error, Page, expect

from monitoring.models import Visit, VisitAgreement, VisitAnswer
from monitoring.visits.capture import keep, on_page
from monitoring.visits.services import start_visit
from monitoring.visits.states import Going
from practices.models import User
from practices.states import RegionRoleName
from tests import factories
from tests.browser.test_pages import come_in
from tests.browser.test_visit import MANY_CHANGES, answer, left_on_device, line, without_worker

pytestmark = pytest.mark.django_db(transaction=True)

NOTHING_LEFT = "() => !Object.keys(localStorage).some((one) => one.includes('|change|'))"
WRITTEN = """async (wanted) => {
  const base = await new Promise((done) => {
    const asked = indexedDB.open("mtvp-draft");
    asked.onsuccess = () => done(asked.result);
  });
  const asked = base.transaction("spare").objectStore("spare").getAll();
  const found = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  base.close();
  return wanted.every((text) => found.some((one) => one.includes(text)));
}"""


@pytest.fixture
def consultant() -> User:
    return factories.region_user(RegionRoleName.CONSULTANT, name="Sanne de Wit")


@pytest.fixture
def visit(consultant: User) -> Visit:
    start = timezone.localdate() - timedelta(days=100)
    practice = factories.practice(name="De Linde", start_on=start, consultant=consultant)
    return start_visit(practice=practice, actor=consultant)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def opened(page: Page, live_server, consultant: User, visit: Visit) -> None:
    english(page.context, live_server)
    come_in(page, live_server, consultant)
    page.goto(f"{live_server.url}/bezoek/{visit.code}/")
    expect(line(page)).to_contain_text("Saved")


def english(context: BrowserContext, live_server) -> None:
    context.add_cookies([{"name": "mtvp_language", "value": "en", "url": live_server.url}])


@contextmanager
def tablet(browser_type, launch_args, folder: Path) -> Iterator[BrowserContext]:
    """A browser of its own with its own folder, as it lies on a tablet."""
    context = browser_type.launch_persistent_context(str(folder), **launch_args)
    try:
        yield context
    finally:
        with suppress(Error):
            context.close()


def battery_gives_out(folder: Path) -> None:
    """All at once: nothing is asked, nothing is put away."""
    listed = subprocess.run(
        ["ps", "-axww", "-o", "pid=,command="], capture_output=True, text=True, check=True
    )
    own = [one for one in listed.stdout.splitlines() if f"--user-data-dir={folder}" in one]
    assert own
    for process in own:
        with suppress(ProcessLookupError):
            os.kill(int(process.split()[0]), signal.SIGKILL)


def test_what_is_typed_is_there_after_an_empty_battery(
    browser_type, browser_type_launch_args, tmp_path, live_server, consultant, visit
):
    with tablet(browser_type, browser_type_launch_args, tmp_path) as context:
        page = context.pages[0]
        opened(page, live_server, consultant, visit)
        context.set_offline(True)
        answer(page, "i1-going")
        page.locator('textarea[name="joy"]').press_sequentially("Meer rust in het team.")
        page.locator(".visit-more > summary", has_text="Bottleneck").click()
        page.get_by_label("What goes wrong?", exact=True).press_sequentially("Niemand belt")
        expect(line(page)).to_contain_text("Not saved.")
        typed = ["Meer rust in het team.", "Niemand belt", f'"{Going.WELL}"']
        page.wait_for_function(WRITTEN, arg=typed)
        assert left_on_device(page) <= 4
        battery_gives_out(tmp_path)
    with tablet(browser_type, browser_type_launch_args, tmp_path) as context:
        page = context.pages[0]
        opened(page, live_server, consultant, visit)
        expect(page.locator('textarea[name="joy"]')).to_have_value("Meer rust in het team.")
        expect(page.locator(f'input[name="i1-going"][value="{Going.WELL}"]')).to_be_checked()
        expect(page.get_by_label("What goes wrong?", exact=True)).to_have_value("Niemand belt")
        page.wait_for_function(NOTHING_LEFT)
    answers = {one.key: one.value for one in VisitAnswer.objects.all()}
    assert answers == {"joy": "Meer rust in het team.", "i1-going": Going.WELL}


def test_what_is_not_put_down_yet_goes_along_once(page, live_server, consultant, visit):
    opened(page, live_server, consultant, visit)
    place = page.locator("#i1")
    place.locator(".visit-more > summary").click()
    place.get_by_label("What is done?").press_sequentially("Plannen nalopen")
    page.reload()
    expect(place.get_by_label("What is done?")).to_have_value("Plannen nalopen")
    read_back = page.get_by_role("button", name="Read back together")
    read_back.click()
    expect(place.get_by_text("Fill in what, who and before which day.")).to_be_visible()
    expect(place.get_by_label("Who does it?")).to_be_focused()
    place.get_by_label("Who does it?").select_option(label="Sanne de Wit (consultant)")
    due = timezone.localdate() + timedelta(days=20)
    place.get_by_label("Before which day?").fill(due.isoformat())
    read_back.click()
    page.wait_for_url("**/teruglezen/")
    page.go_back()
    expect(line(page)).to_contain_text("Saved")
    page.reload()
    expect(place.get_by_label("What is done?")).to_have_value("")
    assert VisitAgreement.objects.get().what == "Plannen nalopen"


def test_a_clock_that_is_put_back_and_a_second_tab_lose_nothing(
    page, live_server, consultant, visit
):
    page.clock.install()
    opened(page, live_server, consultant, visit)
    other = page.context.new_page()
    other.goto(page.url)
    expect(line(other)).to_contain_text("Saved")
    note = page.locator('textarea[name="joy"]')
    for tab in (page, other):
        hold_up(tab)
    note.press_sequentially("Eerst")
    tap(page, Going.WELL)
    page.clock.set_system_time(timezone.now() - timedelta(hours=2))
    tap(page, Going.STUCK)
    with other.expect_request("**/bewaren/"):
        other.evaluate("dispatchEvent(new Event('online'))")
    note.press_sequentially(" dit.")
    let_through(other)
    other.wait_for_function(NOTHING_LEFT)
    expect(other.locator("[data-dispute]")).to_have_count(0)
    answers = {one.key: one.value for one in VisitAnswer.objects.all()}
    assert answers == {"joy": "Eerst dit.", "i1-going": Going.STUCK}


@without_worker
def test_what_was_typed_after_a_conflict_is_not_lost_to_the_choice(
    page, live_server, consultant, visit
):
    opened(page, live_server, consultant, visit)
    colleague = factories.region_user(RegionRoleName.COORDINATOR, name="Lotte Maas")
    keep(on_page("joy", "Van een ander.", ""), visit=visit, actor=colleague)
    hold_up(page)
    note = page.locator('textarea[name="joy"]')
    note.press_sequentially("Van")
    expect(line(page)).to_contain_text("Saving")
    note.press_sequentially(" de consulent.")
    let_through(page)
    dispute = page.get_by_role("group").filter(has_text="Lotte Maas put in")
    expect(dispute).to_contain_text("You put in “Van de consulent.”.")
    dispute.locator("[data-mine]").click()
    expect(line(page)).to_contain_text("Saved")
    assert VisitAnswer.objects.get().text == "Van de consulent."


@without_worker
def test_a_full_device_sends_the_last_words(page, live_server, consultant, visit):
    opened(page, live_server, consultant, visit)
    hold_up(page)
    note = page.locator('textarea[name="joy"]')
    note.press_sequentially("Rust")
    expect(line(page)).to_contain_text("Saving")
    page.evaluate(FILL_UP)
    note.press_sequentially(" en ruimte")
    page.evaluate("localStorage.removeItem('other')")
    note.press("Backspace")
    note.press("Backspace")
    let_through(page)
    expect(line(page)).to_contain_text("Saved")
    assert VisitAnswer.objects.get().text == "Rust en ruim"


FILL_UP = """() => {
  let text = "";
  for (let size = 4 * 1024 * 1024; size >= 1; size = Math.floor(size / 2)) {
    for (;;) {
      try { localStorage.setItem("other", text + "x".repeat(size)); } catch { break; }
      text += "x".repeat(size);
    }
  }
}"""


def hold_up(page: Page) -> None:
    """What is sent does not come further, until it is let through."""
    page.route("**/bewaren/", lambda route: None)


def let_through(page: Page) -> None:
    page.unroute("**/bewaren/")


def tap(page: Page, going: Going) -> None:
    page.locator(f'label:has(input[name="i1-going"][value="{going}"])').click()


@without_worker
def test_signing_out_sends_all_that_waits(page, live_server, consultant, visit):
    opened(page, live_server, consultant, visit)
    hold_up(page)
    page.locator('textarea[name="joy"]').press_sequentially("Rust")
    page.evaluate(MANY_CHANGES.replace("510", "150"))
    let_through(page)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.evaluate("document.querySelector('form[data-sign-out]').requestSubmit()")
    page.wait_for_url(lambda address: "/bezoek/" not in address)
    assert asked == []
    answers = {one.key: one.value for one in VisitAnswer.objects.all()}
    assert answers == {"joy": "Rust", "social": "149"}
