import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from mtvp.charts import colours
from mtvp.charts.lines import Aim, LineSeries, Mark, line_chart, sparkline
from tests.charts.geometry import SVG, faults, root, texts

LONG = "Een reeks met een erg lange naam uit de huisartsenzorg van de hele regio"
YEARS = ["2021", "2022", "2023", "2024", "2025"]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_text_keeps_its_place(data: st.DataObject) -> None:
    columns = data.draw(st.integers(1, 24))
    values = st.lists(st.none() | st.floats(0, 1e8), min_size=columns, max_size=columns)
    series = [
        LineSeries(
            data.draw(st.sampled_from(["Regio", LONG, "Landelijk"])), tuple(data.draw(values))
        )
        for _ in range(data.draw(st.integers(1, 4)))
    ]
    name = data.draw(st.sampled_from(["{}", "{} kwartaal van 2024", "tot en met 31 december {}"]))
    chart = line_chart(
        "Titel",
        "Conclusie.",
        [name.format(2000 + index) for index in range(columns)],
        series,
        row_header="Jaar",
        nothing="geen cijfer",
        unit="consulten per verzekerde " * data.draw(st.integers(0, 5)),
        decimals=data.draw(st.integers(0, 2)),
        aim=data.draw(st.sampled_from([None, Aim(4.6, "streven: onder 4,6")])),
        mark=data.draw(
            st.none()
            | st.builds(
                Mark,
                st.floats(-1, columns),
                st.sampled_from(["Plan", f"Start van het plan: {LONG}"]),
            )
        ),
        from_zero=data.draw(st.booleans()),
        width=data.draw(st.sampled_from([300, 560, 760])),
    )
    assert faults(chart.svg) == []


def test_a_year_without_figure_breaks_the_line() -> None:
    chart = line_chart(
        "Consulten",
        "Conclusie.",
        YEARS,
        [LineSeries("Regio", (4.9, 4.8, None, 4.5, 4.4))],
        row_header="Jaar",
        nothing="geen cijfer",
        decimals=1,
    )
    lines = [line.attrib["points"].split() for line in root(chart.svg).iter(f"{SVG}polyline")]
    assert [len(points) for points in lines] == [2, 2]
    assert len(list(root(chart.svg).iter(f"{SVG}circle"))) == 4 + 1  # and one at the name
    assert chart.rows[2] == ("2023", "geen cijfer")


def test_a_line_is_named_at_its_end_with_its_last_value_in_dutch() -> None:
    with translation.override("nl"):
        chart = line_chart(
            "Consulten",
            "Conclusie.",
            YEARS,
            [LineSeries("Regio", (4.9, 4.8, 4.6, 4.5, None))],
            row_header="Jaar",
            nothing="geen cijfer",
            decimals=1,
        )
    assert "Regio 4,5" in {box.text for box in texts(chart.svg)}
    assert chart.rows[0] == ("2021", "4,9")


def test_the_axis_starts_at_nought_unless_told_otherwise() -> None:
    def lowest(*, from_zero: bool) -> str:
        chart = line_chart(
            "a",
            "b",
            YEARS,
            [LineSeries("Regio", (4.9, 4.8, 4.7, 4.5, 4.4))],
            row_header="Jaar",
            nothing="-",
            from_zero=from_zero,
        )
        return texts(chart.svg)[0].text

    with translation.override("nl"):
        assert (lowest(from_zero=True), lowest(from_zero=False)) == ("0", "4,4")


def test_lines_differ_by_dash_and_marker() -> None:
    chart = line_chart(
        "a",
        "b",
        YEARS,
        [LineSeries(name, (1, 2, 3, 4, 5)) for name in "abcd"],
        row_header="Jaar",
        nothing="-",
    )
    picture = root(chart.svg)
    dashes = [line.get("stroke-dasharray") for line in picture.iter(f"{SVG}polyline")]
    assert len(set(dashes)) == 4


def test_more_lines_than_can_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="told apart"):
        line_chart("a", "b", YEARS, [LineSeries("x", ())] * 5, row_header="Jaar", nothing="-")


def test_a_chart_without_any_figure_is_an_empty_frame() -> None:
    chart = line_chart(
        "a", "b", YEARS, [LineSeries("Regio", (None,) * 5)], row_header="Jaar", nothing="-"
    )
    assert faults(chart.svg) == []
    assert not list(root(chart.svg).iter(f"{SVG}polyline"))


@pytest.mark.parametrize("values", [[], [None], [3.0], [1.0, None, 2.0], [5.0] * 30])
def test_sparklines_stay_within_their_picture(values: list[float | None]) -> None:
    svg = sparkline("Contacten", "Daalt.", values)
    assert faults(svg) == []
    for circle in root(svg).iter(f"{SVG}circle"):
        assert 0 <= float(circle.attrib["cx"]) <= 120
        assert 0 <= float(circle.attrib["cy"]) <= 32


def test_a_mark_stands_between_the_moments_it_lies_between() -> None:
    chart = line_chart(
        "Contacten",
        "Conclusie.",
        YEARS,
        [LineSeries("Regio", (4.9, 4.8, 4.7, 4.5, 4.4))],
        row_header="Jaar",
        nothing="geen cijfer",
        mark=Mark(1.5, "Plan"),
    )
    points = next(root(chart.svg).iter(f"{SVG}polyline")).attrib["points"].split()
    second, third = (float(point.split(",")[0]) for point in points[1:3])
    (upright,) = [
        line
        for line in root(chart.svg).iter(f"{SVG}line")
        if line.attrib["x1"] == line.attrib["x2"]
    ]
    assert float(upright.attrib["x1"]) == pytest.approx((second + third) / 2, abs=0.1)
    assert "Plan" in {box.text for box in texts(chart.svg)}


def test_the_own_line_stands_out_as_in_a_funnel() -> None:
    lines = [
        LineSeries("Uw praktijk", (1, 2), own=True),
        LineSeries("Regio", (2, 2)),
        LineSeries("Nederland", (3, 2)),
    ]
    chart = line_chart("Titel", "Zin.", YEARS[:2], lines, row_header="Jaar", nothing="-")
    drawn = list(root(chart.svg).iter(f"{SVG}polyline"))
    assert [line.attrib["stroke"] == colours.ACCENT for line in drawn] == [True, False, False]
    assert "stroke-dasharray" not in drawn[0].attrib
    assert len({line.get("stroke-dasharray") for line in drawn}) == 3
