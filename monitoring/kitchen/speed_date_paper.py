"""The rounds on paper: a page for each, with the numbers of the tables."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from monitoring.kitchen.speed_dates import Seated, Somebody
from mtvp.documents.model import Block, Column, Document, Heading, Table
from training.attendance.sheet import session_details
from training.models import Session


def rounds_paper(
    session: Session, rounds: Sequence[Seated], minutes: int, *, made_on: date
) -> Document:
    blocks: list[Block] = []
    for one in rounds:
        title = _("Round %(number)s") % {"number": one.number}
        heading = Heading(title, new_page=one.number > 1)
        blocks += [heading, _tables(_("%(minutes)s minutes") % {"minutes": minutes}, one)]
    return Document(
        title=_("Speed dates"),
        subtitle=session.title,
        language=get_language() or "nl",
        author=_("More time for the patient"),
        created_on=made_on,
        details=tuple(session_details(session)),
        blocks=tuple(blocks),
        footer=f"{session.title} · {date_format(session.held_on)}",
        sheet=True,
    )


def _tables(title: str, one: Seated) -> Table:
    columns = (Column(_("Table")), Column(_("Who sit there")))
    rows = tuple(
        (_("Table %(number)s") % {"number": number}, _names(people))
        for number, people in enumerate(one.tables, 1)
    )
    return Table(title, columns, rows)


def _names(people: Sequence[Somebody]) -> str:
    return " · ".join(
        f"{one.person.name} ({one.practice})" if one.practice else one.person.name for one in people
    )
