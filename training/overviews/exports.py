"""The overviews as tables, picture and spreadsheet."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.utils.formats import time_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mtvp.charts.bars import ShareRow, share_bars
from mtvp.documents.model import Block, Column, Document, Figure, Kind, Mark, Table, Value
from training.models import Session
from training.overviews.fill import Filled, SessionFill, kind_name, together
from training.overviews.lists import ListOfSession

Naming = Callable[[Session], str]


def course_name(session: Session) -> str:
    return session.course.title if session.course else _("Without a course of the menu")


def quarter_name(session: Session) -> str:
    quarter = (session.held_on.month - 1) // 3 + 1
    return _("Quarter %(number)s of %(year)s") % {"number": quarter, "year": session.held_on.year}


def groupings() -> tuple[tuple[str, str, Naming], ...]:
    """Title of the table, title of its first column, and what sessions are taken together by."""
    return (
        (_("By kind"), _("Kind"), kind_name),
        (_("By course"), _("Course"), course_name),
        (_("By quarter"), _("Quarter"), quarter_name),
    )


def picture(rows: Sequence[SessionFill]) -> Figure:
    """Places taken by quarter; sessions without a limit have no share."""
    groups = together(rows, quarter_name)
    places, taken = sum(one.places for one in groups), sum(one.filled for one in groups)
    conclusion = ngettext(
        "%(taken)s of %(places)s place is taken.",
        "%(taken)s of %(places)s places are taken.",
        places,
    ) % {"taken": taken, "places": places}
    bars = [
        ShareRow(
            one.name,
            min(one.filled, one.places) if one.places else None,
            one.places,
            _("%(taken)s of %(places)s") % {"taken": one.filled, "places": one.places}
            if one.places
            else _("no limit"),
        )
        for one in groups
    ]
    headers = (_("Quarter"), _("Places taken"), _("Share"))
    return Figure(share_bars(_("How full the sessions are"), conclusion, bars, headers=headers))


def group_tables(rows: Sequence[SessionFill]) -> list[Table]:
    return [group_table(title, first, together(rows, name)) for title, first, name in groupings()]


def group_table(title: str, first: str, groups: Iterable[Filled]) -> Table:
    columns = (
        Column(first),
        Column(_("Training sessions"), Kind.INT),
        Column(_("Places"), Kind.INT),
        Column(_("Taken"), Kind.INT),
        Column(_("Share"), Kind.PERCENT),
        Column(_("Waiting"), Kind.INT),
        Column(_("Present"), Kind.INT),
        Column(_("Did not come"), Kind.INT),
    )
    rows = tuple(
        (
            one.name,
            one.sessions,
            one.places or Mark.NO_FIGURE,
            one.taken,
            one.filled / one.places if one.places else Mark.NO_FIGURE,
            one.waiting,
            one.present,
            one.absent,
        )
        for one in groups
    )
    return Table(title, columns, rows)


def sessions_table(rows: Iterable[SessionFill]) -> Table:
    columns = (
        Column(_("Session")),
        Column(_("Date"), Kind.DATE),
        Column(_("Kind")),
        Column(_("Course")),
        Column(_("Places"), Kind.INT),
        Column(_("Taken"), Kind.INT),
        Column(_("Waiting"), Kind.INT),
        Column(_("Present"), Kind.INT),
        Column(_("Did not come"), Kind.INT),
        Column(_("Cancelled too late"), Kind.INT),
    )
    lines = tuple(
        (
            _title(one.session),
            one.session.held_on,
            kind_name(one.session),
            one.session.course.title if one.session.course else "",
            _or_none(one.places),
            one.taken,
            one.waiting,
            _or_none(one.present),
            _or_none(one.absent),
            one.late,
        )
        for one in rows
    )
    return Table(_("By session"), columns, lines, sheet=_("Training sessions"))


def fill_document(year: int, rows: Sequence[SessionFill], *, made_on: date) -> Document:
    title = _("How full the sessions of %(year)s are") % {"year": year}
    blocks: tuple[Block, ...] = (*group_tables(rows), sessions_table(rows))
    return _document(title, blocks, made_on)


def lists_table(rows: Iterable[ListOfSession]) -> Table:
    columns = (
        Column(_("Session")),
        Column(_("Date"), Kind.DATE),
        Column(_("Time")),
        Column(_("Facilitator")),
        Column(_("With a place"), Kind.INT),
        Column(_("Present"), Kind.INT),
        Column(_("Not known whether they came"), Kind.INT),
        Column(_("Names to look into"), Kind.INT),
        Column(_("List")),
    )
    lines = tuple(
        (
            one.session.title,
            one.session.held_on,
            time_format(one.session.starts_at, "H.i") if one.session.starts_at else "",
            str(one.session.facilitator or one.session.trainer),
            one.expected,
            Mark.NO_FIGURE if one.empty else one.present,
            one.unknown,
            one.names,
            list_state(one),
        )
        for one in rows
    )
    return Table(_("Attendance lists"), columns, lines)


def lists_document(rows: Sequence[ListOfSession], *, made_on: date) -> Document:
    return _document(_("Attendance lists"), (lists_table(rows),), made_on)


def list_state(one: ListOfSession) -> str:
    if one.empty:
        return _("nothing put down")
    return _("complete") if one.complete else _("not finished")


def _document(title: str, blocks: tuple[Block, ...], made_on: date) -> Document:
    return Document(
        title=title,
        subtitle=_("More time for the patient"),
        language=get_language() or "nl",
        author="PrimaCura",
        created_on=made_on,
        details=(),
        blocks=blocks,
        footer=title,
        sheet=True,
    )


def _title(session: Session) -> str:
    if session.cancelled_at is None:
        return session.title
    return _("%(title)s (cancelled)") % {"title": session.title}


def _or_none(number: int | None) -> Value:
    return Mark.NO_FIGURE if number is None else number
