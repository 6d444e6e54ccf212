"""Stacked bars: how a whole divides, for instance practices over statuses."""

from collections.abc import Sequence
from dataclasses import dataclass

from mtvp.charts import colours
from mtvp.charts.chart import Chart, also_narrow
from mtvp.charts.drawing import LABEL_SIZE, LINE_HEIGHT, SMALL_SIZE, Drawing, Paint
from mtvp.charts.numbers import number
from mtvp.charts.text import text_width, wrapped

_BAR = 20.0
_GAP = 12.0
_EDGE = 2.0
_SWATCH = 12.0
_BETWEEN = 16.0


@dataclass(frozen=True)
class StackSeries:
    """A part of every whole: its name and how it is painted."""

    name: str
    paint: Paint


@dataclass(frozen=True)
class StackRow:
    """Counts in the order of the series."""

    label: str
    counts: tuple[int, ...]


STATUS_PAINTS = {
    "met": Paint(colours.OK),
    "on_track": Paint(colours.INFO, "diagonal", colours.INFO_LIGHT),
    "at_risk": Paint(colours.WARN, "upright", colours.WARN_LIGHT),
    "missed": Paint(colours.ERROR, "dots", colours.ERROR_LIGHT),
    "not_due": Paint(colours.LINE_STRONG, "outline", colours.SURFACE),
    "not_applicable": Paint(colours.LINE_STRONG, "outline", colours.NEUTRAL_LIGHT),
}
"""One paint per status of an obligation; each differs in hatching too."""


@also_narrow
def stacked_bars(
    title: str,
    conclusion: str,
    rows: Sequence[StackRow],
    *,
    series: Sequence[StackSeries],
    row_header: str,
    width: float = 560,
) -> Chart:
    """Bars on one common scale from nought, the parts named and counted under each bar."""
    drawing = Drawing(width)
    longest = max((sum(row.counts) for row in rows), default=0) or 1
    top = 0.0
    for row in rows:
        for line in wrapped(row.label, LABEL_SIZE, width - 2 * _EDGE):
            top += LINE_HEIGHT
            drawing.text((_EDGE, top - 5), line, bold=True)
        _segments(drawing, row, series, (width - 2 * _EDGE) / longest, top)
        top = _named_parts(drawing, row, series, top + _BAR) + _GAP
    drawing.height = top
    headers = (row_header, *(one.name for one in series))
    cells = tuple((row.label, *(number(count) for count in row.counts)) for row in rows)
    return Chart(title, conclusion, drawing.svg(title, conclusion), headers, cells)


def _segments(
    drawing: Drawing, row: StackRow, series: Sequence[StackSeries], unit: float, top: float
) -> None:
    x = _EDGE
    for one, count in zip(series, row.counts, strict=True):
        drawing.bar((x, top), count * unit - (1 if count else 0), _BAR, one.paint)
        x += count * unit


def _named_parts(
    drawing: Drawing, row: StackRow, series: Sequence[StackSeries], top: float
) -> float:
    """The parts that occur, each with its swatch, in lines that fit; returns where they end."""
    x, baseline = _EDGE, top + LINE_HEIGHT
    room = drawing.width - 2 * _EDGE
    for one, count in zip(series, row.counts, strict=True):
        if not count:
            continue
        lines = wrapped(f"{number(count)} {one.name}", SMALL_SIZE, room - _SWATCH - 6)
        needed = _SWATCH + 6 + max(text_width(line, SMALL_SIZE) for line in lines)
        if x > _EDGE and x + needed > room:
            x, baseline = _EDGE, baseline + LINE_HEIGHT
        drawing.bar((x, baseline - _SWATCH + 1), _SWATCH, _SWATCH, one.paint)
        for index, line in enumerate(lines):
            at = (x + _SWATCH + 6, baseline + index * LINE_HEIGHT)
            drawing.text(at, line, size=SMALL_SIZE, colour=colours.INK_2)
        baseline += (len(lines) - 1) * LINE_HEIGHT
        x += needed + _BETWEEN
    return baseline + 6
