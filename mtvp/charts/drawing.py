"""Shapes and texts of one figure, written as SVG with presentation attributes only."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Literal

from mtvp.charts import colours
from mtvp.charts.text import FAMILY

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]
Pattern = Literal["solid", "diagonal", "outline", "upright", "dots"]
Marker = Literal["circle", "square", "diamond", "triangle"]

MARKERS: tuple[Marker, ...] = ("circle", "square", "diamond", "triangle")
DASHES = ("", "7 4", "2 3", "9 3 2 3")
PATTERNS: tuple[Pattern, ...] = ("solid", "diagonal", "outline", "upright", "dots")

LABEL_SIZE = 14.0
SMALL_SIZE = 13.0
LINE_HEIGHT = 18.0

_HATCH_STEP = 5.0


@dataclass(frozen=True)
class Paint:
    """A colour and how it fills, so that two series differ without colour too."""

    colour: str
    pattern: Pattern = "solid"
    tint: str = colours.SURFACE


@dataclass
class Drawing:
    """Collects elements; coordinates in pixels of the view box."""

    width: float
    height: float = 0.0
    _elements: list[str] = field(default_factory=list)

    def text(
        self,
        at: Point,
        words: str,
        *,
        size: float = LABEL_SIZE,
        anchor: Anchor = "start",
        colour: str = colours.INK,
        bold: bool = False,
    ) -> None:
        """Words with their baseline at `at`."""
        weight = ' font-weight="600"' if bold else ""
        aligned = f' text-anchor="{anchor}"' if anchor != "start" else ""
        self._elements.append(
            f'<text x="{_px(at[0])}" y="{_px(at[1])}" font-size="{_px(size)}" fill="{colour}"'
            f"{aligned}{weight}>{escape(words)}</text>"
        )

    def line(
        self,
        start: Point,
        end: Point,
        *,
        colour: str = colours.LINE,
        thickness: float = 1,
        dash: str = "",
    ) -> None:
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._elements.append(
            f'<line x1="{_px(start[0])}" y1="{_px(start[1])}" x2="{_px(end[0])}"'
            f' y2="{_px(end[1])}" stroke="{colour}" stroke-width="{_px(thickness)}"{dashed}/>'
        )

    def path(
        self, points: Iterable[Point], *, colour: str, dash: str = "", thickness: float = 2.5
    ) -> None:
        """A line through points."""
        joined = " ".join(f"{_px(x)},{_px(y)}" for x, y in points)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._elements.append(
            f'<polyline points="{joined}" fill="none" stroke="{colour}"'
            f' stroke-width="{_px(thickness)}" stroke-linejoin="round"{dashed}/>'
        )

    def bar(self, corner: Point, width: float, height: float, paint: Paint) -> None:
        """A rectangle from its upper left corner; hatched, dotted or empty ones get an edge."""
        if width <= 0:
            return
        solid = paint.pattern == "solid"
        fill = paint.colour if solid else paint.tint
        x, y = (corner[0], corner[1]) if solid else (corner[0] + 0.75, corner[1] + 0.75)
        wide, high = (width, height) if solid else (max(width - 1.5, 0.5), height - 1.5)
        edge = "" if solid else f' stroke="{paint.colour}" stroke-width="1.5"'
        self._elements.append(
            f'<rect x="{_px(x)}" y="{_px(y)}" width="{_px(wide)}" height="{_px(high)}"'
            f' fill="{fill}"{edge}/>'
        )
        self._hatch((x, y), wide, high, paint)

    def marker(
        self, at: Point, shape: Marker, colour: str, *, size: float = 5, filled: bool = False
    ) -> None:
        """A point of a series, white inside so that it stands clear of its line, unless filled."""
        x, y = at
        inside = colour if filled else colours.SURFACE
        paint = f' fill="{inside}" stroke="{colour}" stroke-width="2"'
        if shape == "circle":
            self._elements.append(
                f'<circle cx="{_px(x)}" cy="{_px(y)}" r="{_px(size * 0.9)}"{paint}/>'
            )
            return
        corners = {
            "square": [(-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)],
            "diamond": [(0, -1.1), (1.1, 0), (0, 1.1), (-1.1, 0)],
            "triangle": [(0, -1.1), (1.05, 0.8), (-1.05, 0.8)],
        }[shape]
        joined = " ".join(f"{_px(x + dx * size)},{_px(y + dy * size)}" for dx, dy in corners)
        self._elements.append(f'<polygon points="{joined}"{paint}/>')

    def svg(self, title: str, description: str) -> str:
        """The picture with its name and what it says, for people who do not see it."""
        size = f"{_px(self.width)} {_px(self.height)}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}"'
            f' width="{_px(self.width)}" height="{_px(self.height)}" role="img"'
            f' font-family="{FAMILY}"><title>{escape(title)}</title>'
            f"<desc>{escape(description)}</desc>{''.join(self._elements)}</svg>"
        )

    def _hatch(self, corner: Point, width: float, height: float, paint: Paint) -> None:
        x, y = corner
        if paint.pattern == "diagonal":
            offset = _HATCH_STEP
            while offset < width + height:
                start = (x + min(offset, width), y + max(0.0, offset - width))
                end = (x + max(0.0, offset - height), y + min(offset, height))
                self.line(start, end, colour=paint.colour, thickness=1.5)
                offset += _HATCH_STEP
        elif paint.pattern == "upright":
            offset = _HATCH_STEP
            while offset < width - 1:
                self.line((x + offset, y), (x + offset, y + height), colour=paint.colour)
                offset += _HATCH_STEP
        elif paint.pattern == "dots":
            middle = y + height / 2
            offset = _HATCH_STEP
            while offset < width - 1:
                self._elements.append(
                    f'<circle cx="{_px(x + offset)}" cy="{_px(middle)}" r="1.3"'
                    f' fill="{paint.colour}"/>'
                )
                offset += _HATCH_STEP


def _px(value: float) -> str:
    return f"{round(value, 1):g}" if abs(value) < 100_000 else f"{round(value)}"
