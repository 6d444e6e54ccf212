"""The lines of the bench that need a database, at small sizes: each measures."""

import pytest
from django.urls import clear_url_caches

from bench import enrolment_lines, import_lines, page_lines, region_lines
from bench.measure import differing
from practices.models import Practice

pytestmark = pytest.mark.usefixtures("scratch")


def test_figures_of_a_region() -> None:
    found = {
        figure.name: figure
        for line in (
            region_lines.compliance(sizes=(2, 12), repetitions=1),
            region_lines.report_figures(sizes=(2, 12), repetitions=1),
        )
        for figure in line
    }

    assert list(found) == [
        "compliance_region_2",
        "compliance_region_queries_2",
        "compliance_region",
        "compliance_region_queries_12",
        "compliance_region_queries",
        "report_figures_2",
        "report_figures_queries_2",
        "report_figures",
        "report_figures_queries_12",
        "report_figures_queries",
    ]
    assert found["compliance_region_queries"].ratio == 1
    assert found["report_figures_queries"].ratio == 1
    assert differing(found.values()) == []


def test_work_that_asks_for_each_practice_apart_is_told() -> None:
    found = list(
        region_lines.by_size(
            "one_by_one",
            lambda: [one.cohort.number for one in Practice.objects.all()],
            lambda bare: bare.execute("SELECT 1"),
            sizes=(2, 3),
            repetitions=1,
        )
    )

    counted = {one.name: one.value for one in found if one.unit == "queries"}
    assert counted == {
        "one_by_one_queries_2": 3,
        "one_by_one_queries_3": 4,
        "one_by_one_queries": 4,
    }
    assert differing(found) == ["one_by_one_queries"]


def test_figures_of_an_import() -> None:
    found = [
        figure.name
        for line in (
            import_lines.contacts(rows=1_000, repetitions=1),
            import_lines.practice(rows=3_000, repetitions=1),
            import_lines.workbook(rows=200, repetitions=1),
            import_lines.store(patients=200, repetitions=1),
        )
        for figure in line
    ]

    assert found == [
        "import_contacts_1m",
        "import_contacts_1m_peak",
        "import_practice",
        "import_totals_xlsx_100k",
        "store_182k",
    ]


def test_figures_of_pages() -> None:
    found = [figure.name for figure in page_lines.pages(repetitions=1, times=1)]
    clear_url_caches()

    assert found == ["page_home", "page_highusers", "page_mirror", "page_matrix"]


def test_the_figure_of_a_rush() -> None:
    (found,) = enrolment_lines.contention(people=15, repetitions=1)

    assert (found.name, found.unit, found.n) == ("enrol_contention", "enrolments/s", 1)
    assert found.ratio == pytest.approx(found.value / found.floor)
