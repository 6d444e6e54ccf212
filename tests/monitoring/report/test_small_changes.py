"""Who holds two reports finds no change of fewer than ten patients: an attack on made-up chains of
reports, and a correction from end to end."""

import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import pytest

from highusers.models import Extract
from monitoring.models import Report as StoredReport
from monitoring.regional_fee.facts import QuarterPart
from monitoring.report import money, services
from monitoring.report.build import build_report, count_report
from monitoring.report.corrections import composed
from monitoring.report.hiding import (
    hidden_paths,
    without_small_extracts,
    without_small_quarters,
)
from monitoring.report.parts import ProgrammeFigures, TariffFigures
from monitoring.report.scope import scope_of
from monitoring.report.small_changes import beside_earlier, may_follow
from monitoring.report.value import ExtractFigures, PracticeFigures, Report, report_json
from monitoring.states import ReportState
from mtvp.documents.canonical import canonical_json, sha256_of
from practices.models import Insurer, Panel
from practices.states import RegionRoleName
from tests import factories
from tests.monitoring.report.test_figures import year_of_2023

Truth = dict[str, tuple[int, int]]
"""Patients and high users of each practice with an extract."""

CODES = ("1", "2", "3", "4")
QUARTER = "2023Q1"
TARIFF = Decimal("0.50")


def report_of(truth: Truth, listed: int, unlisted: int, *, appendix: bool) -> Report:
    """As a report by itself is made: small numbers hidden."""
    patients, high = (sum(one[place] for one in truth.values()) for place in (0, 1))
    rows = tuple(_row(code, *truth.get(code, (None, None))) for code in CODES)
    extracts = without_small_extracts(
        [ExtractFigures(2023, len(truth), len(truth), patients, high, patients * 4)],
        rows if appendix else None,
    )
    parts = [
        QuarterPart(QUARTER, True, True, 3, listed),
        QuarterPart(QUARTER, True, False, 1, unlisted),
    ]
    panels, fees, _ = without_small_quarters(parts, {QUARTER: TARIFF}, has_list=True)
    empty = ProgrammeFigures(QUARTER, 0, None, "2.88", None)
    report = Report(
        year=2023, insurer="VGZ", as_of="2023-12-31", practices=4, stopped=0, cohorts=(),
        obligations=(), extracts=extracts.year, earlier_extracts=(), plans=(), sessions=(),
        questionnaires=(), indicators=(), panels=panels, regional_fee=fees, quality=(),
        appendix=extracts.appendix, suppressed=(),
        programme_fee=(money.with_patients(empty, panels[0]),),
        fee_tariffs=(TariffFigures(QUARTER, str(TARIFF)),),
    )  # fmt: skip
    return replace(report, suppressed=hidden_paths(report))


def _row(code: str, patients: int | None, high_users: int | None) -> PracticeFigures:
    until = None if patients is None else "2023-12-31"
    return PracticeFigures(
        code, code, "Tilburg", 1, "2023-04-01", None, 1, (), until, patients, high_users
    )


def chain(seed: int, *, guarded: bool) -> list[tuple[Report, Truth]]:
    """Reports as they became final one after another while the numbers below them moved."""
    chance = random.Random(seed)
    truth = {code: (chance.randrange(40, 3000), chance.randrange(4, 40)) for code in CODES[:3]}
    listed, unlisted = 2000, chance.randrange(5, 60)
    told: list[tuple[Report, Truth]] = []
    for _ in range(4):
        report = report_of(truth, listed, unlisted, appendix=chance.random() < 0.5)
        if guarded and told:
            earlier = [one for one, _truth in told]
            report = beside_earlier(report, earlier, earlier)
        told.append((report, dict(truth)))
        code = chance.choice(CODES)
        patients, high = truth.get(code, (0, 0))
        step = chance.choice([0, 1, 4, 9, 10, 30, 400])
        high = max(0, high + chance.choice([-1, 1]) * chance.choice([0, 1, 5, 9, 12, 25]))
        truth[code] = (patients + high + step, high)
        listed += chance.choice([0, 3, 9, 50])
        unlisted += chance.choice([0, 2, 40])
    return told


