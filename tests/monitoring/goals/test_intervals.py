"""Intervals: against published worked figures, and how often they hold the truth."""

import random
from math import sqrt

import pytest

from monitoring.goals.intervals import (
    Interval,
    Kind,
    Spread,
    between_practices,
    of_rate,
    of_share,
)


def spread_of(figures: list[tuple[float, float]]) -> Spread:
    return Spread(
        practices=len(figures),
        x=sum(x for x, _ in figures),
        n=sum(n for _, n in figures),
        xx=sum(x * x for x, _ in figures),
        xn=sum(x * n for x, n in figures),
        nn=sum(n * n for _, n in figures),
    )


def ends(interval: Interval | None) -> tuple[float, float]:
    assert interval is not None
    return round(interval.low, 4), round(interval.high, 4)


def test_wilson_as_newcombe_worked_it_out() -> None:
    """Newcombe 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29."""
    found = [ends(of_share(*one)) for one in ((81, 263), (15, 148), (0, 20), (1, 29))]
    assert found == [(0.2553, 0.3662), (0.0624, 0.1605), (0.0, 0.1611), (0.0061, 0.1718)]


def test_poisson_exactly_as_in_the_tables() -> None:
    """Garwood's limits of a count of 0, 10 and 100."""
    assert ends(of_rate(0, 1)) == (0.0, 3.6889)
    assert ends(of_rate(10, 1)) == (4.7954, 18.3904)
    assert ends(of_rate(100, 100)) == (0.8136, 1.2163)


def test_nothing_is_said_where_nothing_can_be() -> None:
    assert of_share(5, 0) is None
    assert of_share(6, 5) is None
    assert of_rate(3, 0) is None
    few = [(40.0 + number, 10.0) for number in range(7)]
    assert between_practices(4.5, spread_of(few)) is None


def test_between_practices_is_the_ratio_of_sums_with_students_t() -> None:
    figures = [(900.0 + 13 * number**2, 200.0 + number) for number in range(9)]
    ratio = sum(x for x, _ in figures) / sum(n for _, n in figures)
    squares = sum((x - ratio * n) ** 2 for x, n in figures)
    error = sqrt(9 / 8 * squares) / sum(n for _, n in figures)
    found = between_practices(ratio, spread_of(figures))
    assert found is not None
    assert found.kind is Kind.PRACTICES
    assert found.high - ratio == pytest.approx(2.306004135 * error)


def test_where_practices_differ_theirs_holds_the_truth_and_counting_does_not() -> None:
    """Practices around 4.6 with a spread of their own: 400 regions of 30 practices."""
    chance = random.Random(5)
    held = {Kind.PRACTICES: 0, Kind.RATE: 0}
    for _region in range(400):
        figures = []
        for _practice in range(30):
            patients = chance.randrange(1500, 4000)
            figures.append((float(round(patients * chance.gauss(4.6, 0.5))), float(patients)))
        spread = spread_of(figures)
        for one in (between_practices(spread.x / spread.n, spread), of_rate(spread.x, spread.n)):
            assert one is not None
            held[one.kind] += one.low <= 4.6 <= one.high
    assert 365 <= held[Kind.PRACTICES] <= 395
    assert held[Kind.RATE] < 150
