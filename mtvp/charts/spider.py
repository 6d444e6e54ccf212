"""The spider web of Positive Health, and the rows of marks that go with it on paper.

The only figure on spokes, because patients know it: the spokes keep their order, nothing is
filled, and no figure is drawn from the surface. It aids one conversation and measures nothing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from mtvp.charts import colours
from mtvp.charts.chart import Chart, also_narrow
from mtvp.charts.drawing import (
    LABEL_SIZE,
    LINE_HEIGHT,
    SMALL_SIZE,
    Anchor,
    Drawing,
    Marker,
    Point,
)
from mtvp.charts.numbers import number
from mtvp.charts.text import text_width, wrapped

HIGHEST = 10
MOST_MOMENTS = 4

_RADIUS = 128.0
_SHARE = 0.26
_GAP = 12.0
_RING_STEP = 2
_SIDE = 0.1
_SAMPLE = 44.0
_CIRCLE = 11.0
_STEP = 32.0
_ROW = 38.0


@dataclass(frozen=True)
class Moment:
    """The marks given on one day, one per spoke; None where no mark was given."""

    name: str
    marks: tuple[int | None, ...]


@dataclass(frozen=True)
class _Look:
    colour: str
    dash: str
    marker: Marker
    size: float


# The latest moment first; earlier points are larger, so that they show around a later one.
_LOOKS = (
    _Look(colours.PRIMARY, "", "square", 5),
    _Look(colours.INK_3, "7 4", "circle", 7),
    _Look(colours.ACCENT, "2 3", "diamond", 7.5),
    _Look(colours.INFO, "9 3 2 3", "triangle", 9),
)


@dataclass(frozen=True)
class _Web:
    middle: Point
    spokes: int
    radius: float

    def at(self, spoke: int, mark: float) -> Point:
        """Spoke 0 points upwards; the others follow clockwise."""
        angle = 2 * math.pi * spoke / self.spokes
        reach = self.radius * mark / HIGHEST
        return (
            self.middle[0] + reach * math.sin(angle),
            self.middle[1] - reach * math.cos(angle),
        )


@also_narrow
def spider_web(
    title: str,
    conclusion: str,
    spokes: Sequence[str],
    moments: Sequence[Moment],
    *,
    row_header: str,
    nothing: str,
    width: float = 560,
) -> Chart:
    """Marks from 0 to 10 on each spoke; moments lie over one another, the earliest first.

    Without moments it is an empty web to fill in by pen. From a `width` of 400 on the names fit,
    on two lines where they must. `nothing` stands for no mark in the table.
    """
    if len(moments) > MOST_MOMENTS:
        raise ValueError(f"More than {MOST_MOMENTS} moments cannot be told apart.")
    drawing = Drawing(width)
    top = 2 * LINE_HEIGHT + _GAP
    radius = min(_RADIUS, width * _SHARE)
    web = _Web((width / 2, top + radius), len(spokes), radius)
    _rings(drawing, web)
    looks = tuple(reversed(_LOOKS[: len(moments)]))
    for moment, look in zip(moments, looks, strict=True):
        _one_moment(drawing, web, moment, look)
    bottom = _names(drawing, web, spokes, width)
    drawing.height = _legend(drawing, moments, looks, bottom)
    rows = tuple(
        (spoke, *(_cell(moment.marks[place], nothing) for moment in moments))
        for place, spoke in enumerate(spokes)
    )
    headers = (row_header, *(moment.name for moment in moments))
    picture = drawing.svg(title, conclusion)
    return Chart(title, conclusion, picture, headers, rows if moments else ())


def rating_rows(title: str, conclusion: str, names: Sequence[str], *, width: float = 560) -> Chart:
    """A row of circles from 0 to 10 per name, to colour one by pen."""
    drawing = Drawing(width, _ROW * len(names))
    left = width - (HIGHEST + 0.5) * _STEP
    for place, name in enumerate(names):
        middle = _ROW * (place + 0.5)
        drawing.text((0, middle + 5), name, bold=True)
        for mark in range(HIGHEST + 1):
            at = (left + mark * _STEP, middle)
            drawing.marker(at, "circle", colours.INK_3, size=_CIRCLE / 0.9)
            words = str(mark)
            drawing.text((at[0], at[1] + 4.5), words, size=SMALL_SIZE, anchor="middle")
    return Chart(title, conclusion, drawing.svg(title, conclusion), (), ())


def _rings(drawing: Drawing, web: _Web) -> None:
    for mark in range(_RING_STEP, HIGHEST + 1, _RING_STEP):
        corners = [web.at(spoke, mark) for spoke in range(web.spokes)]
        for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
            drawing.line(start, end)
    for spoke in range(web.spokes):
        drawing.line(web.middle, web.at(spoke, HIGHEST))
    for mark in range(0, HIGHEST + 1, _RING_STEP):
        x, y = web.at(0, mark)
        drawing.text((x + 5, y + 12), number(mark), size=SMALL_SIZE, colour=colours.INK_3)


def _one_moment(drawing: Drawing, web: _Web, moment: Moment, look: _Look) -> None:
    points = [
        None if mark is None else web.at(spoke, mark) for spoke, mark in enumerate(moment.marks)
    ]
    if points and None not in points:
        closed = [point for point in [*points, points[0]] if point is not None]
        drawing.path(closed, colour=look.colour, dash=look.dash)
    else:
        # A spoke without a mark leaves its two sides open.
        for start, end in zip(points, [*points[1:], points[0]], strict=True):
            if start is not None and end is not None:
                drawing.path([start, end], colour=look.colour, dash=look.dash)
    for point in points:
        if point is not None:
            drawing.marker(point, look.marker, look.colour, size=look.size)


def _names(drawing: Drawing, web: _Web, spokes: Sequence[str], width: float) -> float:
    """The name at the end of each spoke; answers how far down the figure reaches."""
    lowest = web.middle[1] + web.radius
    for place, name in enumerate(spokes):
        x, y = web.at(place, HIGHEST)
        across = (x - web.middle[0]) / web.radius
        anchor: Anchor = "middle" if abs(across) < _SIDE else "start" if across > 0 else "end"
        room = width if anchor == "middle" else width - x - _GAP if anchor == "start" else x - _GAP
        lines = wrapped(name, LABEL_SIZE, room, bold=True)
        at = x if anchor == "middle" else x + _GAP if anchor == "start" else x - _GAP
        if anchor != "middle":
            first = y + 5 - LINE_HEIGHT * (len(lines) - 1) / 2
        elif y < web.middle[1]:
            first = y - _GAP - LINE_HEIGHT * (len(lines) - 1)
        else:
            first = y + _GAP + LINE_HEIGHT
        for row, line in enumerate(lines):
            down = first + row * LINE_HEIGHT
            drawing.text((at, down), line, anchor=anchor, bold=True)
            lowest = max(lowest, down)
    return lowest + LINE_HEIGHT


def _legend(
    drawing: Drawing, moments: Sequence[Moment], looks: Sequence[_Look], top: float
) -> float:
    """A sample of each line with its name, as many on a row as fit."""
    x, y = 0.0, top + LINE_HEIGHT
    for moment, look in zip(moments, looks, strict=True):
        wide = _SAMPLE + 10 + text_width(moment.name, LABEL_SIZE)
        if x and x + wide > drawing.width:
            x, y = 0.0, y + 1.5 * LINE_HEIGHT
        drawing.path([(x, y - 5), (x + _SAMPLE, y - 5)], colour=look.colour, dash=look.dash)
        drawing.marker((x + _SAMPLE / 2, y - 5), look.marker, look.colour, size=look.size)
        drawing.text((x + _SAMPLE + 10, y), moment.name)
        x += wide + 24
    return y + 10 if moments else top


def _cell(mark: int | None, nothing: str) -> str:
    return nothing if mark is None else number(mark)
