import math
from xml.etree.ElementTree import Element

from hypothesis import given, settings
from hypothesis import strategies as st

from mtvp.charts import colours
from mtvp.charts.funnel import Dot, FunnelLook, Limit, funnel_plot
from tests.charts.geometry import SVG, faults, root, texts

MIDDLE = 2.2


def limit(z: float, dash: str = "") -> Limit:
    def at(size: float) -> tuple[float, float]:
        reach = 100 * z * math.sqrt(0.022 / size)
        return max(MIDDLE - reach, 0.0), MIDDLE + reach

    return Limit(f"grens {z}", at, dash)


def plot(*dots: Dot, own: Dot | None = None, width: float = 760, middle: str = "Regio 2,2%") -> str:
    look = FunnelLook(
        dots=dots,
        own=(own, "Uw praktijk 3,3%") if own else None,
        middle=(MIDDLE, middle),
        limits=(limit(1.96, "5 4"), limit(3.09)),
        size_name="Aantal ingeschreven patiënten, op 250 afgerond",
        sign="%",
    )
    return funnel_plot("Titel", "Zin.", look, headers=("a",), rows=(), width=width).svg


def shapes(svg: str, tag: str) -> list[Element]:
    return list(root(svg).iter(f"{SVG}{tag}"))


DOT = st.builds(Dot, st.integers(1, 40).map(lambda steps: 250 * steps), st.floats(0, 9))


@settings(max_examples=80, deadline=None)
@given(
    dots=st.lists(DOT, min_size=1, max_size=40),
    own=st.none() | DOT,
    width=st.sampled_from([300, 560, 760]),
    middle=st.sampled_from(["Regio 2,2%", "De hele regio Midden-Brabant 2,2%"]),
)
def test_every_text_keeps_its_place(
    dots: list[Dot], own: Dot | None, width: int, middle: str
) -> None:
    svg = plot(*dots, own=own, width=width, middle=middle)
    found = faults(svg)
    assert found == []
    assert len(shapes(svg, "circle")) == len(dots)


def test_the_own_place_is_the_only_diamond_and_the_only_one_in_colour() -> None:
    dots = [Dot(1_500, 1.9), Dot(3_250, 2.4), Dot(5_000, 2.1)]
    svg = plot(*dots, own=Dot(4_000, 3.3))
    (diamond,) = shapes(svg, "polygon")
    assert diamond.attrib["fill"] == colours.ACCENT
    assert {one.attrib["stroke"] for one in shapes(svg, "circle")} == {colours.LINE_STRONG}
    assert "Uw praktijk 3,3%" in {box.text for box in texts(svg)}
    assert shapes(plot(*dots), "polygon") == []


def test_dots_stand_in_the_order_of_size_and_not_of_the_file() -> None:
    svg = plot(Dot(5_000, 2.1), Dot(1_500, 1.9), Dot(1_500, 1.2), Dot(3_250, 2.4))
    across = [float(one.attrib["cx"]) for one in shapes(svg, "circle")]
    assert across == sorted(across)
    backwards = plot(Dot(3_250, 2.4), Dot(1_500, 1.2), Dot(1_500, 1.9), Dot(5_000, 2.1))
    assert svg == backwards


def test_limits_narrow_with_size_and_differ_by_dash() -> None:
    lines = shapes(plot(Dot(1_000, 2.0), Dot(8_000, 2.0)), "polyline")
    assert len({line.attrib.get("stroke-dasharray", "") for line in lines}) == 2
    uppers = [line for line in lines if _heights(line) == sorted(_heights(line))]
    assert len(uppers) == 2


def _heights(line: Element) -> list[float]:
    return [float(point.split(",")[1]) for point in line.attrib["points"].split()]
