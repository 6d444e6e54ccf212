"""The course of statuses as pictures and tables, each with a sentence drawn from it."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from monitoring.compliance import DUTIES, Status
from monitoring.history.choice import COUNTED, DutyCourse, duty_name
from monitoring.history.course import PracticeCourse
from monitoring.report.tables import status_name
from mtvp.charts.chart import Chart
from mtvp.charts.lines import LineSeries, line_chart
from mtvp.charts.numbers import number
from mtvp.charts.stacked import STATUS_PAINTS
from mtvp.charts.strips import StripKind, StripRow, strips
from mtvp.documents.model import Column, Document, Kind, Table, Value
from mtvp.documents.snapshot import snapshot

DUTY_WIDTH = 440
"""Half a page."""


def month_name(day: date) -> str:
    """ "mrt 2026"."""
    return date_format(day, "b Y")


def practice_strips(course: PracticeCourse, intervention: int | None) -> Chart:
    """A strip per obligation, of all or of one intervention."""
    places = [
        place for place, duty in enumerate(DUTIES) if intervention in (None, duty.intervention)
    ]
    rows = [StripRow(duty_name(DUTIES[place]), _values(course, place)) for place in places]
    kinds = {
        status.value: StripKind(status_name(status), STATUS_PAINTS[status.value])
        for status in (*COUNTED, Status.NOT_DUE, Status.NOT_APPLICABLE)
    }
    years = [
        "" if place and day.month != 1 else month_name(day) for place, day in enumerate(course.days)
    ]
    headers = (_("Obligation"), _("From"), _("Up to and including"), _("Status"))
    spells = tuple(spell for place in places for spell in _spells(course, place))
    return strips(
        _("Status month by month"),
        _practice_conclusion(course, places),
        rows,
        moments=years,
        kinds=kinds,
        table=(headers, spells),
    )


def _values(course: PracticeCourse, place: int) -> tuple[str, ...]:
    return tuple(status.value for status in course.of_duty(place))


def _spells(course: PracticeCourse, place: int) -> list[tuple[str, ...]]:
    """Stretches of months with one status; a year that had not begun is left out."""
    found: list[tuple[str, ...]] = []
    months = zip(course.days, course.of_duty(place), strict=True)
    for status, spell in groupby(months, key=lambda month: month[1]):
        days = [day for day, _status in spell]
        if status is not Status.NOT_DUE:
            found.append(
                (
                    duty_name(DUTIES[place]),
                    month_name(days[0]),
                    month_name(days[-1]),
                    status_name(status),
                )
            )
    return found


def _practice_conclusion(course: PracticeCourse, places: Sequence[int]) -> str:
    """How many are met at the end, and since when the last of them."""
    last = [course.of_duty(place)[-1] for place in places]
    counting = [one for one in last if one in COUNTED]
    if not counting:
        return _("No obligation counts yet.")
    return _("In %(month)s %(met)s of %(all)s obligations that count were met.") % {
        "month": month_name(course.days[-1]),
        "met": counting.count(Status.MET),
        "all": len(counting),
    }


def duty_chart(course: DutyCourse) -> Chart:
    """Practices per status over the months, one line each."""
    series = [
        LineSeries(status_name(status), tuple(float(month[place]) for month in course.counts))
        for place, status in enumerate(COUNTED)
    ]
    return line_chart(
        duty_name(course.duty),
        duty_conclusion(course),
        [month_name(day) for day in course.days],
        series,
        row_header=_("Month"),
        nothing=_("no figure"),
        unit=_("practices at the end of the month"),
        width=DUTY_WIDTH,
    )


def duty_conclusion(course: DutyCourse) -> str:
    """Met of those it counts for, at the end beside the beginning."""
    if not any(course.applicable(place) for place in range(len(course.days))):
        return _("This obligation counted for no practice in these months.")
    first = next(p for p in range(len(course.days)) if course.applicable(p))
    last = len(course.days) - 1
    said = _("In %(month)s %(met)s of %(all)s practices had met it, %(missed)s were too late.") % {
        "month": month_name(course.days[last]),
        "met": number(course.counts[last][COUNTED.index(Status.MET)]),
        "missed": number(course.counts[last][COUNTED.index(Status.MISSED)]),
        "all": number(course.applicable(last)),
    }
    if first == last:
        return said
    before = _("In %(month)s it was %(met)s of %(all)s.") % {
        "month": month_name(course.days[first]),
        "met": number(course.counts[first][COUNTED.index(Status.MET)]),
        "all": number(course.applicable(first)),
    }
    return f"{said} {before}"


def course_table(found: Sequence[DutyCourse]) -> Table:
    """A row per obligation and month."""
    columns = (
        Column(_("Obligation")),
        Column(_("As of"), Kind.DATE),
        *(Column(status_name(status).capitalize(), Kind.INT) for status in COUNTED),
        Column(_("Counts for"), Kind.INT),
    )
    rows: list[tuple[Value, ...]] = [
        (duty_name(one.duty), day, *one.counts[place], one.applicable(place))
        for one in found
        for place, day in enumerate(one.days)
    ]
    title = _("Practices per status, month by month")
    return Table(title, columns, tuple(rows), sheet=_("Course"))


def course_document(found: Sequence[DutyCourse], subtitle: str, today: date) -> Document:
    title = _("How statuses went month by month")
    return snapshot(title, course_table(found), as_of=today, subtitle=subtitle)
