"""Ratios as dots with their interval, on a scale where half and double lie equally far from 1."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from mtvp.charts import colours
from mtvp.charts.chart import Chart, also_narrow
from mtvp.charts.drawing import LABEL_SIZE, LINE_HEIGHT, MARKERS, SMALL_SIZE, Drawing
from mtvp.charts.numbers import number
from mtvp.charts.text import text_width, wrapped

_TICKS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
_INSET = 16.0
_BAND = 30.0
_ARROW = 7.0


@dataclass(frozen=True)
class RatioRow:
    """`text` is what the row says in words; `high` may be infinite, `low` nought."""

    label: str
    ratio: float
    low: float
    high: float
    text: str


@dataclass(frozen=True)
class Sides:
    """What it means to lie left of 1, at 1 and right of it."""

    below: str
    same: str
    above: str


@dataclass(frozen=True)
class _Scale:
    low: float
    high: float
    left: float
    right: float

    def x(self, value: float) -> float:
        """Where a ratio lies; what falls off the scale lies at its end."""
        held = min(max(value, self.low), self.high)
        share = math.log(held / self.low) / math.log(self.high / self.low)
        return self.left + (self.right - self.left) * share


@also_narrow
def ratio_plot(
    title: str,
    conclusion: str,
    rows: Sequence[RatioRow],
    *,
    sides: Sides,
    headers: tuple[str, str],
    width: float = 560,
) -> Chart:
    """A row per ratio, 1 marked. An interval that runs off the scale ends in an arrow."""
    drawing = Drawing(width)
    scale = _scale(rows, width)
    top = 0.0
    bands = []
    for row in rows:
        for line in wrapped(row.label, LABEL_SIZE, width, bold=True):
            top += LINE_HEIGHT
            drawing.text((0, top - 4), line, bold=True)
        bands.append(top + _BAND / 2)
        top += _BAND + 6
    _axis(drawing, scale, bands[0] - _BAND / 2 + 2 if bands else 0.0, top)
    for place, (row, y) in enumerate(zip(rows, bands, strict=True)):
        _row(drawing, scale, row, y, place)
    _sides(drawing, scale, sides, top + LINE_HEIGHT)
    cells = tuple((row.label, row.text) for row in rows)
    return Chart(title, conclusion, drawing.svg(title, conclusion), headers, cells)


def _scale(rows: Sequence[RatioRow], width: float) -> _Scale:
    """Between two ticks; at least from a half to double."""
    lowest = min((row.low for row in rows), default=1.0)
    highest = max((row.high for row in rows), default=1.0)
    low = max((tick for tick in _TICKS if tick <= min(lowest, 0.5)), default=_TICKS[0])
    high = min((tick for tick in _TICKS if tick >= max(highest, 2.0)), default=_TICKS[-1])
    return _Scale(low, high, _INSET, width - _INSET)


def _axis(drawing: Drawing, scale: _Scale, top: float, bottom: float) -> None:
    for tick in _TICKS:
        if not scale.low <= tick <= scale.high:
            continue
        x, is_one = scale.x(tick), tick == 1
        colour = colours.INK if is_one else colours.LINE
        drawing.line((x, top), (x, bottom), colour=colour, thickness=2 if is_one else 1)
        at = (x, bottom + LINE_HEIGHT - 3)
        ink = colours.INK if is_one else colours.INK_3
        label = number(tick, 0 if tick >= 1 else 1)
        drawing.text(at, label, size=SMALL_SIZE, anchor="middle", colour=ink, bold=is_one)
    drawing.line((scale.left, bottom), (scale.right, bottom), colour=colours.LINE_STRONG)


def _row(drawing: Drawing, scale: _Scale, row: RatioRow, y: float, place: int) -> None:
    colour = colours.SERIES[place % len(colours.SERIES)]
    start, end = scale.x(row.low), scale.x(row.high)
    drawing.line((start, y), (end, y), colour=colour, thickness=3)
    _end(drawing, (start, y), colour, -1 if row.low < scale.low else 0)
    _end(drawing, (end, y), colour, 1 if row.high > scale.high else 0)
    drawing.marker((scale.x(row.ratio), y), MARKERS[place % len(MARKERS)], colour, size=7)


def _end(drawing: Drawing, at: tuple[float, float], colour: str, beyond: int) -> None:
    """A stop, or an arrow head where the interval goes on (-1 to the left, 1 to the right)."""
    x, y = at
    if not beyond:
        drawing.line((x, y - _ARROW), (x, y + _ARROW), colour=colour, thickness=2)
        return
    back = x - beyond * _ARROW
    drawing.path([(back, y - _ARROW), (x, y), (back, y + _ARROW)], colour=colour)


def _sides(drawing: Drawing, scale: _Scale, sides: Sides, top: float) -> None:
    """The meaning of each side under its half, of 1 in a line of its own."""
    one = scale.x(1)
    left = wrapped(sides.below, SMALL_SIZE, one - scale.left - 8)
    right = wrapped(sides.above, SMALL_SIZE, scale.right - one - 8)
    for row, line in enumerate(left, start=1):
        at = (scale.left, top + row * LINE_HEIGHT)
        drawing.text(at, line, size=SMALL_SIZE, colour=colours.INK_2)
    for row, line in enumerate(right, start=1):
        at = (scale.right, top + row * LINE_HEIGHT)
        drawing.text(at, line, size=SMALL_SIZE, anchor="end", colour=colours.INK_2)
    below = top + max(len(left), len(right)) * LINE_HEIGHT
    lines = wrapped(sides.same, SMALL_SIZE, drawing.width)
    for row, line in enumerate(lines, start=1):
        half = text_width(line, SMALL_SIZE) / 2
        x = min(max(one, half), drawing.width - half)
        drawing.text((x, below + row * LINE_HEIGHT), line, size=SMALL_SIZE, anchor="middle")
    drawing.height = below + len(lines) * LINE_HEIGHT + 6
