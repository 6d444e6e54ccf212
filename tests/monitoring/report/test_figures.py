"""The figures of a report against the oracle, and the number of queries they take."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from highusers.models import Extract
from highusers.states import ExtractSource
from monitoring.report.build import build_report
from monitoring.report.value import report_from_json, report_json
from practices.models import Insurer, Practice
from tests import factories
from tests.monitoring.report.oracle import ReportOracle
from tests.monitoring.report.region import random_region, stored

pytestmark = pytest.mark.django_db

QUERIES = 54
"""Fixed: the same for one practice and for three."""


def value_of(year: int, name: str, *, appendix: bool) -> dict[str, Any]:
    """The whole value, in the order of the oracle where order says nothing."""
    insurer = Insurer.objects.get(name=name)
    value = report_json(build_report(year=year, insurer=insurer, appendix=appendix))
    return value | {"suppressed": sorted(value["suppressed"])}


@pytest.mark.parametrize("seed", range(12))
def test_every_figure_agrees_with_plain_loops(seed: int) -> None:
    """Key by key over the whole value: one that the oracle does not know makes it fail."""
    region = random_region(seed, practices=9 if seed % 4 == 0 else 5)
    if seed % 3 == 0:
        region["fee_tariffs"] = [
            {"from": date(2020, 1, 1), "until": date(2023, 6, 30), "amount": "0.50"},
            {"from": date(2024, 4, 1), "until": None, "amount": "0.55"},
        ]
    stored(region)
    for year, name, appendix in (
        (2022, "CZ", False),
        (2023, "VGZ", True),
        (2024, "VGZ", False),
        (2024, "CZ", True),
    ):
        found = value_of(year, name, appendix=appendix)
        expected = ReportOracle(region, year, name).answer(found, appendix=appendix)
        assert found == expected, (year, name)


def year_of_2023(practice: Practice, *, patients: int, high_users: int) -> None:
    Extract.objects.create(
        practice=practice,
        period_start=date(2023, 1, 1),
        period_end=date(2023, 12, 31),
        patients=patients,
        high_users=high_users,
        contacts=patients * 4,
        threshold=30,
        source=ExtractSource.REGION,
    )


def test_two_reports_side_by_side_do_not_tell_what_a_newcomer_has() -> None:
    insurer = factories.insurer("CZ")
    year_of_2023(factories.practice(start_on=date(2023, 12, 31)), patients=2000, high_users=40)
    year_of_2023(factories.practice(start_on=date(2024, 1, 1)), patients=1500, high_users=7)

    own = build_report(year=2023, insurer=insurer, appendix=False).extracts
    assert (own.number, own.practices, own.patients, own.high_users) == (1, 1, 2000, 40)
    later = build_report(year=2024, insurer=insurer, appendix=False)
    assert (later.practices, later.earlier_extracts) == (2, (own,))


def test_a_year_in_which_none_of_the_practices_had_begun_is_left_out() -> None:
    insurer = factories.insurer("CZ")
    year_of_2023(factories.practice(start_on=date(2024, 4, 1)), patients=2000, high_users=40)
    assert build_report(year=2024, insurer=insurer, appendix=False).earlier_extracts == ()


@pytest.mark.parametrize("seed", range(6))
def test_an_earlier_year_reads_as_in_its_own_report(seed: int) -> None:
    stored(random_region(seed))
    insurer = factories.insurer("VGZ")
    last = build_report(year=2025, insurer=insurer, appendix=False)
    for earlier in last.earlier_extracts:
        own = build_report(year=earlier.year, insurer=insurer, appendix=False)
        assert own.extracts == earlier


@pytest.mark.parametrize("practices", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_practices(practices: int) -> None:
    region = random_region(7, practices=practices)
    for row in region["practices"]:
        row["start"] = date(2022, 10, 1)  # so that there is a year before to count as well
    stored(region)
    insurer = factories.insurer("VGZ")
    with CaptureQueriesContext(connection) as queries:
        build_report(year=2024, insurer=insurer, appendix=True)
    assert len(queries) == QUERIES


def test_a_report_comes_back_from_its_json_as_it_was() -> None:
    stored(random_region(3))
    report = build_report(year=2023, insurer=factories.insurer("VGZ"), appendix=True)
    assert report_from_json(report_json(report)) == report
    assert report.appendix


def test_an_empty_region_gives_a_report_of_noughts() -> None:
    report = build_report(year=2023, insurer=factories.insurer("CZ"), appendix=False)
    assert report.practices == 0
    assert [one.applicable for one in report.obligations] == [0] * 8
    assert (report.extracts.number, report.extracts.patients) == (0, 0)
    assert report.regional_fee == ()
    assert report.suppressed == ()
    assert {one.patients for one in report.panels} == {0}
