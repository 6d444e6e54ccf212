"""Reads a figure back from its SVG: where its texts stand and what it draws."""

from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree

from mtvp.charts.text import text_width

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {
    "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height", "points", "viewBox",
    "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "text-anchor",
    "font-size", "font-weight", "font-family", "role",
}  # fmt: skip


@dataclass(frozen=True)
class Box:
    text: str
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def root(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def size(svg: str) -> tuple[float, float]:
    _, _, width, height = root(svg).attrib["viewBox"].split()
    return float(width), float(height)


def texts(svg: str) -> list[Box]:
    boxes = []
    for element in root(svg).iter(f"{SVG}text"):
        words, points = element.text or "", float(element.attrib["font-size"])
        wide = text_width(words, points, bold="font-weight" in element.attrib)
        x, baseline = float(element.attrib["x"]), float(element.attrib["y"])
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[element.get("text-anchor", "start")]
        left = x - wide * share
        boxes.append(
            Box(words, left, left + wide, baseline - points * 0.76, baseline + 0.2 * points)
        )
    return boxes


def faults(svg: str) -> list[str]:
    """Every breach of the rules for figures, in words."""
    width, height = size(svg)
    found = []
    for element in root(svg).iter():
        strange = set(element.attrib) - ALLOWED
        if strange:
            found.append(f"{element.tag} has {sorted(strange)}")
        if float(element.get("font-size", 13)) < 13:
            found.append(f"small text {element.text!r}")
    boxes = texts(svg)
    for box in boxes:
        if (
            box.left < -0.5
            or box.right > width + 0.5
            or box.top < -0.5
            or box.bottom > height + 0.5
        ):
            found.append(f"{box} outside {width} x {height}")
    found += [f"{one} meets {two}" for one, two in combinations(boxes, 2) if one.meets(two)]
    return found
