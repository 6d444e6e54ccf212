"""The yearly report in a real browser with a real worker: built, written, frozen and published for
CZ and VGZ while the data change underneath."""

import json
from datetime import date

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from highusers.models import Extract
from highusers.states import ExtractSource
from monitoring.indicators import load as load_indicators
from monitoring.models import QuestionnaireAnswer, Report, ReportReading, Visit
from monitoring.report.states import ReadingKind
from monitoring.states import ReportState
from mtvp.celery import app
from practices import shipped
from practices.models import Panel, Practice
from practices.states import RegionRoleName
from tests import factories
from tests.browser.test_pages import (
    NARROW,
    WIDE,
    come_in,
    here,
    nothing_refused,
    too_wide,
    wrong_with,
)
from tests.monitoring.report.region import random_region, stored, with_list
from tests.workers import worker

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["here", "nothing_refused"]  # fixtures that this file uses too

YEAR = 2023
LONG = 90_000
WORDS = "Wij zien meer rust aan de balie."
QUOTE = "Een dubbel consult scheelt drie telefoontjes."


@pytest.fixture
def region() -> None:
    load_indicators(using="owner")
    shipped.load(using="owner")
    stored(with_list(random_region(5)))
    app.control.purge()


def test_frozen_figures_do_not_move_while_the_data_do(
    page: Page, browser: Browser, live_server, region
) -> None:
    coordinator = factories.region_user(RegionRoleName.COORDINATOR)
    readers = {
        name: factories.region_user(RegionRoleName.INSURER_READER, insurer=factories.insurer(name))
        for name in ("CZ", "VGZ")
    }
    come_in(page, live_server, coordinator)
    with worker():
        for name in ("CZ", "VGZ"):
            build(page, live_server, name)
        write_summary(page, live_server)
        quoted_practice_agrees(page, browser, live_server)
        frozen = {name: freeze(page, live_server, name) for name in ("CZ", "VGZ")}
        before = json.dumps([Report.objects.get(pk=pk).value for pk in frozen.values()])
        change_the_data()
        for pk in frozen.values():
            publish(page, live_server, pk)
    assert json.dumps([Report.objects.get(pk=pk).value for pk in frozen.values()]) == before
    for name, reader in readers.items():
        read(browser, live_server, reader, frozen[name])
        read_by_others(live_server, readers["VGZ" if name == "CZ" else "CZ"], frozen[name])
    page.goto(f"{live_server.url}/regio/jaarverslag/verslag/{frozen['CZ']}/")
    expect(page.get_by_text("read on the page")).to_be_visible()
    jump_to_a_block(page)


def build(page: Page, live_server, name: str) -> None:
    page.goto(f"{live_server.url}/regio/jaarverslag/")
    page.get_by_role("link", name=f"Open the report {YEAR}").click()
    page.wait_for_url(f"**/regio/jaarverslag/{YEAR}/")
    folded = page.locator("details:not([open])").filter(has=page.get_by_label("Health insurer"))
    if folded.count():
        folded.locator("summary").click()
    page.get_by_label("Health insurer").select_option(label=name)
    page.get_by_role("button", name="Make the report").click()
    page.get_by_role("link", name="Read the report").click(timeout=LONG)
    expect(page.get_by_role("heading", level=1)).to_contain_text(str(YEAR))
    assert wrong_with(page) == []


def write_summary(page: Page, live_server) -> None:
    """With the figures beside it; it saves itself."""
    page.goto(f"{live_server.url}/regio/jaarverslag/{YEAR}/")
    page.get_by_role("link", name="Summary").click()
    expect(page.get_by_text("Practices begun").first).to_be_visible()
    box = page.locator("#id_text")
    box.fill(WORDS)
    with page.expect_response(lambda answer: answer.url.endswith("/tekst/")):
        box.press("Tab")
    expect(page.locator("#saved")).to_contain_text("Saved")
    assert wrong_with(page) == []
    page.set_viewport_size(NARROW)
    assert too_wide(page) <= 0
    page.get_by_role("button", name="This block is ready").click()
    expect(page.locator("#ready")).to_contain_text("11 of 14 blocks ready")
    assert too_wide(page) <= 0


