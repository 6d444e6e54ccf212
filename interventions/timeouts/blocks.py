"""A pattern of time-outs in sentences, bars and tables; and what the visit asks about it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interventions.timeouts.facts import (
    FEWEST_PEOPLE,
    Figure,
    Pattern,
    not_sent_of,
    pattern_outside,
)
from interventions.timeouts.states import Kind, Outcome, Specialism, Step
from mtvp.charts.bars import GroupRow, grouped_bars
from mtvp.charts.chart import Chart
from mtvp.charts.numbers import number, percent
from mtvp.documents import model
from mtvp.documents.model import Block, Bullets, Column, Heading, Mark, Paragraph, Table
from mtvp.documents.words import mark_words
from practices.models import Practice

CHART_WIDTH = 440


def pattern_blocks(pattern: Pattern) -> list[Block]:
    """Of a practice; the figures of the region have their own beginning."""
    titles = (_("Referral or diagnostics"), _("What was done"))
    return [Paragraph(_how_often(pattern), "lead"), *_parts(pattern, titles)]


def region_blocks(pattern: Pattern) -> list[Block]:
    words = _("%(practices)s practices noted time-outs whose outcome is known.") % {
        "practices": number(pattern.practices or 0)
    }
    titles = (_("Referral or diagnostics, in the region"), _("What was done, in the region"))
    lead = Paragraph(f"{words} {_how_often(pattern)}", "lead")
    return [lead, *_parts(pattern, titles), _rule()]


def visit_blocks(practice: Practice, today: date) -> list[Block]:
    """For the consultant: the pattern as it may be seen outside the practice, and what to ask."""
    pattern = pattern_outside(practice, today)
    questions = (
        Heading(_("To talk about at the visit")),
        Bullets(
            (
                _("How does the practice use the time-out, and who with?"),
                _("What effect does the practice see?"),
                _("What did somebody learn that a colleague can use?"),
            )
        ),
    )
    if pattern is not None:
        return [*pattern_blocks(pattern), _rule(), *questions]
    words = _(
        "Fewer than %(people)s people in this practice noted a time-out in the last four "
        "quarters, so no figures are shown here. The practice can bring its own."
    ) % {"people": FEWEST_PEOPLE}
    return [Paragraph(words), *questions]


def _rule() -> Paragraph:
    return Paragraph(
        _(
            "Only time-outs with a known outcome count. A figure on fewer than 10 is not shown, "
            "and neither is one that would give it away. Nobody is named."
        ),
        "note",
    )


def _how_often(pattern: Pattern) -> str:
    if isinstance(pattern.total, Mark):
        return _("There are too few time-outs to show figures of.")
    period = {
        "count": number(pattern.total),
        "first": date_format(pattern.period.first),
        "last": date_format(pattern.period.last),
    }
    words = (
        ngettext(
            "%(count)s time-out from %(first)s up to and including %(last)s.",
            "%(count)s time-outs from %(first)s up to and including %(last)s.",
            pattern.total,
        )
        % period
    )
    return " ".join(filter(None, (words, _in_the_end(pattern), _open_ones(pattern))))


def _in_the_end(pattern: Pattern) -> str:
    known = not_sent_of(pattern)
    if known is None:
        return ""
    return _(
        "In %(not_sent)s of the %(decided)s with a known outcome there was no referral or request "
        "in the end (%(share)s)."
    ) % {
        "not_sent": number(known[0]),
        "decided": number(known[1]),
        "share": percent(known[0] / known[1]),
    }


def _open_ones(pattern: Pattern) -> str:
    waiting = pattern.outcomes[Outcome.OPEN]
    if isinstance(waiting, Mark) or not waiting:
        return ""
    return ngettext(
        "Of %(count)s the outcome is not known yet.",
        "Of %(count)s the outcome is not known yet.",
        waiting,
    ) % {"count": number(waiting)}


def _parts(pattern: Pattern, titles: tuple[str, str]) -> list[Block]:
    """By specialism, kind and step; a table in which everything is hidden is left out."""
    if isinstance(pattern.total, Mark) or not pattern.total:
        return []
    chart = _chart(pattern)
    none = Paragraph(_("No specialism was noted often enough to be shown."))
    kinds, steps = _named(pattern.kinds, Kind), _named(pattern.steps, Step)
    tables = [_table(titles[0], _("Kind"), kinds), _table(titles[1], _("What was done"), steps)]
    return [model.Figure(chart) if chart else none, *(table for table in tables if _tells(table))]


def _tells(table: Table) -> bool:
    return any(not isinstance(figure, Mark) for _name, figure in table.rows)


def _chart(pattern: Pattern) -> Chart | None:
    """The specialisms that may be shown, the most frequent first; without any no picture."""
    named = _named(pattern.specialisms, Specialism)
    known = [(name, count) for name, count in named if not isinstance(count, Mark) and count]
    if not known:
        return None
    known.sort(key=lambda pair: -pair[1])
    most, times = known[0]
    conclusion = ngettext(
        "Most often %(specialism)s: %(count)s time-out.",
        "Most often %(specialism)s: %(count)s time-outs.",
        times,
    ) % {"specialism": most, "count": number(times)}
    if any(isinstance(count, Mark) for _name, count in named):
        conclusion += " " + _("Other specialisms are not shown (privacy).")
    chart = grouped_bars(
        _("Time-outs by specialism"),
        conclusion,
        [GroupRow(name, (count,)) for name, count in known],
        series=[""],
        row_header=_("Specialism"),
        nothing=mark_words(Mark.HIDDEN),
        width=CHART_WIDTH,
    )
    return replace(chart, headers=(chart.headers[0], _("Time-outs")))


def _named(
    figures: Mapping[str, Figure], names: type[Kind] | type[Step] | type[Specialism]
) -> list[tuple[str, Figure]]:
    return [(str(names(value).label), figure) for value, figure in figures.items()]


def _table(title: str, header: str, rows: list[tuple[str, Figure]]) -> Table:
    columns = (Column(header), Column(_("Time-outs"), model.Kind.INT))
    return Table(title, columns, tuple(rows))
