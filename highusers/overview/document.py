"""The overview as one value: sentence, tables and charts, from which page and files are made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from highusers.overview.choice import Choice, Counting, Line, Overview, Per
from highusers.overview.hiding import Figures, Shown
from highusers.overview.team import Team
from highusers.overview.team_tables import team_blocks
from mtvp.charts.bars import GroupRow, grouped_bars
from mtvp.charts.chart import Chart
from mtvp.charts.lines import LineSeries, line_chart
from mtvp.charts.numbers import number
from mtvp.documents.model import (
    Block,
    Column,
    Document,
    Figure,
    Kind,
    Mark,
    Paragraph,
    Table,
    Value,
)
from mtvp.documents.snapshot import snapshot
from mtvp.documents.words import mark_words

MOST_BARS = 24
CHART_WIDTH = 440
"""Half a page, and on a phone the words stay readable."""


def document_of(shown: Overview, team: Team, today: date) -> Document:
    title = _("High users in the region")
    return snapshot(
        title,
        Paragraph(conclusion(shown), "lead"),
        *table_blocks(shown),
        *chart_blocks(shown),
        *team_blocks(team),
        as_of=today,
        subtitle=f"{choice_words(shown)}. " + _("As of %(date)s") % {"date": date_format(today)},
    )


def table_blocks(shown: Overview) -> list[Block]:
    return [table_of(shown)] if shown.lines else []


def chart_blocks(shown: Overview) -> list[Block]:
    courses = (_course(shown, measured) for measured in _courses(shown.choice))
    return [Figure(chart) for chart in (_bars(shown), *courses) if chart]


def conclusion(shown: Overview) -> str:
    """What the last year in sight says, beside the year before it."""
    line = shown.latest
    if line is None:
        return _("There is no extract of twelve months for this choice.")
    figures = line.figures
    values = {"year": line.year, "practices": number(figures.practices)}
    if isinstance(figures.high_users, Mark):
        return (
            ngettext(
                "In %(year)s %(practices)s practice handed in an extract; the number of high users"
                " is not shown, because it would say too much of a few patients.",
                "In %(year)s %(practices)s practices handed in an extract; the number of high users"
                " is not shown, because it would say too much of a few patients.",
                figures.practices,
            )
            % values
        )
    first = ngettext(
        "In %(year)s %(practices)s practice had %(high_users)s high users.",
        "In %(year)s %(practices)s practices had %(high_users)s high users.",
        figures.practices,
    ) % {**values, "high_users": number(figures.high_users)}
    return " ".join(filter(None, [first, _rate_words(shown, line)]))


def _rate_words(shown: Overview, line: Line) -> str:
    rate = line.figures.per_thousand
    if isinstance(rate, Mark):
        return ""
    before = [
        one
        for one in shown.course
        if one.year < line.year and not isinstance(one.figures.per_thousand, Mark)
    ]
    words = _("That is %(rate)s per 1,000 registered patients.") % {"rate": number(rate, 1)}
    if not before:
        return words
    earlier = before[-1]
    return _("That is %(rate)s per 1,000 registered patients; in %(year)s it was %(earlier)s.") % {
        "rate": number(rate, 1),
        "year": earlier.year,
        "earlier": number(earlier.figures.per_thousand, 1),  # type: ignore[arg-type]  # no mark
    }


def choice_words(shown: Overview) -> str:
    """Which practices and years are in sight: "The whole region, 2025"."""
    choice = shown.choice
    cohort = dict(shown.cohorts).get(choice.cohort or 0, "")
    where = ", ".join(filter(None, [cohort, choice.place])) or _("The whole region")
    year = choice.year if choice.year and choice.per is not Per.YEAR else None
    return f"{where}, {year or _('all years')}"


def per_names() -> list[tuple[str, str]]:
    """Value and name of each kind of line, for the list to choose from."""
    return [(per.value, _per_name(per)) for per in Per]


def _per_name(per: Per) -> str:
    return {
        Per.PLACE: _("Neighbourhood"),
        Per.COHORT: _("Cohort"),
        Per.PRACTICE: _("Practice"),
        Per.YEAR: _("Year of the extract"),
    }[per]


def counting_names() -> list[tuple[str, str]]:
    return [
        (Counting.EXTRACT.value, _("All contacts of the extract")),
        (Counting.VISITS.value, _("Consultations and visits (regional performance)")),
    ]


def contacts_of(choice: Choice) -> Callable[[Figures], Shown]:
    if choice.counting is Counting.VISITS:
        return lambda figures: figures.visits
    return lambda figures: figures.contacts


def table_of(shown: Overview) -> Table:
    """The lines as chosen; below them all together, when that is another figure."""
    choice = shown.choice
    lines = list(shown.lines)
    if choice.per is not Per.YEAR and len({line.label for line in lines}) > 1:
        lines += [Line(_("All together"), one.year, one.figures) for one in shown.totals]
    columns = _columns(shown)
    return Table(
        title=_("High users and contacts: %(choice)s") % {"choice": choice_words(shown)},
        columns=tuple(column for column, _value in columns),
        rows=tuple(tuple(value(line) for _column, value in columns) for line in lines),
        note=" ".join(_notes(shown)),
        sheet=_("High users"),
        total=len(shown.totals) == 1 and len(lines) > len(shown.lines),
    )


def _columns(shown: Overview) -> list[tuple[Column, Callable[[Line], Value]]]:
    """Years have a column when there are several, numbers of practices unless each is one."""
    choice, contacts = shown.choice, contacts_of(shown.choice)
    found: list[tuple[Column, Callable[[Line], Value]]] = [
        (Column(_per_name(choice.per)), lambda line: line.label)
    ]
    if choice.per is not Per.YEAR and len(shown.totals) > 1:
        found.append((Column(_("Year of the extract")), lambda line: str(line.year)))
    if choice.per is not Per.PRACTICE:
        found.append((Column(_("Practices"), Kind.INT), lambda line: line.figures.practices))
    return [
        *found,
        (Column(_("Registered patients"), Kind.INT), lambda line: line.figures.registered),
        (Column(_("High users"), Kind.INT), lambda line: line.figures.high_users),
        (
            Column(_("High users per 1,000 patients"), Kind.DECIMAL, 1),
            lambda line: line.figures.per_thousand,
        ),
        (
            Column(_contacts_name(choice), Kind.DECIMAL, 1),
            lambda line: contacts(line.figures),
        ),
    ]


def _contacts_name(choice: Choice) -> str:
    if choice.counting is Counting.VISITS:
        return _("Consultations and visits per patient")
    return _("Contacts per patient")


def _notes(shown: Overview) -> list[str]:
    """What a reader must know to read the table, no more than applies."""
    notes = [
        _(
            "High users reached the threshold of the extract, as a rule 30 contacts in twelve"
            " months. Of each practice the last extract of exactly twelve months that ended in the"
            " year counts, from the year in which the practice began; registered patients are"
            " those of the quarter in which the extract ends."
        ),
        _(
            "Contacts are of all patients; a practice that uploads high users alone, or an extract"
            " without kinds of contacts, does not count there."
        ),
        _(
            "Practices come and go between years: the numbers show the course, not what plans"
            " brought about."
        ),
    ]
    marks = [one.figures.high_users for one in (*shown.lines, *shown.totals)]
    if Mark.HIDDEN in marks:
        notes.append(
            _(
                "Not shown: numbers below 10, and numbers from which such a number would follow,"
                " also by way of another choice on this page."
            )
        )
    counted = ", ".join(
        f"{name or _('figures of the region')} ({practices})"
        for name, practices in shown.definitions
    )
    if counted:
        notes.append(
            _("Practices by what counts as a contact: %(definitions)s.") % {"definitions": counted}
        )
    return notes


@dataclass(frozen=True)
class _Measured:
    """A figure to follow over the years."""

    title: str
    unit: str
    name: str
    of: Callable[[Figures], Shown]


def _courses(choice: Choice) -> Sequence[_Measured]:
    contacts = _contacts_name(choice)
    return (
        _Measured(
            _("High users per year"),
            _("high users per 1,000 registered patients"),
            _("High users"),
            lambda figures: figures.per_thousand,
        ),
        _Measured(_("Contacts per year"), contacts, _("Contacts"), contacts_of(choice)),
    )


def _course(shown: Overview, measured: _Measured) -> Chart | None:
    values = [_figure(measured.of(line.figures)) for line in shown.course]
    known = [(line.year, value) for line, value in zip(shown.course, values, strict=True) if value]
    if len(known) < 2:
        return None
    (first, low), (last, high) = known[0], known[-1]
    conclusion = _("%(what)s: %(first)s in %(year)s, %(last)s in %(last_year)s.") % {
        "what": measured.unit[:1].upper() + measured.unit[1:],
        "first": number(low, 1),
        "year": first,
        "last": number(high, 1),
        "last_year": last,
    }
    return line_chart(
        measured.title,
        conclusion,
        [line.label for line in shown.course],
        [LineSeries(measured.name, tuple(values))],
        row_header=_("Year of the extract"),
        nothing=mark_words(Mark.HIDDEN),
        unit=measured.unit,
        decimals=1,
        width=CHART_WIDTH,
    )


def _bars(shown: Overview) -> Chart | None:
    """High users per 1,000 in the last year in sight, per neighbourhood or cohort."""
    if shown.choice.per not in {Per.PLACE, Per.COHORT} or shown.latest is None:
        return None
    year = shown.latest.year
    lines = [line for line in shown.lines if line.year == year]
    rows = [GroupRow(line.label, (_figure(line.figures.per_thousand),)) for line in lines]
    known = [row for row in rows if row.values[0] is not None]
    if len(known) < 2 or len(rows) > MOST_BARS:
        return None
    rates = [row.values[0] or 0 for row in known]
    chart = grouped_bars(
        _("High users per 1,000 registered patients, %(year)s") % {"year": year},
        _("From %(low)s to %(high)s per 1,000. Age and health differ between places, too.")
        % {"low": number(min(rates), 1), "high": number(max(rates), 1)},
        rows,
        series=[""],
        row_header=_per_name(shown.choice.per),
        nothing=mark_words(Mark.HIDDEN),
        decimals=1,
        width=CHART_WIDTH,
    )
    return replace(chart, headers=(chart.headers[0], _("High users per 1,000 patients")))


def _figure(value: Shown) -> float | None:
    return None if isinstance(value, Mark) else float(value)
