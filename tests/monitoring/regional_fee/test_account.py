"""The regional fee against plain loops, the yearly report, and a reader who reckons."""

import random
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from scipy.optimize import linprog

from monitoring.regional_fee.account import FeeYear, fee_year
from monitoring.regional_fee.facts import quarter_places
from monitoring.regional_fee.following import followed
from monitoring.regional_fee.programme import programme_year_fees
from monitoring.report.build import build_report
from mtvp.documents.model import Mark
from practices.models import Insurer, Panel, Practice, Tariff
from practices.states import TariffKind
from tests import factories
from tests.monitoring.regional_fee.oracle import FeeOracle
from tests.monitoring.report.region import Region, random_region, stored, with_list

pytestmark = pytest.mark.django_db

TODAY = date(2024, 8, 15)


def region_with_preferences(seed: int, *, practices: int = 6) -> Region:
    """Also practices that prefer an insurer, and lists on which the odd one stands."""
    region = random_region(seed, practices=practices)
    chance = random.Random(f"preferred {seed}")
    stored(region)
    insurers = {one.name: one for one in Insurer.objects.all()}
    for row in region["practices"]:
        row["preferred_insurer"] = chance.choice(["VGZ", "VGZ", "CZ", None])
        preferred = insurers.get(row["preferred_insurer"])
        Practice.objects.filter(code=row["code"]).update(preferred_insurer=preferred)
    return region


def shown_or(mark_or_value: object, expected: object) -> bool:
    return mark_or_value is Mark.HIDDEN or mark_or_value == expected


@pytest.mark.parametrize("seed", range(10))
def test_amounts_reasons_and_totals_agree_with_plain_loops(seed: int) -> None:
    region = region_with_preferences(seed)
    for year, name in ((2023, "VGZ"), (2024, "VGZ"), (2024, "CZ")):
        oracle = FeeOracle(region, year, name, TODAY)
        shown = fee_year(year=year, insurer=Insurer.objects.get(name=name), today=TODAY)
        assert {one.participant.code for one in shown.practices} == oracle.shown()
        for practice in shown.practices:
            code = practice.participant.code
            for one in practice.quarters:
                where = (seed, year, name, code, one.quarter)
                assert one.reason == oracle.reason(code, one.quarter), where
                assert one.doubt == oracle.doubt(code, one.quarter), where
                amount = oracle.amount(code, one.quarter)
                assert shown_or(one.amount, Mark.NO_FIGURE if amount is None else amount), where
        for total in shown.totals:
            for field, expected in oracle.total(total.quarter).items():
                found = getattr(total, field)
                nothing_known = found is Mark.NO_FIGURE and expected == 0
                assert nothing_known or shown_or(found, expected), (seed, total.quarter, field)


@pytest.mark.parametrize("seed", range(6))
def test_totals_are_those_of_the_yearly_report(seed: int) -> None:
    stored(with_list(random_region(seed)))
    vgz = Insurer.objects.get(name="VGZ")
    shown = fee_year(year=2023, insurer=vgz, today=TODAY)
    report = build_report(year=2023, insurer=vgz, appendix=False)
    assert len(report.regional_fee) == 4
    for total, fee, panel in zip(shown.totals, report.regional_fee, report.panels, strict=True):
        assert (total.quarter, total.practices) == (fee.quarter, fee.practices)
        assert total.taking_part == panel.practices
        for here, there in ((total.patients, fee.patients), (total.panel, panel.patients)):
            assert isinstance(here, Mark) or here == there
        if not isinstance(total.amount, Mark):
            assert f"{total.amount:.2f}" == fee.amount
        hidden_there = fee.patients is None
        assert not hidden_there or isinstance(total.patients, Mark)


Place = tuple[int, str]


def told(
    year: FeeYear, places: dict[Place, int], listed: set[Place], part: set[Place]
) -> list[tuple[list[Place], float]]:
    """Everything the page says of patients, as sums of places; amounts tell them too."""
    rows = [
        ([(practice.participant.practice_id, one.quarter)], one.patients)
        for practice in year.practices
        for one in practice.quarters
        if (practice.participant.practice_id, one.quarter) in places
    ]
    for practice in year.practices:
        own = [cell for cell in listed if cell[0] == practice.participant.practice_id]
        rows.append((own, of_amount(practice.amount)))
    for total in year.totals:
        of = {cell for cell in places if cell[1] == total.quarter}
        rows.append((list(of & listed), total.patients))
        rows.append((list(of & listed), of_amount(total.amount)))
        rows.append((list(of & part), total.panel))
        rows.append((list((of & part) - listed), total.unlisted_patients))
    rows.append((list(listed), of_amount(year.amount)))
    return [(cells, float(v)) for cells, v in rows if cells and not isinstance(v, Mark)]


def of_amount(amount: object) -> Decimal | Mark:
    return amount / Decimal("0.50") if isinstance(amount, Decimal) else Mark.HIDDEN


