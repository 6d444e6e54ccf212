"""CSV that a Dutch Excel opens at a double click: semicolons, a byte order mark, decimal commas."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import formats

from mtvp.charts.numbers import rounded
from mtvp.documents.model import Kind, Mark, Table, Typed, Value
from mtvp.documents.words import mark_words

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A text that begins with one of these would be run as a formula."""


def table_csv(table: Table) -> bytes:
    """Header and rows of one table."""
    kinds = [(column.kind, column.decimals) for column in table.columns]
    return rows_csv(
        [column.title for column in table.columns],
        (
            [
                _cell(value, kind, decimals)
                for value, (kind, decimals) in zip(row, kinds, strict=True)
            ]
            for row in table.rows
        ),
    )


def rows_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of texts; texts that may come from people go through `formula_safe` first."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([formula_safe(title) for title in header])
    writer.writerows(rows)
    return target.getvalue().encode("utf-8-sig")


def formula_safe(text: str) -> str:
    """An apostrophe in front of a text that a spreadsheet would run; others unchanged."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _cell(value: Value, kind: Kind, decimals: int) -> str:
    match value:
        case Mark():
            return mark_words(value)
        case Typed():
            return _cell(value.value, value.kind, value.decimals)
        case date():
            return value.isoformat()
        case str():
            return formula_safe(value)
    places = {Kind.MONEY: 2, Kind.PERCENT: decimals + 2, Kind.DECIMAL: decimals}.get(kind, 0)
    exact = rounded(value, places) if kind is not Kind.TEXT else value
    return str(exact).replace(".", formats.get_format("DECIMAL_SEPARATOR"))
