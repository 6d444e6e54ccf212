"""The extracts outside the repository by hand of a practice manager, in a real browser."""

import json
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import Page

from highusers import tasks
from highusers.models import Extract
from practices.models import User
from tests.browser.test_first_import import (
    MOST_CLICKS_FIRST,
    choose_and_send,
    clicks,
    counted,
    manager,
    sign_in,
    store,
    work,
)

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = [
    "01-totals-titlelines.csv", "02-totals-utf16-tab.csv", "03-totals-channels.xlsx",
    "04-contacts-bom.csv",
]  # fmt: skip

__all__ = ["counted", "manager"]


@pytest.mark.parametrize("name", NAMES)
def test_a_first_extract(
    counted: Page, live_server: Any, manager: User, real_data: Path, name: str
) -> None:
    expected = json.loads((real_data / "extracts/expected.json").read_text())[name]
    period = dict(zip(expected["args"][::2], expected["args"][1::2], strict=True))
    page = counted
    sign_in(page, live_server.url, manager)
    began = monotonic()
    page.click(".card-now .btn-primary")
    page.click("main form button.btn-primary")
    page.fill("#id_period_start", period["--from"])
    page.fill("#id_period_end", period["--to"])
    choose_and_send(page, real_data / "extracts" / name)
    work(page, tasks.look_at_columns, "#id_patient")
    page.click("[form=columns]")
    work(page, tasks.read_rows, "main a.btn-primary")
    page.click("main a.btn-primary")
    store(page)
    assert clicks(page) <= MOST_CLICKS_FIRST
    extract = Extract.objects.get()
    for figure in ("patients", "contacts", "high_users", "rejected_rows"):
        assert getattr(extract, figure) == expected[figure]
    print(f"{name}: {clicks(page)} clicks, {monotonic() - began:.1f} s")
