"""The report as a document: which sections it has, in which order."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from monitoring.report import beside, tables
from monitoring.report.sections import paragraphs, section, title
from monitoring.report.states import BlockKind
from monitoring.report.value import Correction, Report
from mtvp.charts.numbers import day, number
from mtvp.documents.model import (
    Block,
    Bullets,
    Document,
    Heading,
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
        *(
            ((_("Version"), number(report.correction.version)),)
            if report.correction is not None
            else ()
        ),
    )


def _blocks(report: Report) -> Iterator[Block]:
    if report.correction is not None:
        yield from _correction(report.correction)
    for kind in BlockKind:
        yield from _block(report, kind)
    yield from _quality(report)
    if report.appendix is not None:
        yield from _appendix(report)


def _block(report: Report, kind: BlockKind) -> Iterator[Block]:
    """Heading, figures, words and quotes; a section about which there is nothing is left out."""
    if kind is BlockKind.REGIONAL_FEE and not (report.regional_fee or report.programme_fee):
        return
    inner = [*section(report, kind), *words(report, kind)]
    if inner and not (kind is BlockKind.AGREEMENTS and report.meeting is None):
        yield Heading(title(report, kind), anchor=kind.value)
        yield from inner


def words(report: Report, kind: BlockKind) -> Iterator[Block]:
    """What people wrote in a block, and what practices said."""
    for one in report.texts:
        if one.block == kind:
            yield from paragraphs(one.text)
    said = tuple(f"“{one.text}”" for one in report.quotes if one.block == kind)
    if said:
        yield Heading(_("In the words of practices"), 3)
        yield Bullets(said)
        yield Paragraph(_("Each practice agreed to these words; its name is left out."), "note")


def _correction(correction: Correction) -> Iterator[Block]:
    yield Heading(_("Corrections in this version"), anchor="correcties")
    yield Paragraph(
        _("This is version %(version)s. It takes the place of the one before (hash %(hash)s…).")
        % {"version": correction.version, "hash": correction.corrected_sha256[:12]},
        "lead",
    )
    yield Paragraph(_("Reason: %(reason)s") % {"reason": correction.reason})
    if correction.differences:
        yield beside.differences(correction)
    else:
        yield Paragraph(_("Nothing reads otherwise than in the version before."))


def _quality(report: Report) -> Iterator[Block]:
    yield Heading(_("Quality of the data"), anchor="kwaliteit")
    yield Paragraph(_("What was missing when this report was made, or could not be counted."))
    yield tables.quality(report)
    yield Paragraph(
        _(
            "Figures on fewer than 10 patients are not shown, nor figures from which those could "
            "be worked out. They read: not shown (privacy). A number of patients that would "
            "differ by fewer than 10 from what an earlier report says stays as it was told. Where "
            "nothing was counted it says: no figure."
        ),
        "note",
    )


def _appendix(report: Report) -> Iterator[Block]:
    yield Heading(_("Appendix: figures per practice"), new_page=True, anchor="bijlage")
    yield Paragraph(
        _(
            "This appendix was added by an explicit choice that is on record. It is meant for the "
            "conversation with these practices, not for a ranking."
        )
    )
    yield tables.practices(report)
    yield tables.practice_obligations(report)