def quoted_practice_agrees(page: Page, browser: Browser, live_server) -> None:
    practice = Practice.objects.order_by("pk").first()
    doctor = factories.person(reference="arts", name="Dokter Smit")
    factories.employment(practice=practice, person=doctor)
    owner = factories.user(person=doctor)
    page.goto(f"{live_server.url}/regio/jaarverslag/{YEAR}/citaten/")
    page.locator("#id_practice_of").select_option(label=str(practice))
    page.locator("#id_text").fill(QUOTE)
    page.get_by_role("button", name="Ask the practice").click()
    expect(page.get_by_role("row").filter(has_text=QUOTE)).to_contain_text("Waits for the practice")
    with browser.new_context() as other:
        other.add_cookies([{"name": "mtvp_language", "value": "en", "url": live_server.url}])
        theirs = other.new_page()
        come_in(theirs, live_server, owner)
        theirs.goto(f"{live_server.url}/praktijk/{practice.slug}/citaten/")
        asked = theirs.locator(".card").filter(has_text=QUOTE)
        asked.get_by_role("button", name="Yes, these words may be used").click()
        expect(asked.get_by_text("The practice consents")).to_be_visible()
        assert wrong_with(theirs) == []


def freeze(page: Page, live_server, name: str) -> int:
    report = Report.objects.get(year=YEAR, insurer__name=name)
    page.goto(f"{live_server.url}/regio/jaarverslag/verslag/{report.pk}/")
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(page.get_by_text(QUOTE)).to_be_visible()
    page.get_by_role("button", name="Make final").click()
    expect(page.get_by_text("The report is ready.")).to_be_visible(timeout=LONG)
    report.refresh_from_db()
    assert report.state == ReportState.FINAL
    return report.pk


def jump_to_a_block(page: Page) -> None:
    """The contents stay beside the text, and are folded above it on a phone; by keyboard."""
    contents = page.get_by_role("navigation", name="Contents")
    for size, folded in ((WIDE, False), (NARROW, True)):
        page.set_viewport_size(size)
        page.evaluate("window.scrollTo(0, 0)")
        if folded:
            summary = page.locator(".contents summary")
            expect(contents).to_be_hidden()
            summary.focus()
            summary.press("Enter")
        contents.locator('a[href="#knelpunten"]').press("Enter")
        expect(page.locator("h2#knelpunten")).to_be_in_viewport()
        assert page.url.endswith("#knelpunten")
        if not folded:
            expect(contents).to_be_in_viewport()
        assert too_wide(page) <= 0


def change_the_data() -> None:
    """Everything a report counts, in the very year."""
    late = factories.practice(start_on=date(YEAR, 1, 1))
    for insurer in ("CZ", "VGZ"):
        Panel.objects.create(
            practice=late, insurer=factories.insurer(insurer), quarter=f"{YEAR}Q4", patients=1900
        )
    Visit.objects.create(practice=late, held_on=date(YEAR, 6, 1), time_out_discussed=True)
    QuestionnaireAnswer.objects.update(plans_made=True)
    Extract.objects.create(
        practice=late,
        period_start=date(YEAR, 1, 1),
        period_end=date(YEAR, 12, 31),
        patients=2000,
        high_users=60,
        contacts=9000,
        threshold=30,
        source=ExtractSource.REGION,
    )


def publish(page: Page, live_server, pk: int) -> None:
    page.goto(f"{live_server.url}/regio/jaarverslag/verslag/{pk}/")
    page.get_by_role("button", name="Publish to the readers").click()
    expect(page.get_by_text("Published. The readers of the insurer get a mail.")).to_be_visible()


def read(browser: Browser, live_server, reader, pk: int) -> None:
    """The page and a file say what was frozen; both leave a trail."""
    report = Report.objects.get(pk=pk)
    with browser.new_context() as own:
        own.add_cookies([{"name": "mtvp_language", "value": "en", "url": live_server.url}])
        page = own.new_page()
        come_in(page, live_server, reader)
        page.goto(f"{live_server.url}/jaarverslagen/")
        page.get_by_role("link", name=f"{YEAR} {report.insurer}").first.click()
        expect(page.get_by_text(WORDS)).to_be_visible()
        expect(page.get_by_text(report.sha256)).to_be_visible()
        assert wrong_with(page) == []
        answer = page.request.get(f"{live_server.url}/jaarverslagen/{pk}/json")
        assert answer.json() == report.value
    kinds = set(
        ReportReading.objects.filter(report=pk, reader=reader).values_list("what", flat=True)
    )
    assert kinds == {ReadingKind.PAGE, ReadingKind.JSON}


def read_by_others(live_server, reader, pk: int) -> None:
    client = Client()
    client.force_login(reader)
    assert client.get(f"/jaarverslagen/{pk}/").status_code == 404