def shown(report: Report) -> dict[str, int]:
    """Every number of patients that a reader finds or reckons within one report."""
    found = {
        "patients": report.extracts.patients,
        "high": report.extracts.high_users,
        "panel": report.panels[0].patients,
        "fee": report.regional_fee[0].patients,
        "programme": report.programme_fee[0].patients,
    }
    for one in report.appendix or ():
        found[f"{one.code} patients"] = one.patients if one.extract_until else 0
        found[f"{one.code} high"] = one.high_users if one.extract_until else 0
    for whole, part in (("patients", "high"), ("panel", "fee"), *_of_practices()):
        if found.get(whole) is not None and found.get(part) is not None:
            found[f"{whole} less {part}"] = (found[whole] or 0) - (found[part] or 0)
    known = {name: number for name, number in found.items() if number is not None}
    if (amount := report.regional_fee[0].amount) is not None:
        known["fee from its amount"] = int(Decimal(amount) / TARIFF)
    if (amount := report.programme_fee[0].amount) is not None:
        known["panel from its amount"] = int(Decimal(amount) / Decimal("2.88"))
    return known


def _of_practices() -> Iterator[tuple[str, str]]:
    for code in CODES:
        yield f"{code} patients", f"{code} high"


def leaks(first: tuple[Report, Truth], second: tuple[Report, Truth]) -> list[str]:
    """Small changes that can be read off, and small numbers that show when the rest stayed."""
    was, now = shown(first[0]), shown(second[0])
    found = [name for name in {*was, *now} if name in was and name in now]
    told = [f"{name} changed" for name in found if 0 < abs(was[name] - now[name]) < 10]
    for name in ("patients", "high"):
        if name not in was or name not in now:
            continue
        both = [code for code in CODES if f"{code} {name}" in was and f"{code} {name}" in now]
        left = [one[name] - sum(one[f"{code} {name}"] for code in both) for one in (was, now)]
        if both and 0 < abs(left[0] - left[1]) < 10:
            told.append(f"the hidden {name} changed")
    for one, other, truth in ((was, now, second[1]), (now, was, first[1])):
        if "patients less high" in one and "patients" in other and "high" not in other:
            guess = other["patients"] - one["patients less high"]
            if guess == sum(high for _patients, high in truth.values()) and 0 < guess < 10:
                told.append("high users, when the others stayed")
        for code in CODES:
            rest, whole, part = (
                f"{code} patients less {code} high",
                f"{code} patients",
                f"{code} high",
            )
            if rest in one and one[whole] and whole in other and part not in other:
                guess = other[whole] - one[rest]
                if code in truth and guess == truth[code][1] and 0 < guess < 10:
                    told.append(f"{part}, when the others stayed")
    return told


def test_no_pair_of_reports_tells_a_small_change() -> None:
    for seed in range(120):
        for first, second in combinations(chain(seed, guarded=True), 2):
            assert leaks(first, second) == [], seed


def test_without_the_guard_the_attack_finds_small_changes() -> None:
    found = [
        leak
        for seed in range(60)
        for first, second in combinations(chain(seed, guarded=False), 2)
        for leak in leaks(first, second)
    ]
    kinds = {leak.split(" ", 1)[1] if leak[0].isdigit() else leak for leak in found}
    assert {"patients changed", "high changed", "fee changed", "panel less fee changed"} <= kinds
    assert "the hidden high changed" in kinds


def test_large_changes_are_told() -> None:
    renewed = 0
    for seed in range(40):
        told = [report for report, _truth in chain(seed, guarded=True)]
        renewed += len({report.extracts.patients for report in told}) > 1
    assert renewed > 20


