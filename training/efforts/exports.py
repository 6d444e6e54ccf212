"""Training efforts as tables: on the page, in a workbook, as CSV."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mtvp.documents.model import Column, Document, Kind, Mark, Table, Value
from training.efforts.rows import Effort, PracticeEfforts
from training.states import COUNTS_FOR, SessionKind


def summary_table(rows: Iterable[PracticeEfforts]) -> Table:
    """A row per practice."""
    columns = (
        Column(_("Practice")),
        *(Column(str(kind.label), Kind.INT) for kind in COUNTS_FOR),
        Column(_("Trainings"), Kind.INT),
        Column(_("Of which elsewhere"), Kind.INT),
        Column(_("Hours"), Kind.DECIMAL, 1),
        Column(_("Points"), Kind.DECIMAL, 1),
    )
    cells: tuple[tuple[Value, ...], ...] = tuple(
        (
            one.practice.name,
            *(one.people[str(kind)] for kind in COUNTS_FOR),
            one.trainings,
            one.elsewhere,
            one.hours,
            one.points,
        )
        for one in rows
    )
    note = _("Under a theme: how many people. Everybody counts once.")
    return Table(_("By practice"), columns, cells, note=note)


def people_table(rows: Iterable[Effort]) -> Table:
    """A row per person and training, for one practice."""
    columns = (
        Column(_("Name")),
        Column(_("Role")),
        Column(_("Date"), Kind.DATE),
        Column(_("Training")),
        Column(_("Where")),
        Column(_("Counts for")),
        Column(_("Hours"), Kind.DECIMAL, 1),
        Column(_("Points"), Kind.DECIMAL, 1),
    )
    return Table(_("Who followed what"), columns, tuple(_cells(one) for one in rows))


def lines_table(rows: Iterable[Effort]) -> Table:
    """The same with the practice in front."""
    rows = list(rows)
    plain = people_table(rows)
    columns = (Column(_("Practice")), Column(_("Practice number")), *plain.columns)
    cells = tuple(
        (one.practice.name, one.practice.code, *own)
        for one, own in zip(rows, plain.rows, strict=True)
    )
    return Table(plain.title, columns, cells)


def efforts_document(
    year: int, summary: Sequence[PracticeEfforts], rows: Sequence[Effort], *, made_on: date
) -> Document:
    title = _("Training followed in %(year)s") % {"year": year}
    return Document(
        title=title,
        subtitle=_("Attended here and followed elsewhere"),
        language=get_language() or "nl",
        author=_("More time for the patient"),
        created_on=made_on,
        details=(),
        blocks=(summary_table(summary), lines_table(rows)),
        footer=title,
    )


def _cells(one: Effort) -> tuple[Value, ...]:
    name = _("%(name)s (left)") % {"name": one.person.name} if one.left else one.person.name
    return (
        name,
        one.roles,
        one.day,
        one.title,
        _("Elsewhere") if one.elsewhere else _("Here"),
        str(SessionKind(one.kind).label) if one.kind else _("No norm"),
        Mark.NO_FIGURE if one.hours is None else one.hours,
        Mark.NO_FIGURE if one.points is None else one.points,
    )
