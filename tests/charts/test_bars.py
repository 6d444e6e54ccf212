import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from mtvp.charts.bars import GroupRow, ShareRow, grouped_bars, share_bars
from tests.charts.geometry import SVG, faults, root, texts

NAMES = st.text("aeiou bdklmnrstvwz-MW", min_size=1, max_size=160).filter(str.strip)
LONG = (
    "Samenwerkingsverbanden in de wijk en huisartsenpraktijkondersteuningsmedewerkersoverleg " * 2
)


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(
        st.tuples(NAMES, st.integers(0, 10**7), st.integers(0, 10**7)), min_size=1, max_size=8
    ),
    width=st.sampled_from([300, 560, 760]),
)
def test_share_bars_keep_every_text_in_place(rows: list[tuple[str, int, int]], width: int) -> None:
    shares = [
        ShareRow(name, min(part, whole), whole, f"{min(part, whole)} van {whole}")
        for name, part, whole in rows
    ]
    chart = share_bars("Uitrol", "Conclusie.", shares, headers=("a", "b", "c"), width=width)
    assert faults(chart.svg) == []


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(
        st.tuples(NAMES, st.lists(st.none() | st.floats(0, 1e9), min_size=3, max_size=3)),
        min_size=1,
        max_size=6,
    )
)
def test_grouped_bars_keep_every_text_in_place(rows: list[tuple[str, list[float | None]]]) -> None:
    chart = grouped_bars(
        "Deelname",
        "Conclusie.",
        [GroupRow(name, tuple(values)) for name, values in rows],
        series=["Uitgenodigd", LONG, "Gestart"],
        row_header="Lichting",
        nothing="geen cijfer",
    )
    assert faults(chart.svg) == []


def test_bars_start_at_nought_and_are_as_long_as_their_share() -> None:
    chart = share_bars(
        "Uitrol",
        "Conclusie.",
        [ShareRow("half", 9, 18, "9 van 18"), ShareRow("heel", 4, 4, "4 van 4")],
        headers=("Interventie", "Voldaan", "Aandeel"),
    )
    bars = [
        (float(bar.attrib["x"]), float(bar.attrib["width"]))
        for bar in root(chart.svg).iter(f"{SVG}rect")
        if bar.get("stroke") is None
    ]
    assert bars[0][0] == bars[1][0]
    assert bars[0][1] * 2 == pytest.approx(bars[1][1], abs=0.2)


def test_the_table_holds_what_the_picture_shows_in_dutch() -> None:
    with translation.override("nl"):
        chart = share_bars(
            "Uitrol",
            "Conclusie.",
            [ShareRow("1", 1234, 2468, "1.234 van 2.468"), ShareRow("2", None, 0, "geen")],
            headers=("Interventie", "Voldaan", "Aandeel"),
        )
    assert chart.headers == ("Interventie", "Voldaan", "Aandeel")
    assert chart.rows == (("1", "1.234 van 2.468", "50%"), ("2", "geen", "–"))
    assert "1.234 van 2.468" in {box.text for box in texts(chart.svg)}


def test_no_figure_is_a_gap_and_nought_is_nought() -> None:
    chart = grouped_bars(
        "Deelname",
        "Conclusie.",
        [GroupRow("Lichting 1", (0, None, 5))],
        series=["Uitgenodigd", "Gestart", "Gestopt"],
        row_header="Lichting",
        nothing="geen cijfer",
    )
    assert chart.rows == (("Lichting 1", "0", "geen cijfer", "5"),)
    assert len(list(root(chart.svg).iter(f"{SVG}rect"))) == 1


def test_series_differ_without_colour() -> None:
    chart = grouped_bars(
        "Deelname",
        "Conclusie.",
        [GroupRow("Lichting 1", (5, 5, 5))],
        series=["a", "b", "c"],
        row_header="Lichting",
        nothing="geen cijfer",
    )
    looks = {
        (bar.get("stroke") is None, bar.get("fill") == "#FFFFFF")
        for bar in root(chart.svg).iter(f"{SVG}rect")
    }
    assert looks == {(True, False), (False, True)}
    assert list(root(chart.svg).iter(f"{SVG}line"))


def test_values_below_nought_are_refused() -> None:
    with pytest.raises(ValueError, match="nought"):
        grouped_bars("a", "b", [GroupRow("x", (-1.0,))], series=["s"], row_header="r", nothing="n")


def test_title_and_conclusion_are_in_the_picture_and_escaped() -> None:
    chart = share_bars("A < B & C", "Meer dan <5>.", [], headers=("a", "b", "c"))
    picture = root(chart.svg)
    assert picture.findtext(f"{SVG}title") == "A < B & C"
    assert picture.findtext(f"{SVG}desc") == "Meer dan <5>."
    assert picture.get("role") == "img"
