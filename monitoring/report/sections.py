"""What each section of the report says, from the value alone; the words of people come after."""

from collections.abc import Callable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from monitoring.indicators import BY_CODE
from monitoring.report import beside, comparing, money_tables, narrative, pictures, tables
from monitoring.report.states import BlockKind
from monitoring.report.value import Report
from mtvp.charts.numbers import day, number
from mtvp.documents.model import (
    Block,
    Bullets,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Kind,
    Mark,
    Paragraph,
)


def section(report: Report, kind: BlockKind) -> Iterator[Block]:
    """The figures of one block, without its heading; nothing where a block is words alone."""
    if kind in FIGURES:
        yield from FIGURES[kind](report)


def title(report: Report, kind: BlockKind) -> str:
    """The heading of a block: what it holds for this insurer."""
    if kind is not BlockKind.REGIONAL_FEE:
        return str(kind.label)
    if report.regional_fee:
        return _("Fee for the programme and regional fee")
    return _("Fee for the programme")


def _summary(report: Report) -> Iterator[Block]:
    extracts = report.extracts
    yield Paragraph(narrative.participation(report), "lead")
    yield Bullets(
        (
            narrative.roll_out(report.obligations),
            narrative.overdue(report.obligations),
            narrative.high_users(report),
            narrative.training(report.sessions),
            narrative.answers(report.questionnaires),
        )
    )
    yield KeyFigures(
        _("Key figures"),
        (
            KeyFigure(_("Practices begun"), report.practices, note=_("stopped ones included")),
            KeyFigure(_("Practices stopped"), report.stopped),
            KeyFigure(
                _("Obligations met"),
                sum(one.met for one in report.obligations),
                note=_("of %(applicable)s that count on this day")
                % {"applicable": number(sum(one.applicable for one in report.obligations))},
            ),
            KeyFigure(
                _("High users"),
                Mark.HIDDEN if extracts.high_users is None else extracts.high_users,
                note=_("patients with 30 contacts or more in 12 months"),
            ),
            KeyFigure(
                _("Plans for patients"),
                sum(one.plans for one in report.plans),
                Kind.INT,
                note=_("that count for a programme year"),
            ),
        ),
    )


def _participation(report: Report) -> Iterator[Block]:
    yield Paragraph(
        _(
            "A practice takes part freely. It goes through five steps: invited, information "
            "meeting, enrolled at the region, performance requested at the insurers, begun."
        )
    )
    if report.cohorts:
        yield Figure(pictures.cohorts(report), tables.cohorts(report))
    else:
        yield tables.cohorts(report)
    yield tables.panels(report)


def _roll_out(report: Report) -> Iterator[Block]:
    yield Paragraph(
        _(
            "Obligations exist in programme years 1 and 2. A programme year runs from the start "
            "of the practice itself. Practices for which an obligation does not count yet, or "
            "not at all, are left out of the share."
        )
    )
    yield Figure(pictures.roll_out(report), tables.roll_out(report))
    if report.last_year is not None:
        yield Heading(_("Beside last year"), 3)
        yield Paragraph(comparing.source_words(report.last_year))
        yield beside.last_year(report, report.last_year)
    if len(report.by_cohort) > 1:
        yield Heading(_("Per cohort"), 3)
        yield beside.cohorts(report)
    yield Heading(_("What counts as met"), 3)
    yield tables.definitions(report)
    yield Heading(_("Where the practices stand"), 3)
    yield Figure(pictures.statuses(report), tables.statuses(report))


def _high_users(report: Report) -> Iterator[Block]:
    yield Paragraph(narrative.high_users(report), "lead")
    yield Paragraph(
        _(
            "Only extracts over exactly 12 months count. Of each practice the latest extract of "
            "the year is taken. The numbers describe the practices; they do not show an effect."
        )
    )
    yield tables.extracts(report)
    yield tables.plans(report)


def _training(report: Report) -> Iterator[Block]:
    yield Paragraph(narrative.training(report.sessions), "lead")
    yield tables.sessions(report)


def _questionnaires(report: Report) -> Iterator[Block]:
    yield Paragraph(narrative.answers(report.questionnaires), "lead")
    yield Paragraph(
        _(
            "After programme years 1 and 2 the region asks each practice whether the plans were "
            "made, whether the approach has become a habit and whether flexible consultation "
            "length is in use."
        )
    )
    yield tables.questionnaires(report)