@pytest.mark.parametrize(
    ("told", "now", "follows"),
    [
        ((5300, 59), (5300, 59), True),
        ((5300, 59), (5303, 59), False),
        ((5300, 59), (5330, 89), True),
        ((5300, 59), (5320, 68), False),
        ((5300, 59), (5320, 72), False),  # The others changed by eight.
        ((5260, None), (5360, 40), True),
        ((5300, None), (5336, 40), False),  # As if the others stayed: there were four.
        ((None, None), (80_000, 1200), True),
        ((80_000, 1200), (None, None), True),
        ((60, 30), (None, None), True),
        ((18, 12), (None, None), False),
    ],
)
def test_which_numbers_may_follow_which(
    told: tuple[int | None, int | None], now: tuple[int | None, int | None], follows: bool
) -> None:
    assert may_follow(told, now) is follows


@pytest.fixture
def vgz(db: None) -> Insurer:
    insurer = factories.insurer("VGZ")
    practice = factories.practice(start_on="2023-01-01")
    year_of_2023(practice, patients=2000, high_users=40)
    Panel.objects.create(practice=practice, insurer=insurer, quarter="2023Q2", patients=800)
    return insurer


def draft(insurer: Insurer, *, version: int = 1, appendix: bool = False) -> StoredReport:
    value = report_json(build_report(year=2023, insurer=insurer, appendix=appendix))
    return StoredReport.objects.create(
        year=2023, insurer=insurer, version=version, reason="Fout" if version > 1 else "",
        appendix=appendix, value=value, sha256=sha256_of(canonical_json(value)),
    )  # fmt: skip


def frozen(report: StoredReport) -> StoredReport:
    actor = factories.region_user(RegionRoleName.COORDINATOR)
    services.make_final(report=report, actor=actor)
    report.refresh_from_db()
    assert report.state == ReportState.FINAL
    return report


@pytest.mark.django_db
def test_a_correction_tells_no_patient_who_came_or_went(vgz: Insurer) -> None:
    first = frozen(draft(vgz))
    Extract.objects.update(patients=2003, high_users=37)
    Panel.objects.update(patients=795)
    raw = count_report(scope_of(2023, vgz), appendix=False)
    assert (raw.extracts.high_users, raw.panels[1].patients) == (37, 795)

    second = frozen(draft(vgz, version=2))
    assert second.value["extracts"] == first.value["extracts"]
    assert second.value["panels"] == first.value["panels"]
    assert second.value["correction"]["differences"] == []
    with_rows = frozen(draft(vgz, appendix=True))
    assert with_rows.value["extracts"] == first.value["extracts"]
    (row,) = with_rows.value["appendix"]
    assert (row["patients"], row["high_users"]) == (None, None)
    assert f"appendix.{row['code']}.patients" in with_rows.value["suppressed"]

    Extract.objects.update(patients=2103, high_users=77)
    third = frozen(draft(vgz, version=3))
    assert (third.value["extracts"]["patients"], third.value["extracts"]["high_users"]) == (
        2103, 77,
    )  # fmt: skip
    told = {(one["old"], one["new"]) for one in third.value["correction"]["differences"]}
    assert ("2.000", "2.103") in told
    Extract.objects.update(patients=2004, high_users=40)
    assert draft(vgz, version=4).value["extracts"] == third.value["extracts"]  # Beside the first.


@pytest.mark.django_db
def test_next_years_report_and_another_insurers_tell_the_year_alike(vgz: Insurer) -> None:
    first = frozen(draft(vgz))
    Extract.objects.update(patients=2003, high_users=37)
    for year, name in ((2024, "VGZ"), (2024, "CZ")):
        later = build_report(year=year, insurer=factories.insurer(name), appendix=False)
        assert later.earlier_extracts[-1].high_users == first.value["extracts"]["high_users"]
    other = build_report(year=2023, insurer=factories.insurer("CZ"), appendix=False)
    assert other.extracts.high_users == 40


@pytest.mark.django_db
def test_a_draft_counted_before_another_became_final_stands_beside_it_once_frozen(
    vgz: Insurer,
) -> None:
    first = draft(vgz)
    Extract.objects.update(patients=2003, high_users=37)
    other = draft(factories.insurer("CZ"))
    frozen(first)
    assert other.value["extracts"]["high_users"] == 37
    assert composed(other).extracts.high_users == 40
    assert frozen(other).value["extracts"]["high_users"] == 40
