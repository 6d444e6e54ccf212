"""The attendance list on paper: names, and room to sign."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format, time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mtvp.documents.model import Column, Document, Paragraph, Table
from training.attendance.roll import Line
from training.models import Session

EMPTY_ROWS = 3
"""For who comes without having enrolled."""


def sheet(session: Session, lines: Sequence[Line], *, made_on: date) -> Document:
    """One row per person, a few empty ones, and one for the facilitator: a page for twelve."""
    rows = tuple((line.person.name, line.practice, "") for line in lines)
    columns = (Column(_("Name")), Column(_("Practice")), Column(_("Signature")))
    empty = (("", "", ""),) * EMPTY_ROWS
    leader = ((str(session.facilitator or ""), _("Facilitator"), ""),)
    return Document(
        title=_("Attendance list"),
        subtitle=session.title,
        language=get_language() or "nl",
        author=_("More time for the patient"),
        created_on=made_on,
        details=tuple(session_details(session)),
        blocks=(
            Table(_("Names and signatures"), columns, rows + empty + leader, tall=True),
            Paragraph(
                _("Not on the list? Write your name and practice on an empty line and sign."),
                "note",
            ),
        ),
        footer=f"{session.title} · {date_format(session.held_on)}",
        sheet=True,
    )


def session_details(session: Session) -> list[tuple[str, str]]:
    """When, where and under whom, as far as known."""
    when = date_format(session.held_on)
    if session.starts_at:
        when += " · " + _("%(time)s h") % {"time": time_format(session.starts_at, "H.i")}
    trainer = session.trainer or str(session.facilitator or "")
    place = ", ".join(dict.fromkeys(filter(None, (session.place, session.city))))
    found = [(_("Date"), when), (_("Place"), place), (_("Facilitator"), trainer)]
    return [(label, words) for label, words in found if words]
