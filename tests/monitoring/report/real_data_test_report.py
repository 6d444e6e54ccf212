"""The report of the region folder with real dates, against the oracle on its spreadsheets."""

import csv
import io
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from practices.models import Insurer
from tests.monitoring.report.oracle import ReportOracle
from tests.monitoring.report.region import TABLES
from tests.monitoring.report.region_work import TABLES as WORK
from tests.monitoring.report.test_figures import value_of

pytestmark = pytest.mark.django_db

DATES = {
    "start", "from", "until", "date", "period_start", "period_end", "drafted_on", "answered_on",
    "recorded_on", "in_use_from", "stopped_on", "invited_on", "information_on", "enrolled_on",
    "requested_on",
}  # fmt: skip
NUMBERS = {
    "cohort", "patients", "contacts", "high_users", "contacts_before", "programme_year",
    "intervention", "number", "year",
}  # fmt: skip
DECIMALS = {"numerator", "denominator", "national"}
OPTIONAL = ("stopped_on", "invited_on", "information_on", "enrolled_on", "requested_on", "start")


def value(column: str, text: str) -> Any:
    if column in DATES:
        return date.fromisoformat(text) if text else None
    if column in NUMBERS:
        return int(text) if text else None
    if column in DECIMALS:
        return float(text) if text else None
    return text == "yes" if text in {"yes", "no"} else text


def rows(path: Path) -> list[dict[str, Any]]:
    reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    return [{column: value(column, text) for column, text in row.items()} for row in reader]


def test_every_figure_of_the_folder_agrees_with_plain_loops(real_data: Path) -> None:
    folder = real_data / "region-small"
    call_command("import_region", str(folder), stdout=StringIO())
    no_files = {table: [] for table in (*TABLES, *WORK)}
    region = no_files | {path.stem: rows(path) for path in folder.glob("*.csv")}
    for practice in region["practices"]:
        for column in OPTIONAL:
            practice.setdefault(column)
    region["indicators"] = [row for row in region["indicators"] if not row["practice"]]
    for year in (2022, 2023, 2024, 2025, 2026):
        for insurer in Insurer.objects.all():
            found = value_of(year, insurer.name, appendix=False)
            expected = ReportOracle(region, year, insurer.name).answer(found, appendix=False)
            assert found == expected, (year, insurer.name)
