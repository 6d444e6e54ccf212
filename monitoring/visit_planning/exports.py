"""The planning of the region as a workbook."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from monitoring.visit_planning.planning import Row, stand_names
from mtvp.documents.model import Column, Kind, Mark, Table, Value
from mtvp.documents.snapshot import snapshot
from mtvp.documents.xlsx import workbook


def planning_workbook(rows: Sequence[Row], today: date) -> bytes:
    columns = (
        Column(_("Practice")),
        Column(_("AGB code")),
        Column(_("City")),
        Column(_("Consultant")),
        Column(_("Programme year"), Kind.INT),
        Column(_("From"), Kind.DATE),
        Column(_("Up to and including"), Kind.DATE),
        Column(_("Days left"), Kind.INT),
        Column(_("Visit")),
        Column(_("Appointment"), Kind.DATE),
        Column(_("Last visit"), Kind.DATE),
    )
    title = _("Planning of visits")
    table = Table(title, columns, tuple(_line(row) for row in rows))
    return workbook(snapshot(title, table, as_of=today))


def _line(row: Row) -> tuple[Value, ...]:
    known, practice = row.known, row.practice
    appointment = known.term.appointment
    return (
        practice.name,
        practice.code,
        practice.city,
        str(practice.consultant or ""),
        known.term.year,
        known.term.first_day,
        known.term.last_day,
        row.days_left,
        stand_names()[row.stand],
        appointment.held_on if appointment else Mark.NO_FIGURE,
        known.term.last_visit_on or Mark.NO_FIGURE,
    )