def _indicators(report: Report) -> Iterator[Block]:
    yield Paragraph(
        _(
            "The region beside the country. Differences between years or with the country have "
            "many causes; these figures show no effect of the programme."
        )
    )
    if not report.indicators:
        yield Paragraph(_("No figures were supplied for the region in these years."))
        return
    yield tables.indicators(report)
    for one in report.indicators:
        known = [year for year in one.years if year.value is not None]
        if not one.detail and len(known) > 1 and one.indicator in BY_CODE:
            yield Figure(pictures.indicator(one), tables.indicator_course(one))


def _money(report: Report) -> Iterator[Block]:
    """The fee for the programme, and the regional fee of an insurer with a list."""
    if report.regional_fee:
        yield Heading(_("Fee for the programme"), 3)
    yield Paragraph(
        _(
            "The amount of a quarter is the number of registered patients of this insurer on the "
            "first day of the quarter, at practices that take part that day, times the tariff."
        )
    )
    yield money_tables.programme_fee(report)
    if not report.regional_fee:
        return
    yield Heading(_("Regional fee (regioprestatie)"), 3)
    yield Paragraph(
        _(
            "The amount of a quarter is the number of registered patients of this insurer on the "
            "first day of the quarter, at practices on its list that day, times the tariff."
        )
    )
    yield money_tables.regional_fee(report)
    if report.not_accounted:
        yield money_tables.not_accounted(report)


def _agreements(report: Report) -> Iterator[Block]:
    """How last year's agreements went, as this year's report begins."""
    meeting = report.meeting
    if meeting is None:
        yield Paragraph(_("There are no minutes of a meeting about the report of last year."))
        return
    yield Paragraph(
        _("Agreed with the insurers on %(day)s, at the meeting about %(year)s.")
        % {"day": day(date.fromisoformat(meeting.held_on)), "year": meeting.year},
        "lead",
    )
    yield beside.agreements(meeting)
    if meeting.adjustments:
        yield Heading(_("Adjustments"), 3)
        yield from paragraphs(meeting.adjustments)


def _time_outs(report: Report) -> Iterator[Block]:
    yield Paragraph(narrative.visits(report.visits), "lead")
    yield beside.visits(report.visits)
    if report.visit_answers:
        yield Heading(_("What practices said"), 3)
        yield from _said(report)
    yield Heading(_("Time-outs"), 3)
    if report.time_outs is None:
        yield Paragraph(_("Too few practices noted time-outs to show figures."))
        return
    yield Paragraph(
        _(
            "GPs note a time-out without anything about the patient. Only those of which the "
            "outcome is known count."
        )
    )
    yield beside.time_outs(report.time_outs)


def _said(report: Report) -> Iterator[Block]:
    """A table is left out when nobody answered its questions."""
    for table in (beside.going(report), beside.visit_answers(report)):
        if table.rows:
            yield table


def _bottlenecks(report: Report) -> Iterator[Block]:
    if not report.bottlenecks:
        yield Paragraph(_("No practice reported a bottleneck."))
        return
    yield beside.bottlenecks(report)
    if report.structural:
        yield beside.structural(report)


def paragraphs(text: str) -> Iterator[Block]:
    """Words that somebody wrote; lines that begin with a dash become a list."""
    for part in text.replace("\r\n", "\n").split("\n\n"):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        listed = [line[1:].strip() for line in lines if line.startswith("-")]
        if lines and len(listed) == len(lines):
            yield Bullets(tuple(listed))
        elif lines:
            yield Paragraph(" ".join(lines))


FIGURES: dict[BlockKind, Callable[[Report], Iterator[Block]]] = {
    BlockKind.SUMMARY: _summary,
    BlockKind.AGREEMENTS: _agreements,
    BlockKind.PARTICIPATION: _participation,
    BlockKind.ROLL_OUT: _roll_out,
    BlockKind.HIGH_USERS: _high_users,
    BlockKind.TRAINING: _training,
    BlockKind.TIME_OUTS: _time_outs,
    BlockKind.QUESTIONNAIRES: _questionnaires,
    BlockKind.BOTTLENECKS: _bottlenecks,
    BlockKind.INDICATORS: _indicators,
    BlockKind.REGIONAL_FEE: _money,
}
