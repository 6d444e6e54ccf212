"""The report as a document: which sections it has, in which order."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from monitoring.indicators import BY_CODE
from monitoring.report import narrative, pictures, tables
from monitoring.report.value import Report
from mtvp.charts.numbers import day, number
from mtvp.documents.model import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Kind,
    Mark,
    Paragraph,
)

AUTHOR = "PrimaCura"


def document_of(report: Report, *, draft: bool) -> Document:
    """The whole report in the active language; words follow from the value alone."""
    as_of = date.fromisoformat(report.as_of)
    title = _("Yearly report More Time for the Patient %(year)s") % {"year": report.year}
    return Document(
        title=title,
        subtitle=_("For health insurer %(insurer)s") % {"insurer": report.insurer},
        language="nl",
        author=AUTHOR,
        created_on=as_of,
        details=_details(report, as_of, draft=draft),
        blocks=tuple(_blocks(report)),
        footer=_("Yearly report MTVP %(year)s · %(insurer)s")
        % {"year": report.year, "insurer": report.insurer},
        draft=draft,
    )


def _details(report: Report, as_of: date, *, draft: bool) -> tuple[tuple[str, str], ...]:
    appendix = _("with figures per practice") if report.appendix is not None else _("none")
    return (
        (_("State on"), day(as_of)),
        (_("Practices in the report"), number(report.practices)),
        (_("Status"), _("draft, figures may still change") if draft else _("final")),
        (_("Appendix"), appendix),
    )


def _blocks(report: Report) -> Iterator[Block]:
    yield from _summary(report)
    yield from _participation(report)
    yield from _roll_out(report)
    yield from _high_users(report)
    yield from _training(report)
    yield from _questionnaires(report)
    yield from _indicators(report)
    if report.regional_fee:
        yield from _regional_fee(report)
    yield from _quality(report)
    if report.appendix is not None:
        yield from _appendix(report)


def _summary(report: Report) -> Iterator[Block]:
    extracts = report.extracts
    yield Heading(_("Summary"))
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
    yield Heading(_("Participation"))
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
    yield Heading(_("Roll-out of the interventions"))
    yield Paragraph(
        _(
            "Obligations exist in programme years 1 and 2. A programme year runs from the start "
            "of the practice itself. Practices for which an obligation does not count yet, or "
            "not at all, are left out of the share."
        )
    )
    yield Figure(pictures.roll_out(report), tables.roll_out(report))
    yield Heading(_("What counts as met"), 3)
    yield tables.definitions(report)
    yield Heading(_("Where the practices stand"), 3)
    yield Figure(pictures.statuses(report), tables.statuses(report))


def _high_users(report: Report) -> Iterator[Block]:
    yield Heading(_("High users and contacts"))
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
    yield Heading(_("Training and intervision"))
    yield Paragraph(narrative.training(report.sessions), "lead")
    yield tables.sessions(report)


def _questionnaires(report: Report) -> Iterator[Block]:
    yield Heading(_("Questionnaires"))
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
    yield Heading(_("Indicators"))
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


def _regional_fee(report: Report) -> Iterator[Block]:
    yield Heading(_("Regional fee (regioprestatie)"))
    yield Paragraph(
        _(
            "The amount of a quarter is the number of registered patients of this insurer on the "
            "first day of the quarter, at practices on its list that day, times the tariff."
        )
    )
    yield tables.regional_fee(report)


def _quality(report: Report) -> Iterator[Block]:
    yield Heading(_("Quality of the data"))
    yield Paragraph(_("What was missing when this report was made, or could not be counted."))
    yield tables.quality(report)
    yield Paragraph(
        _(
            "Figures on fewer than 10 patients are not shown, nor figures from which those could "
            "be worked out. They read: not shown (privacy). Where nothing was counted it says: "
            "no figure."
        ),
        "note",
    )


def _appendix(report: Report) -> Iterator[Block]:
    yield Heading(_("Appendix: figures per practice"), new_page=True)
    yield Paragraph(
        _(
            "This appendix was added by an explicit choice that is on record. It is meant for the "
            "conversation with these practices, not for a ranking."
        )
    )
    yield tables.practices(report)
    yield tables.practice_obligations(report)
