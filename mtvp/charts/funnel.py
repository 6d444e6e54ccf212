"""A funnel: places by size, with limits that narrow as places grow. Nobody is ranked or named."""

from collections.abc import Callable
from dataclasses import dataclass

from mtvp.charts import colours
from mtvp.charts.axis import Axis, axis_for
from mtvp.charts.chart import Chart, also_narrow
from mtvp.charts.drawing import LABEL_SIZE, LINE_HEIGHT, SMALL_SIZE, Drawing, Paint, Point
from mtvp.charts.labels import spread
from mtvp.charts.numbers import number
from mtvp.charts.text import text_width, wrapped

_PLOT_HEIGHT = 270.0
_CURVE_POINTS = 40
_ABOVE = 26.0
_INSET = 12.0
_WIDEST_LABEL = 0.25


@dataclass(frozen=True)
class Dot:
    """How large a place is and its value."""

    size: float
    value: float


@dataclass(frozen=True)
class Limit:
    """The lowest and highest value at each size; `dash` tells one limit from another."""

    label: str
    at: Callable[[float], tuple[float, float]]
    dash: str = ""


@dataclass(frozen=True)
class FunnelLook:
    """What the picture is made of. `own` stands out with its words; without it nobody does.

    `middle` is the line everybody is held beside, `size_name` the name of the axis below, `sign`
    stands behind each value on the other one."""

    dots: tuple[Dot, ...]
    own: tuple[Dot, str] | None
    middle: tuple[float, str]
    limits: tuple[Limit, ...]
    size_name: str
    sign: str = ""


@dataclass(frozen=True)
class _Frame:
    left: float
    right: float
    top: float
    bottom: float
    sizes: Axis
    values: Axis

    def x(self, size: float) -> float:
        wide = self.right - self.left - 2 * _INSET
        return self.left + _INSET + wide * self.sizes.share(size)

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * self.values.share(value)


@also_narrow
def funnel_plot(
    title: str,
    conclusion: str,
    look: FunnelLook,
    *,
    headers: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    width: float = 640,
) -> Chart:
    """Dots as grey circles, the own one as a diamond. The table is the caller's: it holds no row
    per dot."""
    drawing = Drawing(width)
    frame = _frame(look, width)
    _axes(drawing, frame, look)
    for limit in look.limits:
        for end in (0, 1):
            points = _curve(frame, limit, end)
            drawing.path(points, colour=colours.LINE_STRONG, dash=limit.dash, thickness=1.5)
    y = frame.y(look.middle[0])
    drawing.line((frame.left, y), (frame.right, y), colour=colours.INK, thickness=1.5)
    for dot in sorted(look.dots, key=lambda one: (one.size, one.value)):
        at = (frame.x(dot.size), frame.y(dot.value))
        drawing.marker(at, "circle", colours.LINE_STRONG, size=5)
    _names(drawing, frame, look)
    if look.own:
        _own(drawing, frame, *look.own)
    return Chart(title, conclusion, drawing.svg(title, conclusion), headers, rows)


def _frame(look: FunnelLook, width: float) -> _Frame:
    """Room for the numbers left, the names right, and all that is drawn in between."""
    seen = [*look.dots, *([look.own[0]] if look.own else [])]
    smallest, largest = min(one.size for one in seen), max(one.size for one in seen)
    steps = 7 if width > 500 else 3
    sizes = axis_for(smallest, largest, steps=steps)
    lows, highs = zip(*(limit.at(smallest) for limit in look.limits), strict=True)
    every = [look.middle[0], *(one.value for one in seen)]
    values = axis_for(min(*every, *lows), max(*every, *highs))
    ticks = [_tick(tick, values, look.sign) for tick in values.ticks()]
    left = max(text_width(tick, SMALL_SIZE) for tick in ticks) + 8
    names = [look.middle[1], *(limit.label for limit in look.limits)]
    room = max(text_width(name, SMALL_SIZE, bold=True) for name in names)
    right = width - min(room, width * _WIDEST_LABEL) - 8
    return _Frame(left, right, _ABOVE, _ABOVE + _PLOT_HEIGHT, sizes, values)


