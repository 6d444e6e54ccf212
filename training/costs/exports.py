"""The costs as spreadsheet: a sheet of practices by quarter, a sheet of every session."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mtvp.documents.model import Column, Document, Kind, Mark, Table, Value
from training.costs.lines import QUARTERS, Line, PracticeCosts


def totals_table(costs: Sequence[PracticeCosts]) -> Table:
    """A row per practice, and the sum as last row."""
    columns = (
        Column(_("Practice")),
        *(Column(_("Quarter %(number)s") % {"number": one}, Kind.MONEY) for one in QUARTERS),
        Column(_("Year"), Kind.MONEY),
        Column(_("People without a price"), Kind.INT),
    )
    rows: list[tuple[Value, ...]] = [
        (one.practice.name, *one.quarters, one.total, one.unknown) for one in costs
    ]
    if len(costs) > 1:
        quarters = (sum(column) for column in zip(*(one.quarters for one in costs), strict=True))
        total, unknown = sum(one.total for one in costs), sum(one.unknown for one in costs)
        rows.append((_("Together"), *quarters, total, unknown))
    return Table(_("Costs by practice"), columns, tuple(rows), total=len(costs) > 1)


def lines_table(lines: Iterable[Line]) -> Table:
    columns = (
        Column(_("Practice")),
        Column(_("Practice number")),
        Column(_("Quarter"), Kind.INT),
        Column(_("Date"), Kind.DATE),
        Column(_("Session")),
        Column(_("Places paid for"), Kind.INT),
        Column(_("Attended"), Kind.INT),
        Column(_("Cancelled too late"), Kind.INT),
        Column(_("Price per person"), Kind.MONEY),
        Column(_("Amount"), Kind.MONEY),
    )
    rows = tuple(
        (
            one.practice.name,
            one.practice.code,
            one.quarter,
            one.session.held_on,
            one.session.title,
            len(one.charged),
            len(one.attended),
            len(one.late),
            Mark.NO_FIGURE if one.price is None else one.price,
            Mark.NO_FIGURE if one.amount is None else one.amount,
        )
        for one in lines
    )
    return Table(_("Costs by session"), columns, rows)


def costs_document(
    year: int, costs: Sequence[PracticeCosts], lines: Sequence[Line], *, made_on: date
) -> Document:
    return Document(
        title=_("Costs of training %(year)s") % {"year": year},
        subtitle=_("What practices bear for taking part"),
        language=get_language() or "nl",
        author=_("More time for the patient"),
        created_on=made_on,
        details=(),
        blocks=(totals_table(costs), lines_table(lines)),
        footer=_("Costs of training %(year)s") % {"year": year},
    )
