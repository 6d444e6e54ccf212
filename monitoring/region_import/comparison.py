"""What of a file is new, what changed, and what is as it was: reads, never writes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.db.models.functions import Lower
from django.utils.translation import ngettext

from monitoring.region_import.bindings import Binding
from monitoring.region_import.parsing import Row, Sheet

EMPTY = (None, "")


@dataclass(slots=True)
class Comparison:
    """Rows by what storing them would do; `changed` with the id of the stored row. `cleared`
    counts the stored values that go because the file lacks their column."""

    new: list[Row] = field(default_factory=list)
    changed: list[tuple[int, Row]] = field(default_factory=list)
    unchanged: int = 0
    cleared: Counter[str] = field(default_factory=Counter)


def compare(binding: Binding, rows: Sequence[Row], absent: frozenset[str]) -> Comparison:
    """Compare rows with what is stored, by the key; one query."""
    stored = _stored(binding, rows)
    comparison = Comparison()
    absent_places = [(place, c) for place, c in enumerate(binding.columns) if c in absent]
    for row in rows:
        record = binding.record(row.values)
        found = stored.get(record[: binding.key])
        if found is None:
            comparison.new.append(row)
        elif found[1:] == record:
            comparison.unchanged += 1
        else:
            comparison.changed.append((found[0], row))
            for place, column in absent_places:
                if found[1 + place] not in EMPTY:
                    comparison.cleared[column] += 1
    return comparison


def warn_of_cleared(sheet: Sheet, comparison: Comparison) -> None:
    """A column that is absent counts as blank; nobody should find that out afterwards."""
    for column, values in sorted(comparison.cleared.items()):
        message = ngettext(
            "This column is missing, so it counts as blank: %(values)s stored value goes.",
            "This column is missing, so it counts as blank: %(values)s stored values go.",
            values,
        )
        sheet.warn(None, column, message % {"values": values}, "column_cleared")


def _stored(binding: Binding, rows: Sequence[Row]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """The stored rows within reach of these, by key: (id, field, …)."""
    if not rows:
        return {}
    column = next(column for column, path in binding.fields if path == binding.scope)
    reach = {row.values[column] for row in rows}
    paths = [
        Lower(path) if path.endswith("__email") else F(path) for _column, path in binding.fields
    ]
    found = (
        binding.model._default_manager.filter(**{f"{binding.scope}__in": reach})
        .order_by()
        .values_list("pk", *paths)
    )
    end = 1 + binding.key
    return {record[1:end]: record for record in found.iterator(chunk_size=20_000)}
