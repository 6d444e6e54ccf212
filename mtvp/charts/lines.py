"""Lines over years or quarters, with gaps where there is no figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from mtvp.charts import colours
from mtvp.charts.axis import Axis, axis_for
from mtvp.charts.chart import Chart, also_narrow
from mtvp.charts.drawing import (
    DASHES,
    LABEL_SIZE,
    LINE_HEIGHT,
    MARKERS,
    SMALL_SIZE,
    Drawing,
    Marker,
    Point,
)
from mtvp.charts.labels import spread
from mtvp.charts.numbers import number
from mtvp.charts.text import text_width, wrapped

_PLOT_HEIGHT = 210.0
_INSET = 14.0
_CATEGORY_ROOM = 110.0
_MOST_SERIES = 4


@dataclass(frozen=True)
class LineSeries:
    """A value per category; None is a gap. The `own` one stands out among others."""

    name: str
    values: tuple[float | None, ...]
    own: bool = False


@dataclass(frozen=True)
class _Look:
    colour: str
    dash: str
    marker: Marker


_OWN = _Look(colours.ACCENT, "", "diamond")
_BESIDE_OWN = (
    _Look(colours.PRIMARY, DASHES[1], "circle"),
    _Look(colours.INFO, DASHES[2], "triangle"),
    _Look(colours.INK_2, DASHES[3], "square"),
)


@dataclass(frozen=True)
class Aim:
    """A level to compare with, drawn as a thin dashed line with its own words."""

    value: float
    label: str


@dataclass(frozen=True)
class Mark:
    """A moment: `place` counts categories from 0 and may lie between two of them."""

    place: float
    label: str


@dataclass(frozen=True)
class _Frame:
    left: float
    right: float
    top: float
    bottom: float
    axis: Axis
    columns: int

    def x(self, index: float) -> float:
        wide = self.right - self.left - 2 * _INSET
        steps = self.columns - 1
        return self.left + _INSET + (wide * index / steps if steps else wide / 2)

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * self.axis.share(value)


@also_narrow
def line_chart(
    title: str,
    conclusion: str,
    categories: Sequence[str],
    series: Sequence[LineSeries],
    *,
    row_header: str,
    nothing: str,
    unit: str = "",
    decimals: int = 0,
    aim: Aim | None = None,
    mark: Mark | None = None,
    from_zero: bool = True,
    width: float = 560,
) -> Chart:
    """Up to four lines, each named at its end with its last value.

    `unit` stands above the axis; `nothing` is the word for no figure in the table. A `mark` is an
    upright line with its words above the plot.
    """
    if len(series) > _MOST_SERIES:
        raise ValueError(f"More than {_MOST_SERIES} lines cannot be told apart.")
    drawing = Drawing(width)
    axis = _axis(series, aim, from_zero=from_zero)
    left, right = _sides(axis, series, aim, decimals, width)
    head = _head(unit, mark, width)
    frame = _Frame(left, right, head, head + _PLOT_HEIGHT, axis, len(categories))
    _unit(drawing, unit)
    _grid(drawing, frame)
    _categories(drawing, frame, categories)
    looks = _looks(series)
    for one, look in zip(series, looks, strict=True):
        _one_line(drawing, frame, one, look)
    _levels(drawing, frame, aim, mark)
    _end_labels(drawing, frame, list(zip(series, looks, strict=True)), aim, decimals)
    rows = tuple(
        (category, *(_cell(one.values[index], decimals, nothing) for one in series))
        for index, category in enumerate(categories)
    )
    headers = (row_header, *(one.name for one in series))
    return Chart(title, conclusion, drawing.svg(title, conclusion), headers, rows)


def sparkline(
    title: str, description: str, values: Sequence[float | None], *, width: float = 120
) -> str:
    """A small line without words, for beside a figure; the last value is marked."""
    drawing = Drawing(width, 32)
    known = [value for value in values if value is not None]
    axis = axis_for(min(known, default=0.0), max(known, default=1.0))
    frame = _Frame(left=-8, right=width + 8, top=6, bottom=26, axis=axis, columns=len(values))
    runs = _runs(frame, values)
    for run in runs:
        drawing.path(run, colour=colours.PRIMARY)
    if runs:
        drawing.marker(runs[-1][-1], "circle", colours.PRIMARY, size=4)
    return drawing.svg(title, description)


def _axis(series: Sequence[LineSeries], aim: Aim | None, *, from_zero: bool) -> Axis:
    known = [value for one in series for value in one.values if value is not None]
    if aim is not None:
        known.append(aim.value)
    low, high = min(known, default=0.0), max(known, default=1.0)
    return axis_for(min(low, 0.0) if from_zero else low, high)


def _sides(
    axis: Axis, series: Sequence[LineSeries], aim: Aim | None, decimals: int, width: float
) -> tuple[float, float]:
    """Where the plot begins and ends: room for the numbers left and the names right."""
    ticks = [number(tick, axis.decimals) for tick in axis.ticks()]
    left = max(text_width(tick, SMALL_SIZE) for tick in ticks) + 8
    names = [_end_text(one, decimals) for one in series] + ([aim.label] if aim else [])
    room = max((text_width(name, LABEL_SIZE, bold=True) for name in names), default=0.0)
    return left, width - min(room, width * 0.3) - 22


def _unit(drawing: Drawing, unit: str) -> None:
    for index, line in enumerate(wrapped(unit, SMALL_SIZE, drawing.width)):
        at = (0, 12 + index * LINE_HEIGHT)
        drawing.text(at, line, size=SMALL_SIZE, colour=colours.INK_3)


def _grid(drawing: Drawing, frame: _Frame) -> None:
    for tick in frame.axis.ticks():
        y = frame.y(tick)
        first = tick == frame.axis.low
        colour = colours.INK if first else colours.LINE
        drawing.line((frame.left, y), (frame.right, y), colour=colour)
        label = number(tick, frame.axis.decimals)
        at = (frame.left - 6, y + 4.5)
        drawing.text(at, label, size=SMALL_SIZE, anchor="end", colour=colours.INK_3)


def _categories(drawing: Drawing, frame: _Frame, categories: Sequence[str]) -> None:
    """Names under the axis; when they do not fit, every second, third, … counted from the last.

    The outer names are pulled inwards to stay clear of the picture's edge and of the end labels.
    """
    lines = [wrapped(name, SMALL_SIZE, _CATEGORY_ROOM) for name in categories]
    wide = [max((text_width(line, SMALL_SIZE) for line in name), default=0.0) for name in lines]
    most = max(wide, default=0.0)
    apart = frame.x(1) - frame.x(0) if len(categories) > 1 else most + 1
    every = max(1, -int(-(most + max(0.0, most / 2 - _INSET) + 10) // apart))
    last = len(categories) - 1
    for index, name in enumerate(lines):
        if (last - index) % every:
            continue
        half = wide[index] / 2
        x = max(min(frame.x(index), frame.right + _INSET - half), half)
        for row, line in enumerate(name, start=1):
            at = (x, frame.bottom + row * LINE_HEIGHT)
            drawing.text(at, line, size=SMALL_SIZE, anchor="middle", colour=colours.INK_3)
    deepest = max((len(name) for name in lines), default=0)
    drawing.height = frame.bottom + deepest * LINE_HEIGHT + 8


def _looks(series: Sequence[LineSeries]) -> list[_Look]:
    """Each its colour, dash and marker: the own one as in every picture of a practice."""
    if any(one.own for one in series):
        others = iter(_BESIDE_OWN)
        return [_OWN if one.own else next(others) for one in series]
    every = zip(colours.SERIES, DASHES, MARKERS, strict=True)
    return [_Look(*look) for look, _one in zip(every, series, strict=False)]


def _one_line(drawing: Drawing, frame: _Frame, one: LineSeries, look: _Look) -> None:
    runs = _runs(frame, one.values)
    for run in runs:
        if len(run) > 1:
            drawing.path(run, colour=look.colour, dash=look.dash)
    for run in runs:
        for point in run:
            drawing.marker(point, look.marker, look.colour)


def _head(unit: str, mark: Mark | None, width: float) -> float:
    """Room above the plot: for the unit, and for the words of a mark."""
    room = 8 + LINE_HEIGHT * len(wrapped(unit, SMALL_SIZE, width))
    if mark is None:
        return room
    return room + LINE_HEIGHT * len(wrapped(mark.label, SMALL_SIZE, width / 2, bold=True)) + 6


def _levels(drawing: Drawing, frame: _Frame, aim: Aim | None, mark: Mark | None) -> None:
    """What lines are held beside: the level of an aim, the moment of a mark."""
    if aim is not None:
        y = frame.y(aim.value)
        drawing.line((frame.left, y), (frame.right, y), colour=colours.INK, dash="3 3")
    if mark is not None:
        _mark(drawing, frame, mark)


def _mark(drawing: Drawing, frame: _Frame, mark: Mark) -> None:
    """Its words stand over the line, pulled inwards where they would leave the picture."""
    x = min(max(frame.x(mark.place), frame.left), frame.right)
    lines = wrapped(mark.label, SMALL_SIZE, drawing.width / 2, bold=True)
    for row, line in enumerate(reversed(lines)):
        half = text_width(line, SMALL_SIZE, bold=True) / 2
        at = (min(max(x, half), drawing.width - half), frame.top - 12 - row * LINE_HEIGHT)
        drawing.text(at, line, size=SMALL_SIZE, anchor="middle", bold=True)
    drawing.line((x, frame.top - 6), (x, frame.bottom), colour=colours.INK, dash="5 3")


def _runs(frame: _Frame, values: Sequence[float | None]) -> list[list[Point]]:
    """The stretches without a gap."""
    runs: list[list[Point]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((frame.x(index), frame.y(value)))
    return [run for run in runs if run]


def _end_labels(
    drawing: Drawing,
    frame: _Frame,
    series: Sequence[tuple[LineSeries, _Look]],
    aim: Aim | None,
    decimals: int,
) -> None:
    """Names right of the lines, at the height of the last value, pushed apart where they meet."""
    wanted: list[tuple[float, int, str]] = []
    for index, (one, _look) in enumerate(series):
        last = next((value for value in reversed(one.values) if value is not None), None)
        height = frame.y(last) if last is not None else frame.bottom
        wanted.append((height, index, _end_text(one, decimals)))
    if aim is not None:
        wanted.append((frame.y(aim.value), len(series), aim.label))
    room = drawing.width - frame.right - 20
    blocks = [
        (height, index, wrapped(text, LABEL_SIZE, room + 1, bold=True))
        for height, index, text in sorted(wanted)
    ]
    heights = [(height, len(lines)) for height, _, lines in blocks]
    tops = spread(heights, frame.top - 8, frame.bottom + 4)
    for top, (_, index, lines) in zip(tops, blocks, strict=True):
        look = series[index][1] if index < len(series) else None
        _end_label(drawing, frame.right + 4, top, lines, look)


def _end_label(
    drawing: Drawing, x: float, top: float, lines: list[str], look: _Look | None
) -> None:
    """Without a look it is the name of the aim."""
    if look:
        drawing.marker((x + 5, top + 9), look.marker, look.colour, size=4.5)
    for row, line in enumerate(lines):
        at = (x + 15, top + 14 + row * LINE_HEIGHT)
        drawing.text(at, line, colour=look.colour if look else colours.INK, bold=True)
    drawing.height = max(drawing.height, top + len(lines) * LINE_HEIGHT + 4)


def _end_text(one: LineSeries, decimals: int) -> str:
    last = next((value for value in reversed(one.values) if value is not None), None)
    return one.name if last is None else f"{one.name} {number(last, decimals)}"


def _cell(value: float | None, decimals: int, nothing: str) -> str:
    return nothing if value is None else number(value, decimals)
