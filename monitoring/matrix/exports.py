"""The matrix as a workbook: the same rows, words and figures as on the page."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from monitoring.matrix.choice import summary
from monitoring.matrix.rows import Content, PracticeRow
from monitoring.overview import INTERVENTIONS
from monitoring.words import intervention_name
from mtvp.documents.model import Column, Kind, Mark, Paragraph, Table, Value
from mtvp.documents.snapshot import snapshot
from mtvp.documents.xlsx import workbook


def matrix_workbook(rows: Sequence[PracticeRow], as_of: date) -> bytes:
    title = _("Overview of the region")
    columns = [Column(_("Practice")), Column(_("AGB code")), Column(_("Cohort"))]
    columns += [Column(_("Consultant")), Column(_("Programme year"), Kind.INT)]
    columns += [Column(f"{n} {intervention_name(n)}") for n in INTERVENTIONS]
    table = Table(title, tuple(columns), tuple(_values(row) for row in rows))
    return workbook(snapshot(title, Paragraph(summary(rows), "lead"), table, as_of=as_of))


def _values(row: PracticeRow) -> tuple[Value, ...]:
    practice = row.practice
    return (
        practice.name,
        practice.code,
        practice.cohort.name,
        str(practice.consultant or ""),
        Mark.NO_FIGURE if row.year is None else row.year,
        *(_words(cell.content) for cell in row.cells),
    )


def _words(content: Content) -> str:
    return " · ".join(filter(None, [content.word, content.figure, content.note]))
