"""The year plan of a facilitator on paper."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format, time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mtvp.documents.model import Block, Column, Document, Kind, Mark, Paragraph, Table, Value
from practices.models import User
from training.overviews.preparation import Prepared


def plan_document(user: User, year: int, plan: Sequence[Prepared], today: date) -> Document:
    title = _("Year plan %(year)s") % {"year": year}
    blocks: tuple[Block, ...] = (_table(plan),)
    if not plan:
        blocks = (Paragraph(_("No sessions are planned yet."), "lead"),)
    return Document(
        title=title,
        subtitle=str(user),
        language=get_language() or "nl",
        author="PrimaCura",
        created_on=today,
        details=((_("As of"), date_format(today)),),
        blocks=blocks,
        footer=title,
        sheet=True,
    )


def _table(plan: Sequence[Prepared]) -> Table:
    columns = (
        Column(_("Day")),
        Column(_("What")),
        Column(_("Where")),
        Column(_("With a place"), Kind.INT),
        Column(_("Waiting"), Kind.INT),
        Column(_("Script")),
        Column(_("Cases"), Kind.INT),
        Column(_("Present"), Kind.INT),
    )
    return Table(_("Training sessions"), columns, tuple(_line(one) for one in plan))


def _line(one: Prepared) -> tuple[Value, ...]:
    session = one.session
    title = session.title
    if session.cancelled_at is not None:
        title = _("%(title)s (cancelled)") % {"title": title}
    day = date_format(session.held_on, "D j b")
    if session.starts_at is not None:
        day = f"{day} {time_format(session.starts_at, 'H.i')}"
    return (
        day,
        title,
        ", ".join(filter(None, [session.place, session.city])),
        one.places.confirmed,
        one.places.waiting,
        _("yes") if one.script else _("no"),
        one.cases,
        Mark.NO_FIGURE if one.attendance.empty else one.attendance.present,
    )
