"""A value as people read it, the same in page, PDF and CSV."""

from datetime import date

from django.utils.translation import gettext as _

from mtvp.charts.numbers import day, money, number, percent
from mtvp.documents.model import Column, Kind, Mark, Typed, Value


def mark_words(mark: Mark) -> str:
    if mark is Mark.HIDDEN:
        return _("not shown (privacy)")
    return _("no figure")


def shown(value: Value, kind: Kind, decimals: int = 0) -> str:
    """The words for a value of a column; a value of another type than its kind is text."""
    match value:
        case Mark():
            return mark_words(value)
        case Typed():
            return shown(value.value, value.kind, value.decimals)
        case date():
            return day(value)
        case str():
            return value
    match kind:
        case Kind.MONEY:
            return money(value)
        case Kind.PERCENT:
            return percent(value, decimals)
        case Kind.DECIMAL:
            return number(value, decimals)
        case Kind.INT:
            return number(value)
        case _:
            return str(value)


def cell_words(value: Value, column: Column) -> str:
    return shown(value, column.kind, column.decimals)
