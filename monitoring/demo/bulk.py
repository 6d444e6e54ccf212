"""Many rows at once: COPY, column by column, through the owner's log-in.

Row-level security forbids COPY to the application's log-in; this is for made-up regions only.
"""

from collections.abc import Iterable, Mapping
from itertools import repeat
from typing import Any

from django.db import connections, models
from django.utils import timezone

OWNER = "owner"


def copy_in(model: type[models.Model], rows: int, columns: Mapping[str, Iterable[Any]]) -> range:
    """Store `rows` rows given as columns by field name; fields left out get their default.

    Returns the ids that the rows got, in order.
    """
    fields = {field.name: field for field in model._meta.concrete_fields}
    given = {fields[name]: values for name, values in columns.items()}
    left_out = [
        field
        for field in fields.values()
        if field not in given and not field.primary_key and not field.null
    ]
    ids = _reserve(model, rows)
    filled: dict[str, Iterable[Any]] = {"id": ids}
    filled |= {str(field.column): values for field, values in given.items()}
    filled |= {str(field.column): repeat(_default(field), rows) for field in left_out}
    names = ", ".join(f'"{name}"' for name in filled)
    with connections[OWNER].cursor() as cursor:
        statement = f'COPY "{model._meta.db_table}" ({names}) FROM STDIN'
        with cursor.copy(statement) as copy:
            for row in zip(*filled.values(), strict=True):
                copy.write_row(row)
    return ids


def _reserve(model: type[models.Model], rows: int) -> range:
    """Take this many ids from the table's sequence."""
    table = model._meta.db_table
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max(id), 0) + %s) "  # noqa: S608
            f'FROM "{table}"',
            [table, "id", max(rows, 1)],
        )
        last: int = cursor.fetchone()[0]
    return range(last - rows + 1, last + 1)


def _default(field: Any) -> Any:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return timezone.now()
    return field.get_db_prep_save(field.get_default(), connections[OWNER])
