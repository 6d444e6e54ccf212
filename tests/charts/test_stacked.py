import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtvp.charts.stacked import STATUS_PAINTS, StackRow, StackSeries, stacked_bars
from tests.charts.geometry import SVG, faults, root, texts

SERIES = [
    StackSeries(name, STATUS_PAINTS[status])
    for status, name in {
        "met": "klaar",
        "on_track": "bezig of nog niet gestart",
        "at_risk": "let op",
        "missed": "te laat",
        "not_due": "nog niet aan de beurt",
        "not_applicable": "niet van toepassing op deze praktijken in dit programmajaar",
    }.items()
]


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.text("aeiou bdklmnrst", min_size=1, max_size=150).filter(str.strip),
            st.lists(st.integers(0, 10**6), min_size=6, max_size=6),
        ),
        min_size=1,
        max_size=7,
    ),
    width=st.sampled_from([300, 560, 760]),
)
def test_every_text_keeps_its_place(rows: list[tuple[str, list[int]]], width: int) -> None:
    stacks = [StackRow(name, tuple(counts)) for name, counts in rows]
    chart = stacked_bars("a", "b", stacks, series=SERIES, row_header="r", width=width)
    assert faults(chart.svg) == []


def test_every_part_that_occurs_is_named_with_its_number() -> None:
    chart = stacked_bars(
        "Stand",
        "Conclusie.",
        [StackRow("1 Regie", (18, 0, 1, 0, 0, 0))],
        series=SERIES,
        row_header="Interventie",
    )
    assert [box.text for box in texts(chart.svg)] == ["1 Regie", "18 klaar", "1 let op"]
    assert chart.headers[0] == "Interventie"
    assert chart.rows == (("1 Regie", "18", "0", "1", "0", "0", "0"),)


def test_parts_are_as_long_as_they_count() -> None:
    chart = stacked_bars(
        "a", "b", [StackRow("x", (30, 10, 0, 0, 0, 0))], series=SERIES, row_header="r"
    )
    first, second, *_ = (
        float(bar.attrib["width"])
        for bar in root(chart.svg).iter(f"{SVG}rect")
        if bar.attrib["width"] not in {"12", "10.5"}
    )
    assert first + 1 == pytest.approx(3 * (second + 1 + 1.5), abs=0.3)


def test_paints_differ_without_colour_except_the_two_that_count_nowhere() -> None:
    patterns = [
        STATUS_PAINTS[status].pattern for status in ("met", "on_track", "at_risk", "missed")
    ]
    assert len(set(patterns)) == 4
