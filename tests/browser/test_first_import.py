"""How much work an extract is for a practice manager: clicks and time, in a real browser.

The page itself counts the clicks, from the start page after signing in. A worker is played by the
test: it does what a task would, once a page waits for it.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from highusers import tasks
from highusers.models import Extract, ExtractImport
from highusers.uploads.forms import last_whole_year
from practices.models import Practice, User
from practices.programme_year import add_years
from practices.states import ImportState, StaffRole
from tests import factories
from tests.factories import PASSWORD
from tests.highusers.extracts import stored_contacts
from tests.highusers.imports.files import bsn, csv_of

pytestmark = pytest.mark.django_db(transaction=True)

MOST_CLICKS_FIRST, MOST_CLICKS_NEXT = 7, 5
PATIENTS = 120
COUNT_CLICKS = """
    addEventListener("click", (event) => {
        if (!event.isTrusted || event.detail === 0) return;
        sessionStorage.clicks = Number(sessionStorage.clicks || 0) + 1;
    }, true);
"""
"""Only what a hand did: a label or the Enter key makes the browser click once more by itself."""


@pytest.fixture
def manager(settings: Any) -> User:
    settings.SECOND_FACTOR_REQUIRED = False
    start = add_years(timezone.localdate().replace(day=1), -1) + timedelta(days=40)
    practice = factories.practice(slug="de-linde", start_on=start)
    return factories.staff_user(practice, StaffRole.MANAGER)


@pytest.fixture
def counted(page: Page) -> Iterator[Page]:
    page.add_init_script(COUNT_CLICKS)
    yield page


def messy_file(period: tuple[date, date]) -> bytes:
    """As a HIS may give it: a title, columns that may not be kept, rows to mend, a total line, and
    Windows-1252. Of the patients every tenth is a high user."""
    header = ["Patiëntnr.", "Naam patiënt", "BSN", "Geb.datum", "Aantal contacten (12 mnd)"]
    rows: list[list[str]] = [
        ["Overzicht contacten – praktijk De Linde", "", "", "", ""],
        [f"Periode {period[0]:%d-%m-%Y} t/m {period[1]:%d-%m-%Y}", "", "", "", ""],
        ["", "", "", "", ""],
        header,
    ]
    rows += [
        [str(1000 + n), f"Janßen-{n}", bsn(n), f"0{1 + n % 9}-05-{1930 + n % 70}",
         str(34 + n if n % 10 == 0 else n % 7)]
        for n in range(PATIENTS)
    ]  # fmt: skip
    rows += [
        ["2001", "Çelik", bsn(3), "01-01-1950", "veel"],
        ["1005", "Dubbel", bsn(5), "02-02-1950", "4"],
        ["", "Zonder nummer", bsn(6), "03-03-1950", "12"],
        ["Totaal", "", "", "", "1.234"],
    ]
    return csv_of(rows).decode().encode("cp1252", "replace")


def sign_in(page: Page, address: str, user: User) -> None:
    page.goto(f"{address}/accounts/login/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/praktijk/de-linde/")
    page.evaluate("sessionStorage.clicks = 0")


def clicks(page: Page) -> int:
    return int(page.evaluate("Number(sessionStorage.clicks)"))


def choose_and_send(page: Page, path: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.click("#id_extract")
    chooser.value.set_files(path)
    page.click("form [type=submit].btn-primary")


def work(page: Page, step: Callable[[int, str], None], then: str) -> None:
    """The worker comes, and the page goes on by itself."""
    page.wait_for_selector("#step[aria-busy=true]")
    upload = ExtractImport.objects.latest("created_at")
    step(upload.pk, "nl")
    page.wait_for_selector(then)


def store(page: Page) -> None:
    page.click("form button.btn-primary")
    work(page, tasks.store_upload, "#messages .notice")
    page.wait_for_url("**/veelgebruikers/")


def test_the_first_extract_and_the_next(
    counted: Page, live_server: Any, manager: User, tmp_path: Path,
    record_testsuite_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    page, practice = counted, Practice.objects.get()
    period = last_whole_year(timezone.localdate())
    path = tmp_path / "uitdraai.csv"
    path.write_bytes(messy_file(period))

    sign_in(page, live_server.url, manager)
    began = monotonic()
    page.click(".card-now .btn-primary")
    page.click("main form button.btn-primary")
    choose_and_send(page, path)
    work(page, tasks.look_at_columns, "#id_patient")
    page.click("[form=columns]")
    work(page, tasks.read_rows, "#rows")
    page.click("main a.btn-primary")
    store(page)
    first, first_seconds = clicks(page), monotonic() - began
    extract = Extract.objects.get()
    assert (extract.patients, extract.high_users, extract.rejected_rows) == (PATIENTS, 12, 3)
    assert len(stored_contacts(practice, period)) == PATIENTS
    assert first <= MOST_CLICKS_FIRST

    a_year_goes_by(practice, period)
    page.goto(f"{live_server.url}/praktijk/de-linde/")
    page.evaluate("sessionStorage.clicks = 0")
    began = monotonic()
    page.click(".card-now .btn-primary")
    choose_and_send(page, path)
    work(page, tasks.look_at_columns, "#step[aria-busy=true]")
    assert ExtractImport.objects.latest("created_at").state == ImportState.PARSING
    work(page, tasks.read_rows, "#rows")
    page.click("main a.btn-primary")
    store(page)
    following, next_seconds = clicks(page), monotonic() - began
    assert Extract.objects.count() == 2
    assert following <= MOST_CLICKS_NEXT

    record_testsuite_property("first_import_clicks", first)
    record_testsuite_property("next_import_clicks", following)
    print(f"first extract: {first} clicks, {first_seconds:.1f} s")
    print(f"next year's: {following} clicks, {next_seconds:.1f} s")


def a_year_goes_by(practice: Practice, period: tuple[date, date]) -> None:
    """The practice began a year earlier, the extract is last year's, its upload long gone."""
    Practice.objects.update(start_on=add_years(practice.start, -1))
    Extract.objects.update(
        period_start=add_years(period[0], -1), period_end=add_years(period[1], -1)
    )
    ExtractImport.objects.all().delete()
