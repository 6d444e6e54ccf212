"""A week as an agenda: days beside one another, blocks from top to bottom, in the scale of time.

A block is known by its words and its edge, not by its colour alone; short marks at its left side
show the places, so that ten minutes look like ten minutes.
"""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interventions.schedules.blocks import Block, clock
from interventions.schedules.states import IN_THE_PRACTICE, BlockKind, Weekday
from mtvp.charts import colours
from mtvp.charts.chart import Chart
from mtvp.charts.drawing import SMALL_SIZE, Drawing, Paint
from mtvp.charts.text import text_width

WIDTH = 400.0
_LEFT, _TOP = 36.0, 26.0
_A_MINUTE = 1.1
_MARK = 5.0
_GAP = 4.0

_OUTLINE = {
    BlockKind.CONSULTATIONS: Paint(colours.PRIMARY, "outline", colours.PRIMARY_LIGHT),
    BlockKind.URGENT: Paint(colours.ACCENT, "outline", colours.WARN_LIGHT),
    BlockKind.WALK_IN: Paint(colours.INFO, "outline", colours.INFO_LIGHT),
    BlockKind.TELEPHONE: Paint(colours.INK_2, "outline", colours.SURFACE),
    BlockKind.EMAIL: Paint(colours.INK_2, "outline", colours.SURFACE),
    BlockKind.VISITS: Paint(colours.OK, "outline", colours.OK_LIGHT),
    BlockKind.BREAK: Paint(colours.LINE_STRONG, "outline", colours.NEUTRAL_LIGHT),
}

Hours = tuple[int, int]
"""The first and the last hour of a picture, so that two can be laid side by side."""


def hours_of(blocks: Sequence[Block]) -> Hours:
    """Whole hours around all blocks; a usual day when there are none."""
    if not blocks:
        return 8, 17
    last = max(block.ends for block in blocks)
    return min(block.begins for block in blocks) // 60, -(-last // 60)


def agenda(who: str, blocks: Sequence[Block], hours: Hours) -> Chart:
    """The week of one person."""
    title = _("Week of %(who)s") % {"who": who}
    places = sum(block.count for block in blocks if block.kind in IN_THE_PRACTICE)
    conclusion = ngettext("%(count)s place in a week.", "%(count)s places in a week.", places) % {
        "count": places
    }
    first, last = hours
    drawing = Drawing(WIDTH, _TOP + (last - first) * 60 * _A_MINUTE + 6)
    column = (WIDTH - _LEFT) / len(Weekday)
    _draw_grid(drawing, hours, column)
    for block in blocks:
        _draw_block(drawing, block, first * 60, column)
    headers = (_("Day and time"), _("What"), _("Places"))
    return Chart(title, conclusion, drawing.svg(title, conclusion), headers, _rows(blocks))


def _rows(blocks: Sequence[Block]) -> tuple[tuple[str, str, str], ...]:
    ordered = sorted(blocks, key=lambda one: (one.weekday, one.begins))
    return tuple(
        (
            f"{capfirst(Weekday(one.weekday).label)} {clock(one.begins)}–{clock(one.ends)}",
            str(BlockKind(one.kind).label),
            f"{one.count} × {one.minutes}" if one.count else "–",
        )
        for one in ordered
    )


def _draw_grid(drawing: Drawing, hours: Hours, column: float) -> None:
    first, last = hours
    for day in Weekday:
        middle = _LEFT + (day - 0.5) * column
        drawing.text((middle, 15), _short(day), size=SMALL_SIZE, anchor="middle", bold=True)
    for hour in range(first, last + 1):
        y = _TOP + (hour - first) * 60 * _A_MINUTE
        drawing.line((_LEFT - 4, y), (WIDTH, y))
        drawing.text(
            (_LEFT - 8, y + 4.5), str(hour), size=SMALL_SIZE, anchor="end", colour=colours.INK_2
        )


def _draw_block(drawing: Drawing, block: Block, begins: int, column: float) -> None:
    x = _LEFT + (block.weekday - 1) * column + _GAP / 2
    y = _TOP + (block.begins - begins) * _A_MINUTE + 1
    width, height = column - _GAP, block.lasts * _A_MINUTE - 2
    paint = _OUTLINE[BlockKind(block.kind)]
    drawing.bar((x, y), width, max(height, 2), paint)
    for seat in range(1, block.count):
        at = y + seat * (block.minutes or 0) * _A_MINUTE
        drawing.line((x, at), (x + _MARK, at), colour=paint.colour, thickness=1.5)
    lines = [line for line in _words(block) if text_width(line, SMALL_SIZE) <= width - _MARK - 2]
    fit = int(height // 15)
    for place, line in enumerate(lines[:fit]):
        drawing.text((x + _MARK + 4, y + 13 + place * 15), line, size=SMALL_SIZE, bold=place == 0)


def _words(block: Block) -> list[str]:
    """What it is in a word, and its places; the first is kept where there is room for one."""
    word = {
        BlockKind.CONSULTATIONS: "",
        BlockKind.URGENT: _("Today"),
        BlockKind.WALK_IN: _("Walk-in"),
        BlockKind.TELEPHONE: _("Tel."),
        BlockKind.EMAIL: _("E-mail"),
        BlockKind.VISITS: _("Visits"),
        BlockKind.BREAK: _("Break"),
    }[BlockKind(block.kind)]
    seats = f"{block.count} × {block.minutes}" if block.count else ""
    return [line for line in (str(word), seats) if line]


def _short(day: Weekday) -> str:
    return str(day.label)[:2]
