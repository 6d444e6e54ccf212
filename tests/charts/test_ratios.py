"""Ratios with their intervals: where they stand, and that nothing overlaps."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtvp.charts.ratios import RatioRow, Sides, ratio_plot
from tests.charts.geometry import SVG, faults, root, size, texts

SIDES = Sides("minder contacten met een plan", "geen verschil", "meer contacten met een plan")
LONG = "Uw praktijk, patiënten gekozen op de uitdraai tot en met 31 december 2024 of eerder"


def plot(*rows, width=560):
    listed = [
        RatioRow(f"Rij {place}", *row, text=f"{row[0]} ({row[1]} tot {row[2]})")
        for place, row in enumerate(rows)
    ]
    return ratio_plot(
        "Titel", "Conclusie.", listed, sides=SIDES, headers=("Wie", "Verhouding"), width=width
    )


def lines(chart):
    """Vertical and horizontal lines as (x1, y1, x2, y2)."""
    names = ("x1", "y1", "x2", "y2")
    return [
        tuple(float(line.attrib[name]) for name in names)
        for line in root(chart.svg).iter(f"{SVG}line")
    ]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_text_keeps_its_place(data: st.DataObject) -> None:
    ratios = st.floats(0.01, 50)
    rows = []
    for _row in range(data.draw(st.integers(0, 5))):
        low, ratio, high = sorted(data.draw(st.tuples(ratios, ratios, ratios)))
        low = data.draw(st.sampled_from([low, 0.0]))
        high = data.draw(st.sampled_from([high, math.inf]))
        rows.append(RatioRow(data.draw(st.sampled_from(["Regio", LONG])), ratio, low, high, "1"))
    chart = ratio_plot(
        "Titel",
        "Conclusie.",
        rows,
        sides=Sides(*(data.draw(st.sampled_from(["minder", LONG])) for _side in range(3))),
        headers=("Wie", "Verhouding"),
        width=data.draw(st.sampled_from([320, 560, 760])),
    )
    assert faults(chart.svg) == []


def test_half_and_double_lie_equally_far_from_one() -> None:
    chart = plot((1.0, 0.5, 2.0))
    left, one, right = (
        next((box.left + box.right) / 2 for box in texts(chart.svg) if box.text == tick)
        for tick in ("0,5", "1", "2")
    )
    assert one - left == pytest.approx(right - one)
    middle = size(chart.svg)[0] / 2
    (dot,) = root(chart.svg).iter(f"{SVG}circle")
    assert float(dot.attrib["cx"]) == pytest.approx(middle)


def test_the_interval_runs_from_its_low_to_its_high_end() -> None:
    chart = plot((0.71, 0.5, 1.0))
    (interval,) = [
        (x1, x2)
        for x1, y1, x2, y2 in lines(chart)
        if y1 == y2 and y1 < max(y for *_, y in lines(chart))
    ]
    assert interval == pytest.approx((16, 280))


def test_an_interval_without_end_has_an_arrow() -> None:
    assert len(list(root(plot((1.0, 0.6, 1.8)).svg).iter(f"{SVG}polyline"))) == 0
    assert len(list(root(plot((1.0, 0.0, math.inf)).svg).iter(f"{SVG}polyline"))) == 2


def test_the_table_says_what_the_rows_say() -> None:
    chart = plot((0.8, 0.6, 1.1), (1.0, 0.9, 1.2))
    assert chart.headers == ("Wie", "Verhouding")
    assert chart.rows == (("Rij 0", "0.8 (0.6 tot 1.1)"), ("Rij 1", "1.0 (0.9 tot 1.2)"))
