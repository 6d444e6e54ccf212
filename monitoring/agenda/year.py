"""The calendar of a year as a document."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.utils.formats import date_format, time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from monitoring.agenda.listing import Row
from mtvp.documents.model import Block, Column, Document, Paragraph, Table


def year_document(year: int, rows: Sequence[Row], today: date) -> Document:
    """A table per month; a month without anything is left out."""
    blocks: list[Block] = [_month(month, list(found)) for month, found in groupby(rows, _first)]
    title = _("Calendar %(year)s") % {"year": year}
    return Document(
        title=title,
        subtitle=_("More time for the patient"),
        language=get_language() or "nl",
        author="PrimaCura",
        created_on=today,
        details=((_("As of"), date_format(today)),),
        blocks=tuple(blocks) or (Paragraph(_("No sessions are planned yet."), "lead"),),
        footer=title,
        sheet=True,
    )


def _first(row: Row) -> date:
    return row.day.replace(day=1)


def _month(month: date, rows: Sequence[Row]) -> Table:
    columns = (_("Day"), _("Time"), _("What"), _("Kind"), _("Where"))
    return Table(
        date_format(month, "F Y"),
        tuple(Column(title) for title in columns),
        tuple(_line(row) for row in rows),
    )


def _line(row: Row) -> tuple[str, ...]:
    title = _("%(title)s (cancelled)") % {"title": row.title} if row.cancelled else row.title
    return (date_format(row.day, "D j b"), _hours(row), title, row.kind, row.place)


def _hours(row: Row) -> str:
    """On one line."""
    times = [time_format(at, "H.i") for at in (row.starts_at, row.ends_at) if at is not None]
    return "\N{NO-BREAK SPACE}–\N{NO-BREAK SPACE}".join(times)