def ranges(
    year: FeeYear, places: dict[Place, int], listed: set[Place], part: set[Place]
) -> dict[Place, tuple[float, float]]:
    """Between which values a reader who knows every sum finds each place: by linear programming
    over all tables that fit what is shown."""
    order = sorted(places)
    sums = told(year, places, listed, part)
    left = [[float(cell in cells) for cell in order] for cells, _value in sums] or None
    right = [value for _cells, value in sums] or None
    found = {}
    for place in order:
        aim = [float(cell == place) for cell in order]
        low = linprog(aim, A_eq=left, b_eq=right, bounds=(0, None))
        high = linprog([-one for one in aim], A_eq=left, b_eq=right, bounds=(0, None))
        found[place] = low.fun, float("inf") if high.fun is None else -high.fun
    return found


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 4, 6, 7])
def test_no_small_number_can_be_worked_out_from_the_page(seed: int) -> None:
    stored(random_region(seed, practices=4))
    vgz = Insurer.objects.get(name="VGZ")
    year = fee_year(year=2023, insurer=vgz, today=TODAY)
    rows = [one for one in quarter_places(2023, vgz) if one.patients is not None]
    places = {(one.practice_id, one.quarter): one.patients or 0 for one in rows}
    listed = {(one.practice_id, one.quarter) for one in rows if one.listed}
    part = {(one.practice_id, one.quarter) for one in rows if one.taking_part}
    found = ranges(year, places, listed, part)
    known = {cell for cell, (low, high) in found.items() if high - low < 10 - 1e-6}
    small = {cell for cell, patients in places.items() if patients < 10}
    assert small
    assert not small & known
    for cell in known:
        low, high = found[cell]
        assert low == pytest.approx(high) == pytest.approx(places[cell])


def year_of(practices: int) -> Insurer:
    vgz = factories.insurer("VGZ")
    for number in range(practices):
        practice = factories.practice(start_on=date(2023, 1, 1), preferred_insurer=vgz)
        practice.fee_listings.create(insurer=vgz, from_on=date(2023, 1, 1))
        for quarter in ("2023Q1", "2023Q2", "2023Q3", "2023Q4"):
            Panel.objects.create(
                practice=practice, quarter=quarter, insurer=vgz, patients=200 + number
            )
    return vgz


@pytest.mark.parametrize("practices", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_practices(practices: int) -> None:
    vgz = year_of(practices)
    with CaptureQueriesContext(connection) as queries:
        shown = fee_year(year=2023, insurer=vgz, today=TODAY)
    assert len(queries) == 6
    with CaptureQueriesContext(connection) as queries:
        rows = followed([one.participant for one in shown.practices], year=2023, today=TODAY)
    assert (len(queries), len(rows)) == (11, practices)
    with CaptureQueriesContext(connection) as queries:
        programme_year_fees(2023)
    assert len(queries) == 8


def test_the_fee_of_the_programme_is_patients_times_the_insurers_tariff() -> None:
    vgz, cz = year_of(3), factories.insurer("CZ")
    for practice in Practice.objects.all():
        Panel.objects.create(practice=practice, quarter="2023Q2", insurer=cz, patients=100)
    tariff = {"kind": TariffKind.PROGRAMME, "valid_from": date(2023, 1, 1)}
    Tariff.objects.create(**tariff, insurer=vgz, amount=Decimal("2.88"))
    shown = programme_year_fees(2023)
    rows = {one.insurer: one for one in shown.insurers}
    assert rows["VGZ"].quarters[0].amount == Decimal("2.88") * (200 + 201 + 202)
    assert rows["VGZ"].amount == 4 * Decimal("2.88") * 603
    assert [one.amount for one in rows["CZ"].quarters][1] is Mark.NO_FIGURE
    assert rows["CZ"].amount is Mark.NO_FIGURE
    assert shown.total.amount is Mark.NO_FIGURE
    Tariff.objects.create(**tariff, insurer=cz, amount=Decimal("3.00"))
    shown = programme_year_fees(2023)
    assert shown.total.quarters[1].amount == Decimal("2.88") * 603 + 900
    assert shown.total.amount == 4 * Decimal("2.88") * 603 + 900


def test_few_patients_of_one_insurer_take_the_sum_of_all_with_them() -> None:
    """Its report shows each of the others, so only the sum can go; and no amount tells of it."""
    year_of(3)
    small = factories.insurer("DSW")
    practice = Practice.objects.all()[0]
    Panel.objects.create(practice=practice, quarter="2023Q1", insurer=small, patients=6)
    for insurer in Insurer.objects.all():
        Tariff.objects.create(
            kind=TariffKind.PROGRAMME, valid_from=date(2023, 1, 1), insurer=insurer, amount=3
        )
    shown = programme_year_fees(2023)
    rows = {one.insurer: one for one in shown.insurers}
    first = rows["DSW"].quarters[0]
    assert (first.patients, first.amount, rows["DSW"].amount) == (Mark.HIDDEN,) * 3
    assert rows["VGZ"].quarters[0].patients == 603
    together = shown.total
    assert (together.quarters[0].patients, together.quarters[0].amount) == (Mark.HIDDEN,) * 2
    assert together.amount is Mark.HIDDEN
    assert together.quarters[1].patients == 603
