from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from mtvp.charts.axis import axis_for
from mtvp.charts.numbers import day, money, number, percent, rounded


@pytest.mark.parametrize(
    ("value", "decimals", "dutch", "english"),
    [
        (0, 0, "0", "0"),
        (1234567, 0, "1.234.567", "1,234,567"),
        (1234.5, 1, "1.234,5", "1,234.5"),
        (0.25, 1, "0,3", "0.3"),
        (Decimal("2.345"), 2, "2,35", "2.35"),
        (-1500, 0, "-1.500", "-1,500"),
    ],
)
def test_numbers(value: float, decimals: int, dutch: str, english: str) -> None:
    with translation.override("nl"):
        assert number(value, decimals) == dutch
    with translation.override("en"):
        assert number(value, decimals) == english


def test_halves_go_up_as_people_round() -> None:
    assert [rounded(value) for value in (0.5, 1.5, 2.5)] == [1, 2, 3]
    assert rounded(1.005, 2) == Decimal("1.01")


def test_percentages_money_and_days_in_dutch() -> None:
    with translation.override("nl"):
        assert percent(0.725) == "73%"
        assert percent(Decimal(1) / 3, 1) == "33,3%"
        assert money(Decimal("1234.5")) == "€\xa01.234,50"
        assert day(date(2023, 12, 31)) == "31 december 2023"


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 0, [0, 0.5, 1.0]),
        (0, 7, [0, 2, 4, 6, 8]),
        (0, 100, [0, 50, 100]),
        (4.4, 4.9, [4.4, 4.6, 4.8, 5.0]),
        (0, 23000, [0, 10000, 20000, 30000]),
    ],
)
def test_axes_have_round_steps(low: float, high: float, ticks: list[float]) -> None:
    axis = axis_for(low, high)
    assert axis.low <= low
    assert axis.high >= high
    if (low, high) != (0, 0):
        assert axis.ticks() == ticks
