"""Two colleagues in one section of the plan, in two real browsers: nothing is lost."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from interventions.practice_plan.states import Kind
from practices.beside import mark_of
from practices.programme_year import add_years
from tests import factories
from tests.browser.test_choosing import colleague, come_in
from tests.browser.test_pages import NARROW, WIDE, too_wide, wrong_with
from tests.interventions.practice_plan.plans import begun, said, section_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def practice():
    start = add_years(timezone.localdate(), -1) + timedelta(days=40)
    return factories.practice(slug="de-linde", start_on=start)


@pytest.fixture(autouse=True)
def nothing_refused(page: Page) -> Iterator[None]:
    said_wrong: list[str] = []
    page.on("pageerror", lambda error: said_wrong.append(str(error)))
    page.on("console", lambda line: said_wrong.append(line.text) if line.type == "error" else None)
    yield
    assert said_wrong == []


def box(page: Page, section, name: str):
    return page.locator(f"#f-{section.pk}-{name}")


def leave(field) -> None:
    """Going to the next box saves."""
    with field.page.expect_response(lambda answer: "/ons-plan/deel/" in answer.url):
        field.press("Tab")


def test_two_write_in_one_section_and_nothing_is_lost(
    page, browser: Browser, live_server, practice
):
    doctor = colleague(practice, "gp_owner", "Dokter Smit")
    lotte = colleague(practice, "poh", "Lotte de Wit")
    plan = begun(practice, doctor)
    triage = section_of(plan, Kind.TRIAGE)
    address = f"{live_server.url}/praktijk/de-linde/ons-plan/1/"
    come_in(page.context, live_server, lotte)
    page.set_viewport_size(WIDE)
    with browser.new_context(locale="nl-NL") as other:
        come_in(other, live_server, doctor)
        of_doctor = other.new_page()
        for one in (page, of_doctor):
            one.goto(address)
        box(of_doctor, triage, "doing").fill("Alle assistenten volgen de training.")
        leave(box(of_doctor, triage, "doing"))
        expect(of_doctor.locator("#saved")).to_contain_text("Saved")
        # Another field of the same section meets nobody.
        box(page, triage, "hope").fill("Rust aan de balie")
        leave(box(page, triage, "hope"))
        expect(page.locator("#saved")).to_contain_text("Saved")
        # The same field shows both, and her words stay in their box.
        box(page, triage, "doing").fill("Twee assistenten gaan in mei.")
        leave(box(page, triage, "doing"))
    clash = page.locator(f"#s-{triage.pk}-doing")
    expect(clash).to_contain_text("Your text")
    expect(clash).to_contain_text("Text of Dokter Smit")
    expect(box(page, triage, "doing")).to_have_value("Twee assistenten gaan in mei.")
    assert wrong_with(page) == []
    page.set_viewport_size(NARROW)
    assert not too_wide(page)
    clash.get_by_role("button", name="Put both in the plan").click()
    expect(box(page, triage, "doing")).to_have_value(
        "Alle assistenten volgen de training.\n\nTwee assistenten gaan in mei."
    )
    texts = said(plan, Kind.TRIAGE)
    assert texts["hope"] == "Rust aan de balie"
    assert mark_of(texts["doing"]) == mark_of(box(page, triage, "doing").input_value())
