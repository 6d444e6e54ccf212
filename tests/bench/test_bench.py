"""The bench: how it times, what it prints, and that its database is gone afterwards."""

import json

import pytest
from django.db import connections

from bench import effect_lines, region_lines
from bench.measure import Figure, paired
from bench.run import LINES
from bench.scratch import scratch_database
from practices.models import Practice


def test_a_line_holds_the_six_fields_and_nothing_else() -> None:
    figure = Figure("import_practice", 0.123456, "s", 0.1, 1.23456, 5)

    assert json.loads(figure.line()) == {
        "name": "import_practice",
        "value": 0.1235,
        "unit": "s",
        "floor": 0.1,
        "ratio": 1.2346,
        "n": 5,
    }


def test_pairs_run_in_turn_each_prepared() -> None:
    ran: list[str] = []

    figure = paired(
        "pair",
        lambda: ran.append("ours"),
        lambda: ran.append("floor"),
        repetitions=2,
        prepare=lambda: ran.append("prepare"),
    )

    assert ran == ["prepare", "ours", "prepare", "floor", "prepare", "floor", "prepare", "ours"]
    assert figure.n == 2


def test_figures_of_the_effect_of_plans() -> None:
    found = [
        *effect_lines.practice(repetitions=1, draws=99),
        *effect_lines.placebo(trials=3, draws=99),
    ]

    assert [figure.name for figure in found] == [
        "effect_practice",
        "effect_coverage_practice_1",
        "effect_coverage_region_1",
        "effect_coverage_region_one_year_1",
        "effect_coverage_practice_0.8",
        "effect_coverage_region_0.8",
        "effect_coverage_region_one_year_0.8",
    ]
    assert {figure.n for figure in found[1:]} == {3}


@pytest.mark.django_db(transaction=True)
def test_the_scratch_database_is_dropped_and_the_own_one_untouched() -> None:
    with scratch_database() as name:
        region_lines.region_of(2)
        assert Practice.objects.count() == 2

    assert Practice.objects.count() == 0
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [name])
        assert cursor.fetchone() == (0,)


def test_every_line_of_the_list_can_be_asked_for() -> None:
    assert list(LINES) == [
        "import_contacts_1m",
        "import_totals_xlsx_100k",
        "import_practice",
        "store_182k",
        "compliance_region",
        "report_figures",
        "report_pdf",
        "pages",
        "effect_practice",
        "effect_placebo",
        "enrol_contention",
    ]
