"""Uploads in a real browser: the waiting pages go on by themselves, with the worker's steps
run in between, and the last button stores what is in the file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from highusers import tasks
from highusers.models import Extract, ExtractImport
from monitoring.models import RegionUpload
from monitoring.region_import import tasks as region
from practices.agreements import agree
from practices.models import Practice
from practices.states import RegionRoleName
from tests import factories
from tests.browser.test_pages import NARROW, WIDE, too_wide, wrong_with
from tests.highusers.imports.files import csv_of
from tests.monitoring.region_import.region_files import COHORTS, PRACTICES

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_file_to_list(
    page: Page, live_server: Any, settings: Any, client: Client, tmp_path: Path
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    practice = factories.practice(slug="de-linde")
    doctor = factories.staff_user(practice)
    agree(practice=practice, actor=doctor)
    client.force_login(doctor)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    path = tmp_path / "uitdraai.csv"
    path.write_bytes(csv_of([["Overzicht", ""], ["Patnr", "Contacten"], ["1", "40"], ["2", "x"]]))

    page.goto(f"{live_server.url}/praktijk/de-linde/veelgebruikers/uitdraai/bestand/")
    page.set_input_files("#id_extract", str(path))
    page.click("form [type=submit].btn-primary")
    page.wait_for_url("**/kolommen/")
    _wait(page, "#id_patient", tasks.look_at_columns)
    _look(page)
    page.click("[form=columns]")
    page.wait_for_url("**/controle/")
    _wait(page, "#rows", tasks.read_rows)
    _look(page)
    page.click("a.btn-primary")
    page.wait_for_url("**/bevestigen/")
    _look(page)
    page.click("form button.btn-primary")
    _wait(page, "#messages .notice", tasks.store_upload)
    page.wait_for_url("**/veelgebruikers/")
    assert "V-01" in page.inner_text("main table")
    assert Extract.objects.get().patients == 1


def test_spreadsheets_of_the_region_from_files_to_stored(
    page: Page, live_server: Any, client: Client, tmp_path: Path
) -> None:
    client.force_login(factories.region_user(RegionRoleName.COORDINATOR))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    wrong = PRACTICES.replace("Tilburg,1", "Tilburg,9").replace("Goirle,1", "Goirle,9")
    paths = {name: tmp_path / name for name in ("cohorts.csv", "practices.csv", "notities.csv")}
    paths["cohorts.csv"].write_text(COHORTS.strip())
    paths["practices.csv"].write_text(wrong.strip())
    paths["notities.csv"].write_text("a,b")

    def send() -> None:
        page.set_input_files("#id_spreadsheets", [str(path) for path in paths.values()])
        page.click("form [type=submit].btn-primary")
        page.wait_for_selector("#step[aria-busy=true]")

    page.goto(f"{live_server.url}/regio/inlezen/")
    send()
    _look(page)
    _wait(page, "#errors", region.read_files, RegionUpload)
    _look(page)
    assert "2-3" in page.inner_text("#errors + .table-scroll")
    page.click("#step .btn-primary")
    page.wait_for_url("**/inlezen/")
    RegionUpload.objects.all().delete()

    paths["practices.csv"].write_text(PRACTICES.strip())
    send()
    away = page.url
    page.goto(f"{live_server.url}/regio/")
    region.read_files(RegionUpload.objects.get().pk, "nl")
    page.goto(f"{live_server.url}/regio/inlezen/")
    page.click("main .notice a")
    assert page.url == away
    _look(page)
    page.click("#step .btn-primary")
    _wait(page, "#messages .notice", region.store_files, RegionUpload)
    page.wait_for_url("**/inlezen/")
    assert Practice.objects.count() == 2


def _look(page: Page) -> None:
    """Sound for a screen reader, and on a small phone no wider than the phone."""
    page.set_viewport_size(WIDE)
    assert wrong_with(page) == []
    page.set_viewport_size(NARROW)
    assert not too_wide(page)


def _wait(
    page: Page, element: str, work: Callable[[int, str], None], uploads: Any = ExtractImport
) -> None:
    """The page says that it is busy, and shows the next step once the work is done."""
    page.wait_for_selector("#step[aria-busy=true]")
    work(uploads.objects.get().pk, "nl")
    page.wait_for_selector(element)
