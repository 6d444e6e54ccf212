"""The report in a handful of slides, for the yearly meeting with the insurers."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from monitoring.report import narrative, pictures
from monitoring.report.document import AUTHOR
from monitoring.report.narrative import obligation_name
from monitoring.report.sections import paragraphs
from monitoring.report.states import AgreementState, BlockKind
from monitoring.report.value import CohortFigures, ObligationFigures, Report
from mtvp.charts.numbers import day, number
from mtvp.documents.model import Bullets, KeyFigure, Kind, Mark, Paragraph
from mtvp.documents.slides import Deck, Slide

MOST_POINTS = 5
MOST_FIGURES = 8
LONGEST_POINT = 220
"""A slide that says more is not read: the report itself does."""


def slides_of(report: Report, *, draft: bool) -> Deck:
    """In the active language; every figure is one of the report."""
    as_of = date.fromisoformat(report.as_of)
    return Deck(
        title=_("More Time for the Patient %(year)s") % {"year": report.year},
        subtitle=_("Yearly meeting with %(insurer)s · state on %(day)s")
        % {"insurer": report.insurer, "day": day(as_of)},
        language="nl",
        author=AUTHOR,
        created_on=as_of,
        slides=tuple(_slides(report)),
        footer=_("Yearly report MTVP %(year)s · %(insurer)s")
        % {"year": report.year, "insurer": report.insurer},
        draft=draft,
    )


def _slides(report: Report) -> Iterator[Slide]:
    if report.meeting is not None and report.meeting.agreements:
        yield Slide(
            _("What we agreed last year"),
            points=tuple(
                f"{_cut(one.text)} ({AgreementState(one.state).label})"
                for one in report.meeting.agreements[:MOST_POINTS]
            ),
        )
    yield _in_short(report)
    yield Slide(
        _("The obligations"),
        narrative.roll_out(report.obligations),
        figures=tuple(_obligation(one) for one in report.obligations),
    )
    if report.cohorts:
        yield _participation(report)
    for kind in (
        BlockKind.SUMMARY,
        BlockKind.ADDED_VALUE,
        BlockKind.BOTTLENECKS,
        BlockKind.REQUESTS,
    ):
        points = _points(report, kind)
        if points:
            title = _("In short, in words") if kind is BlockKind.SUMMARY else str(kind.label)
            yield Slide(title, points=points)
    if report.quotes:
        yield Slide(
            _("In the words of practices"),
            points=tuple(f"“{_cut(one.text)}”" for one in report.quotes[:3]),
            note=_("Each practice agreed to these words; its name is left out."),
        )


def _in_short(report: Report) -> Slide:
    met = sum(one.met for one in report.obligations)
    applicable = sum(one.applicable for one in report.obligations)
    high = report.extracts.high_users
    last = report.last_year
    was = _("%(number)s a year before") % {"number": number(last.practices)} if last else ""
    return Slide(
        _("The year in short"),
        narrative.overdue(report.obligations),
        figures=(
            KeyFigure(_("practices begun"), report.practices, note=was),
            KeyFigure(
                _("obligations met"),
                met,
                note=_("of %(applicable)s that count on this day")
                % {"applicable": number(applicable)},
            ),
            KeyFigure(_("plans for patients"), sum(one.plans for one in report.plans), Kind.INT),
            KeyFigure(
                _("high users"),
                Mark.HIDDEN if high is None else high,
                note=_("patients with 30 contacts or more in 12 months"),
            ),
            KeyFigure(_("meetings"), sum(one.sessions for one in report.sessions)),
            KeyFigure(
                _("practices visited"),
                report.visits.practices,
                note=_("of %(of)s") % {"of": number(report.visits.of)},
            ),
        ),
    )


def _participation(report: Report) -> Slide:
    """A figure per cohort is read from afar; more of them than fit are a picture."""
    said = narrative.participation(report)
    if len(report.cohorts) > MOST_FIGURES:
        return Slide(_("Participation"), said, chart=pictures.cohorts(report))
    return Slide(_("Participation"), said, tuple(_cohort(one) for one in report.cohorts))


def _cohort(one: CohortFigures) -> KeyFigure:
    note = _("begun, of %(invited)s invited; %(stopped)s stopped") % {
        "invited": number(one.invited),
        "stopped": number(one.stopped),
    }
    return KeyFigure(one.name, one.begun, note=note)


def _obligation(one: ObligationFigures) -> KeyFigure:
    """The share that met it, with the counts below it."""
    if not one.applicable:
        return KeyFigure(obligation_name(one), Mark.NO_FIGURE, note=_("does not count yet"))
    counts = _("%(met)s of %(applicable)s") % {
        "met": number(one.met),
        "applicable": number(one.applicable),
    }
    share = Decimal(one.met) / one.applicable
    return KeyFigure(obligation_name(one), share, Kind.PERCENT, note=counts)


def _points(report: Report, kind: BlockKind) -> tuple[str, ...]:
    """The first paragraphs and list items that people wrote in a block."""
    found: list[str] = []
    for words in report.texts:
        if words.block == kind:
            for block in paragraphs(words.text):
                if isinstance(block, Bullets):
                    found += block.items
                elif isinstance(block, Paragraph):
                    found.append(block.text)
    return tuple(_cut(one) for one in found[:MOST_POINTS])


def _cut(text: str) -> str:
    if len(text) <= LONGEST_POINT:
        return text
    return text[:LONGEST_POINT].rsplit(" ", 1)[0] + "…"
