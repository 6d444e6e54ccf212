"""A design beside how it is now: the rows that page and paper show."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interventions.models import DayTemplate
from interventions.schedules.blocks import Block, people
from interventions.schedules.drawing import Hours, agenda, hours_of
from interventions.schedules.figures import PROGRAMME_MINUTES, WeekFigures, week_figures
from interventions.schedules.states import LENGTHS
from mtvp.charts.chart import Chart
from mtvp.charts.numbers import number
from mtvp.documents.model import Column, Kind, Mark, Table, Typed, Value


@dataclass(frozen=True, slots=True)
class Week:
    """A template with all that is drawn and counted of it."""

    template: DayTemplate
    blocks: list[Block]
    total: WeekFigures
    each: list[WeekFigures]


def week_of(template: DayTemplate) -> Week:
    blocks = [one.block() for one in template.blocks.all()]
    total, each = week_figures(blocks)
    return Week(template, blocks, total, each)


def present_of(template: DayTemplate) -> Week | None:
    """How it is now, to lay beside a design; None where nobody said so, or for itself."""
    found = DayTemplate.objects.filter(practice=template.practice_id, is_now=True)
    now = found.exclude(pk=template.pk).prefetch_related("blocks").first()
    return week_of(now) if now else None


def agendas(blocks: Sequence[Block], hours: Hours | None = None) -> list[Chart]:
    """A picture per person."""
    drawn = hours or hours_of(blocks)
    return [agenda(who, [one for one in blocks if one.who == who], drawn) for who in people(blocks)]


def common_hours(*weeks: Week | None) -> Hours:
    return hours_of([block for week in weeks if week for block in week.blocks])


def beside(week: Week, now: Week | None) -> list[tuple[Chart | None, Chart | None]]:
    """Per person the design and how it is now, in one scale."""
    hours = common_hours(week, now)
    design = dict(zip(people(week.blocks), agendas(week.blocks, hours), strict=True))
    blocks = now.blocks if now else []
    present = dict(zip(people(blocks), agendas(blocks, hours), strict=True))
    in_both_first = sorted({**design, **present}, key=lambda who: (who not in design, who))
    return [(design.get(who), present.get(who)) for who in in_both_first]


def figures_table(week: Week, now: Week | None) -> Table:
    """All together in the design, beside all together now, and each person of the design."""
    shown = [(_("Design"), week.total), *([(_("Now"), now.total)] if now else [])]
    if len(week.each) > 1 or not now:
        shown += [(one.who, one) for one in week.each]
    if not now and len(week.each) == 1:
        shown = shown[1:]
    rows: list[tuple[Value, ...]] = []
    for length in LENGTHS:
        counts = tuple(one.by_length.get(length, 0) for _name, one in shown)
        if any(counts):
            rows.append((_("Places of %(length)s minutes") % {"length": length}, *counts))
    rows += [
        (_("Places together: patients that fit"), *(one.places for _name, one in shown)),
        (_("Minutes face to face"), *(one.face_to_face for _name, one in shown)),
        (_("Average length, in minutes"), *(_average(one.average) for _name, one in shown)),
        (_("Kept free for today: places"), *(one.urgent_places for _name, one in shown)),
        (_("Kept free for today: minutes"), *(one.urgent_minutes for _name, one in shown)),
        (_("Telephone: minutes"), *(one.telephone_minutes for _name, one in shown)),
        (_("Visits: minutes"), *(one.visit_minutes for _name, one in shown)),
    ]
    columns = (Column(_("In a week")), *(_column(name) for name, _figures in shown))
    return Table(_("Places and minutes"), columns, tuple(rows), note=_note())


def sentences(week: Week, now: Week | None) -> list[str]:
    """What the figures say, as arithmetic."""
    told = [_average_words(week.total)] if week.total.places else []
    before = _seen_now(now)
    if week.total.places and before:
        told.append(_fits(week.total.places, before))
    return told


def _seen_now(now: Week | None) -> int:
    """What the practice counted itself goes before the places of its template."""
    return (now.template.seen_per_week or now.total.places) if now else 0


def _average_words(total: WeekFigures) -> str:
    average = total.average or Fraction(0)
    words = {
        0: _("On average a place lasts %(average)s minutes, as long as the programme's %(usual)s."),
        1: _(
            "On average a place lasts %(average)s minutes, longer than the programme's %(usual)s."
        ),
        -1: _(
            "On average a place lasts %(average)s minutes, shorter than the programme's %(usual)s."
        ),
    }[(average > PROGRAMME_MINUTES) - (average < PROGRAMME_MINUTES)]
    return words % {"average": number(_exact(average), 1), "usual": PROGRAMME_MINUTES}


def _fits(places: int, before: int) -> str:
    first = _("This week has %(places)s places; you see %(before)s patients a week now.")
    difference = places - before
    if difference == 0:
        second = _("That is as many.")
    elif difference > 0:
        second = ngettext("That is %(count)s more.", "That is %(count)s more.", difference) % {
            "count": difference
        }
    else:
        second = ngettext("That is %(count)s fewer.", "That is %(count)s fewer.", -difference) % {
            "count": -difference
        }
    return f"{first % {'places': places, 'before': before}} {second}"


def _average(average: Fraction | None) -> Value:
    return Mark.NO_FIGURE if average is None else Typed(_exact(average), Kind.DECIMAL, 1)


def _exact(average: Fraction) -> Decimal:
    return Decimal(average.numerator) / Decimal(average.denominator)


def _column(name: str) -> Column:
    return Column(name, Kind.INT)


def _note() -> str:
    return _(
        "Arithmetic on this week, no promise. Places are those where a patient comes to the "
        "practice; telephone and visits are not among them. Each place is taken to be filled once."
    )
