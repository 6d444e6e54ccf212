import math

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from mtvp.charts.spider import Moment, rating_rows, spider_web
from tests.charts.geometry import SVG, faults, root, size, texts

SPOKES = ["Lichaamsfuncties", "Mentaal welbevinden", "Zingeving", "Kwaliteit van leven",
          "Meedoen", "Dagelijks functioneren"]  # fmt: skip
MARCH = Moment("4 maart 2024", (4, 3, 5, 4, 3, 6))
OCTOBER = Moment("3 oktober 2024", (5, 6, 6, 6, 5, 7))


def web(*moments: Moment, width: float = 560):
    return spider_web(
        "Spinnenweb",
        "Twee gesprekken.",
        SPOKES,
        moments,
        row_header="Thema",
        nothing="geen cijfer",
        width=width,
    )


def lines(svg: str) -> list[list[tuple[float, float]]]:
    return [
        [(float(x), float(y)) for x, y in (p.split(",") for p in line.attrib["points"].split())]
        for line in root(svg).iter(f"{SVG}polyline")
    ]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_text_keeps_its_place(data: st.DataObject) -> None:
    marks = st.tuples(*[st.none() | st.integers(0, 10)] * len(SPOKES))
    moments = [
        Moment(data.draw(st.sampled_from(["4 maart 2024", "30 september 2023"])), data.draw(marks))
        for _ in range(data.draw(st.integers(0, 4)))
    ]
    assert faults(web(*moments, width=data.draw(st.sampled_from([300, 400, 560]))).svg) == []


def test_each_mark_stands_on_its_spoke_at_its_distance_clockwise_from_the_top() -> None:
    """Read back from the picture with plane geometry of its own."""
    (points, *_rest) = (line for line in lines(web(OCTOBER).svg) if len(line) == 7)
    assert points[0] == points[-1]
    width, _height = size(web(OCTOBER).svg)
    middle = (width / 2, points[0][1] + OCTOBER.marks[0] * 12.8)
    for place, (x, y) in enumerate(points[:-1]):
        across, up = x - middle[0], middle[1] - y
        assert math.hypot(across, up) == pytest.approx(OCTOBER.marks[place] * 12.8, abs=0.2)
        assert math.degrees(math.atan2(across, up)) % 360 == pytest.approx(60 * place, abs=0.5)


def test_moments_differ_without_colour_and_nothing_is_filled() -> None:
    drawn = root(web(MARCH, OCTOBER).svg)
    webs = [line for line in drawn.iter(f"{SVG}polyline") if len(line.attrib["points"]) > 60]
    assert [line.get("stroke-dasharray", "") for line in webs] == ["7 4", ""]
    assert {line.attrib["fill"] for line in webs} == {"none"}
    assert len(list(drawn.iter(f"{SVG}circle"))) == len(SPOKES) + 1  # and one in the legend
    assert len(list(drawn.iter(f"{SVG}polygon"))) == len(SPOKES) + 1


def test_a_spoke_without_a_mark_is_a_gap_and_never_nought() -> None:
    chart = web(Moment("4 maart 2024", (4, None, 5, 4, 3, 6)))
    sides = [line for line in lines(chart.svg) if len(line) == 2]
    assert len(sides) == 4 + 1  # and one in the legend
    assert chart.rows[1] == ("Mentaal welbevinden", "geen cijfer")


def test_the_table_holds_what_the_picture_shows() -> None:
    with translation.override("nl"):
        chart = web(MARCH, OCTOBER)
    assert chart.headers == ("Thema", "4 maart 2024", "3 oktober 2024")
    assert chart.rows[0] == ("Lichaamsfuncties", "4", "5")
    assert [row[0] for row in chart.rows] == SPOKES


def test_without_a_moment_it_is_a_web_to_fill_in_by_pen() -> None:
    chart = web()
    assert (chart.headers, chart.rows) == (("Thema",), ())
    assert lines(chart.svg) == []


def test_more_moments_than_can_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="4 moments"):
        web(*[MARCH] * 5)


def test_the_rows_for_a_pen_hold_nought_to_ten_for_every_name() -> None:
    chart = rating_rows("Cijfers", "Kleur een rondje.", SPOKES)
    assert faults(chart.svg) == []
    shown = [box.text for box in texts(chart.svg)]
    assert shown.count("0") == shown.count("10") == len(SPOKES)
    assert len(list(root(chart.svg).iter(f"{SVG}circle"))) == 11 * len(SPOKES)
