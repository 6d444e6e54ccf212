"""A reader with every report at once, of two years and two insurers, with and without practices:
no small number of patients can be worked out from all of them together."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from scipy.optimize import linprog

from monitoring.models import Report as StoredReport
from monitoring.report.build import build_report
from monitoring.report.value import report_json
from monitoring.states import ReportState
from mtvp.documents.canonical import canonical_json, sha256_of
from tests import factories
from tests.monitoring.oracle import serves
from tests.monitoring.report.oracle import ReportOracle
from tests.monitoring.report.region import Region, random_region, stored

pytestmark = pytest.mark.django_db

Unknown = tuple[Any, ...]
Truth = dict[Unknown, int]
Told = list[tuple[frozenset[Unknown], float]]
"""Sums of unknowns, and what they are according to the reports."""

CHAIN = (
    (2023, "CZ", False),
    (2023, "VGZ", True),
    (2024, "CZ", True),
    (2024, "VGZ", False),
    (2023, "CZ", True),
)
"""The reports in the order in which they became final."""

OF_PRACTICES = {
    *("number", "name", "practices", "stopped", "plans", "obligations", "intervention", "met"),
    *("programme_year", "applicable", "year", "sha256", "sessions", "questionnaires", "kind"),
    *("attendances", "people", "due", "answered", "plans_made", "lasting_habit"),
    "flexible_in_use",
}
"""What the comparisons with last year and per cohort count: practices, people at work and plans."""


def frozen(year: int, name: str, *, appendix: bool) -> dict[str, Any]:
    insurer = factories.insurer(name)
    value = report_json(build_report(year=year, insurer=insurer, appendix=appendix))
    StoredReport.objects.create(
        year=year,
        insurer=insurer,
        appendix=appendix,
        value=value,
        sha256=sha256_of(canonical_json(value)),
        state=ReportState.FINAL,
        final_at=timezone.now(),
    )
    return value


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for one in value.values():
            yield from keys(one)
    elif isinstance(value, list):
        for one in value:
            yield from keys(one)


def of_extracts(region: Region) -> Truth:
    """High users and others of each practice in each year."""
    found: Truth = {}
    for year in range(2020, 2025):
        for code, row in ReportOracle(region, year, "CZ").latest(year).items():
            found["high", year, code] = row["high_users"]
            found["others", year, code] = row["patients"] - row["high_users"]
    return found


def told_of_extracts(reports: Iterable[dict[str, Any]], truth: Truth) -> Told:
    told: Told = []

    def tell(year: int, code: str | None, one: dict[str, Any]) -> None:
        own = {cell for cell in truth if cell[1] == year and code in (None, cell[2])}
        high = frozenset(cell for cell in own if cell[0] == "high")
        for cells, number in ((frozenset(own), one["patients"]), (high, one["high_users"])):
            if cells and number is not None:
                told.append((cells, number))

    for report in reports:
        for one in (*report["earlier_extracts"], report["extracts"]):
            tell(one["year"], None, one)
        for one in report["appendix"] or ():
            if one["extract_until"]:
                tell(report["year"], one["code"], one)
    return told


def small_in_extracts(truth: Truth) -> Iterator[frozenset[Unknown]]:
    """High users of a practice or of the year, none at all as well; few others; few patients."""
    for year in {cell[1] for cell in truth}:
        codes = {cell[2] for cell in truth if cell[1] == year}
        for chosen in ({code} for code in codes) if len(codes) > 1 else ():
            yield from _small_of(truth, year, chosen)
        yield from _small_of(truth, year, codes)


def _small_of(truth: Truth, year: int, codes: set[str]) -> Iterator[frozenset[Unknown]]:
    high = frozenset(("high", year, code) for code in codes)
    others = frozenset(("others", year, code) for code in codes)
    for cells, nought in ((high, True), (others, False), (high | others, True)):
        number = sum(truth[cell] for cell in cells)
        if number < 10 and (number or nought):
            yield cells


def of_quarters(region: Region) -> Truth:
    """Patients per insurer, quarter and practice, with where the practice stands that day."""
    found: Truth = {}
    for year, name in ((year, name) for year in (2023, 2024) for name in ("CZ", "VGZ")):
        oracle = ReportOracle(region, year, name)
        for number, month in enumerate((1, 4, 7, 10), start=1):
            day, quarter = date(year, month, 1), f"{year}Q{number}"
            for row in region["practices"]:
                stopped = row["stopped_on"]
                inside = oracle.starts[row["code"]] <= day and (stopped is None or stopped >= day)
                listed = any(
                    one["practice"] == row["code"] and one["insurer"] == name and serves(one, day)
                    for one in region["regional_fee"]
                )
                if inside or listed:
                    cell = (name, quarter, row["code"], inside, listed)
                    found[cell] = oracle.panel(row["code"], quarter)
    return found


def told_of_quarters(reports: Iterable[dict[str, Any]], truth: Truth) -> Told:
    told: Told = []
    for report in reports:
        fee_tariffs = {one["quarter"]: one["amount"] for one in report["fee_tariffs"]}
        for block, place in (("panels", 3), ("regional_fee", 4), ("programme_fee", 3)):
            for one in report[block]:
                who = (report["insurer"], one["quarter"])
                cells = frozenset(cell for cell in truth if cell[:2] == who and cell[place])
                tariff = one.get("tariff", fee_tariffs.get(one["quarter"]))
                number = one["patients"]
                if number is None and one.get("amount") is not None:
                    number = float(Decimal(one["amount"]) / Decimal(tariff))
                if cells and number is not None:
                    told.append((cells, number))
    return told


def small_in_quarters(truth: Truth) -> Iterator[frozenset[Unknown]]:
    """Of who takes part, who is on the list, and who is one of the two alone; with practices."""
    for who in {cell[:2] for cell in truth}:
        own = [cell for cell in truth if cell[:2] == who]
        for chosen in (
            [cell for cell in own if cell[3]],
            [cell for cell in own if cell[4]],
            [cell for cell in own if cell[3] and not cell[4]],
            [cell for cell in own if cell[4] and not cell[3]],
        ):
            if 0 < sum(truth[cell] for cell in chosen) < 10:
                yield frozenset(chosen)


def between(cells: frozenset[Unknown], told: Told) -> tuple[float, float]:
    """The least and the most that these unknowns can be together."""
    related = [row for row in told if row[0] & cells]
    while len(more := [row for row in told if any(row[0] & one[0] for one in related)]) > len(
        related
    ):
        related = more
    order = sorted(cells.union(*(row[0] for row in related)), key=str)
    aim = [float(one in cells) for one in order]
    left = [[float(one in row[0]) for one in order] for row in related] or None
    right = [row[1] for row in related] or None
    low = linprog(aim, A_eq=left, b_eq=right, bounds=(0, None))
    high = linprog([-one for one in aim], A_eq=left, b_eq=right, bounds=(0, None))
    assert low.fun is not None, "the reports contradict one another"
    return low.fun, float("inf") if high.fun is None else -high.fun


def leaks(reports: list[dict[str, Any]], region: Region) -> list[Any]:
    extracts, quarters = of_extracts(region), of_quarters(region)
    targets = [
        *((cells, told_of_extracts(reports, extracts)) for cells in small_in_extracts(extracts)),
        *((cells, told_of_quarters(reports, quarters)) for cells in small_in_quarters(quarters)),
    ]
    found = []
    for cells, told in targets:
        low, high = between(cells, told)
        if high - low < 9.5:
            found.append((sorted(cells, key=str), low, high))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_all_reports_together_tell_no_small_number(seed: int) -> None:
    region = random_region(seed)
    stored(region)
    reports = [frozen(year, name, appendix=appendix) for year, name, appendix in CHAIN]
    assert leaks(reports, region) == []
    for report in reports:
        compared = {*keys(report["by_cohort"]), *keys(report["last_year"])}
        assert compared <= OF_PRACTICES


def test_without_the_guard_the_attack_finds_small_numbers() -> None:
    """The same reports with one row of the appendix as it was counted: so the attack is not blind,
    neither for that row nor for what it tells of the other one that was hidden with it."""
    region = random_region(1)
    stored(region)
    reports = [frozen(year, name, appendix=appendix) for year, name, appendix in CHAIN]
    truth = of_extracts(region)
    hidden = [
        (report, one)
        for report in reports
        for one in report["appendix"] or ()
        if one["extract_until"] and one["high_users"] is None
    ]
    assert hidden
    for report, one in hidden:
        one["high_users"] = truth["high", report["year"], one["code"]]
    assert leaks(reports, region) != []