def _tick(value: float, axis: Axis, sign: str) -> str:
    return f"{number(value, axis.decimals)}{sign}"


def _axes(drawing: Drawing, frame: _Frame, look: FunnelLook) -> None:
    for tick in frame.values.ticks():
        y, first = frame.y(tick), tick == frame.values.low
        drawing.line(
            (frame.left, y), (frame.right, y), colour=colours.INK if first else colours.LINE
        )
        words = _tick(tick, frame.values, look.sign)
        at = (frame.left - 6, y + 4.5)
        drawing.text(at, words, size=SMALL_SIZE, anchor="end", colour=colours.INK_3)
    for tick in frame.sizes.ticks():
        at = (frame.x(tick), frame.bottom + LINE_HEIGHT)
        drawing.text(at, number(tick), size=SMALL_SIZE, anchor="middle", colour=colours.INK_3)
    middle = (frame.left + frame.right) / 2
    lines = wrapped(look.size_name, SMALL_SIZE, frame.right - frame.left)
    for row, line in enumerate(lines, start=2):
        at = (middle, frame.bottom + row * LINE_HEIGHT + 4)
        drawing.text(at, line, size=SMALL_SIZE, anchor="middle", colour=colours.INK_2)
    drawing.height = frame.bottom + (len(lines) + 1) * LINE_HEIGHT + 12


def _curve(frame: _Frame, limit: Limit, end: int) -> list[Point]:
    """The lower (0) or upper (1) line of a limit, as far as it stays in the plot."""
    first = max(frame.sizes.low, frame.sizes.high / (4 * _CURVE_POINTS))
    step = (frame.sizes.high - first) / _CURVE_POINTS
    points = []
    for place in range(_CURVE_POINTS + 1):
        size = first + place * step
        value = limit.at(size)[end]
        if frame.values.low <= value <= frame.values.high:
            points.append((frame.x(size), frame.y(value)))
    return points


def _names(drawing: Drawing, frame: _Frame, look: FunnelLook) -> None:
    """At the end of its line each: the middle, and the upper line of each limit."""
    wanted = [(frame.y(look.middle[0]), look.middle[1], True)]
    for limit in look.limits:
        high = min(limit.at(frame.sizes.high)[1], frame.values.high)
        wanted.append((frame.y(high), limit.label, False))
    room = drawing.width - frame.right - 6
    blocks = [
        (height, wrapped(words, SMALL_SIZE, room, bold=bold), bold)
        for height, words, bold in sorted(wanted)
    ]
    heights = [(height, len(lines)) for height, lines, _bold in blocks]
    tops = spread(heights, frame.top - 8, frame.bottom)
    for top, (_height, lines, bold) in zip(tops, blocks, strict=True):
        colour = colours.INK if bold else colours.INK_2
        for row, line in enumerate(lines):
            at = (frame.right + 6, top + 13 + row * LINE_HEIGHT)
            drawing.text(at, line, size=SMALL_SIZE, colour=colour, bold=bold)


def _own(drawing: Drawing, frame: _Frame, own: Dot, words: str) -> None:
    """A diamond with its words above it, or below where it lies at the top."""
    x, y = frame.x(own.size), frame.y(own.value)
    half = text_width(words, LABEL_SIZE, bold=True) / 2
    middle = min(max(x, frame.left + half + 4), frame.right - half - 4)
    above = y - _ABOVE - LINE_HEIGHT / 2 > frame.top
    baseline = y - _ABOVE if above else y + _ABOVE + LABEL_SIZE
    corner = (middle - half - 2, baseline - LABEL_SIZE)
    drawing.bar(corner, 2 * half + 4, LINE_HEIGHT, Paint(colours.SURFACE))
    edge = baseline + 5 if above else baseline - LABEL_SIZE
    drawing.line((x, edge), (x, y), colour=colours.ACCENT, thickness=1.5)
    drawing.text((middle, baseline), words, anchor="middle", colour=colours.ACCENT, bold=True)
    drawing.marker((x, y), "diamond", colours.ACCENT, size=7, filled=True)
