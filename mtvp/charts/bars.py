"""Horizontal bars from nought: shares of a whole, and groups side by side.

The name of a row stands above its bar, so that a long Dutch name never meets the picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mtvp.charts import colours
from mtvp.charts.axis import Axis, axis_for
from mtvp.charts.chart import Chart, also_narrow
from mtvp.charts.drawing import (
    LABEL_SIZE,
    LINE_HEIGHT,
    PATTERNS,
    SMALL_SIZE,
    Drawing,
    Paint,
)
from mtvp.charts.numbers import number, percent
from mtvp.charts.text import text_width, wrapped

_BAR = 18.0
_GAP = 14.0
_EDGE = 2.0


@dataclass(frozen=True)
class ShareRow:
    """`part` of `whole`; `text` is what stands beside the bar ("18 van 25").

    `part` None or `whole` 0: there is no share, only the text.
    """

    label: str
    part: int | None
    whole: int
    text: str


@dataclass(frozen=True)
class GroupRow:
    """One value per series; None is no figure."""

    label: str
    values: tuple[float | None, ...]


@also_narrow
def share_bars(
    title: str,
    conclusion: str,
    rows: Sequence[ShareRow],
    *,
    headers: tuple[str, str, str],
    width: float = 560,
) -> Chart:
    """Bars on a scale of 0 to 100%, each with its counts. Headers: row, counts, share."""
    drawing = Drawing(width)
    text_room = max((text_width(row.text, LABEL_SIZE, bold=True) for row in rows), default=0.0)
    text_room = min(text_room, width * 0.45)
    room = width - text_room - 12 - 2 * _EDGE
    top = LINE_HEIGHT
    _percent_scale(drawing, room, top - 4)
    top += 6
    for row in rows:
        top = _row_label(drawing, row.label, top, width)
        drawing.bar((_EDGE, top), room, _BAR, Paint(colours.LINE_STRONG, "outline"))
        if row.part is not None and row.whole:
            drawing.bar((_EDGE, top), room * row.part / row.whole, _BAR, Paint(colours.PRIMARY))
        top = _beside(drawing, (_EDGE + room + 10, top), row.text, text_room)
    drawing.height = top
    cells = tuple((row.label, row.text, _share(row)) for row in rows)
    return Chart(title, conclusion, drawing.svg(title, conclusion), headers, cells)


@also_narrow
def grouped_bars(
    title: str,
    conclusion: str,
    rows: Sequence[GroupRow],
    *,
    series: Sequence[str],
    row_header: str,
    nothing: str,
    decimals: int = 0,
    width: float = 560,
) -> Chart:
    """Bars per series under each row's name, named at their end; `nothing` for no figure. A series
    that stands alone needs no name."""
    if any(value is not None and value < 0 for row in rows for value in row.values):
        raise ValueError("Bars start at nought: a value below it cannot be drawn.")
    drawing = Drawing(width)
    highest = max((value for row in rows for value in row.values if value is not None), default=0.0)
    axis = axis_for(0.0, highest)
    named = [_named(row, series, decimals, nothing) for row in rows]
    text_room = min(
        max((text_width(text, LABEL_SIZE) for texts in named for text in texts), default=0.0),
        width * 0.55,
    )
    room = width - text_room - 12 - 2 * _EDGE
    top = 0.0
    for row, texts in zip(rows, named, strict=True):
        top = _row_label(drawing, row.label, top + LINE_HEIGHT - 4, width)
        top = _group(drawing, row, texts, (room, text_room), axis, top)
    drawing.height = top
    cells = tuple(
        (
            row.label,
            *(nothing if value is None else number(value, decimals) for value in row.values),
        )
        for row in rows
    )
    return Chart(title, conclusion, drawing.svg(title, conclusion), (row_header, *series), cells)


def _group(
    drawing: Drawing,
    row: GroupRow,
    texts: list[str],
    rooms: tuple[float, float],
    axis: Axis,
    top: float,
) -> float:
    room, text_room = rooms
    start = top
    for index, (value, text) in enumerate(zip(row.values, texts, strict=True)):
        length = room * axis.share(value) if value is not None else 0.0
        paint = Paint(colours.SERIES[index % len(colours.SERIES)], PATTERNS[index % len(PATTERNS)])
        drawing.bar((_EDGE, top), length, _BAR, paint)
        top = _beside(drawing, (_EDGE + length + 8, top), text, text_room, gap=4, bold=False)
    drawing.line((_EDGE, start - 2), (_EDGE, top - 2), colour=colours.INK, thickness=1.5)
    return top + _GAP - 4


def _named(row: GroupRow, series: Sequence[str], decimals: int, nothing: str) -> list[str]:
    return [
        f"{name} {nothing if value is None else number(value, decimals)}".strip()
        for name, value in zip(series, row.values, strict=True)
    ]


def _percent_scale(drawing: Drawing, room: float, baseline: float) -> None:
    for share, anchor in ((0.0, "start"), (0.5, "middle"), (1.0, "end")):
        drawing.text(
            (_EDGE + room * share, baseline),
            percent(share),
            size=SMALL_SIZE,
            anchor=anchor,  # type: ignore[arg-type]
            colour=colours.INK_3,
        )


def _row_label(drawing: Drawing, label: str, top: float, width: float) -> float:
    """Draws the name from `top` down; returns where the bar begins."""
    for line in wrapped(label, LABEL_SIZE, width - 2 * _EDGE):
        top += LINE_HEIGHT
        drawing.text((_EDGE, top - 5), line)
    return top


def _beside(
    drawing: Drawing,
    corner: tuple[float, float],
    text: str,
    room: float,
    *,
    gap: float = _GAP,
    bold: bool = True,
) -> float:
    """Text next to a bar, in lines that fit; returns where the next row begins."""
    x, top = corner
    lines = wrapped(text, LABEL_SIZE, room + 1, bold=bold)
    for index, line in enumerate(lines):
        drawing.text((x, top + 14 + index * LINE_HEIGHT), line, bold=bold)
    return top + max(_BAR, len(lines) * LINE_HEIGHT) + gap


def _share(row: ShareRow) -> str:
    return percent(row.part / row.whole) if row.part is not None and row.whole else "–"
