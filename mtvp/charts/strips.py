"""Strips: per row a band of equal boxes in time, each painted by what was the case then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mtvp.charts import colours
from mtvp.charts.chart import Chart, also_narrow
from mtvp.charts.drawing import LABEL_SIZE, LINE_HEIGHT, SMALL_SIZE, Drawing, Paint
from mtvp.charts.text import text_width, wrapped

_BAND = 22.0
_GAP = 10.0
_EDGE = 2.0
_SWATCH = 12.0
_BETWEEN = 16.0
_WIDEST_BOX = 26.0


@dataclass(frozen=True)
class StripKind:
    """What can be the case: its name and how it is painted."""

    name: str
    paint: Paint


@dataclass(frozen=True)
class StripRow:
    """`boxes` holds a key of the kinds per moment; None is a gap."""

    label: str
    boxes: tuple[str | None, ...]


@also_narrow
def strips(
    title: str,
    conclusion: str,
    rows: Sequence[StripRow],
    *,
    moments: Sequence[str],
    kinds: Mapping[str, StripKind],
    table: tuple[tuple[str, ...], tuple[tuple[str, ...], ...]],
    width: float = 560,
) -> Chart:
    """Bands on one scale of time; `moments` name the boxes, '' where no name is to stand. `table`
    (headers, rows) tells the same in words: which it was from when to when."""
    drawing = Drawing(width)
    step = min(_WIDEST_BOX, (width - 2 * _EDGE) / max(1, len(moments)))
    top = 0.0
    for row in rows:
        for line in wrapped(row.label, LABEL_SIZE, width - 2 * _EDGE):
            top += LINE_HEIGHT
            drawing.text((_EDGE, top - 5), line, bold=True)
        for place, kind in enumerate(row.boxes):
            if kind is not None:
                drawing.bar((_EDGE + place * step, top), step - 1, _BAND, kinds[kind].paint)
        top += _BAND + _GAP
    _name_moments(drawing, moments, step, top)
    used = [key for key in kinds if any(key in row.boxes for row in rows)]
    drawing.height = _legend(drawing, [kinds[key] for key in used], top + LINE_HEIGHT + 6) + 6
    headers, cells = table
    return Chart(title, conclusion, drawing.svg(title, conclusion), headers, cells)


def _name_moments(drawing: Drawing, moments: Sequence[str], step: float, top: float) -> None:
    """Under the last band, each where its box begins; what would run into the next is left out."""
    free = 0.0
    for place, name in enumerate(moments):
        x = _EDGE + place * step
        wide = text_width(name, SMALL_SIZE)
        if name and x >= free and x + wide <= drawing.width:
            drawing.line((x, top - _GAP), (x, top - _GAP + 5), colour=colours.INK_3)
            drawing.text((x, top + 9), name, size=SMALL_SIZE, colour=colours.INK_3)
            free = x + wide + 8


def _legend(drawing: Drawing, kinds: Sequence[StripKind], top: float) -> float:
    x, baseline = _EDGE, top + LINE_HEIGHT
    for kind in kinds:
        needed = _SWATCH + 6 + text_width(kind.name, SMALL_SIZE)
        if x > _EDGE and x + needed > drawing.width:
            x, baseline = _EDGE, baseline + LINE_HEIGHT
        drawing.bar((x, baseline - _SWATCH + 1), _SWATCH, _SWATCH, kind.paint)
        drawing.text((x + _SWATCH + 6, baseline), kind.name, size=SMALL_SIZE, colour=colours.INK_2)
        x += needed + _BETWEEN
    return baseline
