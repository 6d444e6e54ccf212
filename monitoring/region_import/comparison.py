"""What of a file is new, what changed, and what is as it was: reads, never writes."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import ngettext

from monitoring.region_import.bindings import Binding
from monitoring.region_import.naturals import ids_of
from monitoring.region_import.parsing import Row, Sheet

EMPTY = (None, "")
_NOT_NAMED = object()


@dataclass(slots=True)
class Comparison:
    """Rows by what storing them would do; `changed` with the id of the stored row, of which
    `before` holds the values by the number of the row. `cleared` counts the stored values that go
    because the file lacks their column."""

    new: list[Row] = field(default_factory=list)
    changed: list[tuple[int, Row]] = field(default_factory=list)
    before: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    unchanged: int = 0
    cleared: Counter[str] = field(default_factory=Counter)


def compare(binding: Binding, rows: Sequence[Row], absent: frozenset[str]) -> Comparison:
    """Compare rows with what is stored, by the key; one query."""
    stored = _stored(binding, rows)
    comparison = Comparison()
    absent_places = [(place, c) for place, c in enumerate(binding.columns) if c in absent]
    record_of = binding.reader()
    for row in rows:
        record = record_of(row.values)
        found = stored.get(record[: binding.key])
        if found is None:
            comparison.new.append(row)
        elif found[1:] == record:
            comparison.unchanged += 1
        else:
            comparison.changed.append((found[0], row))
            comparison.before[row.number] = found[1:]
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
    names: list[dict[int, Any] | None] = [None]
    attributes = []
    reach: Collection[Any] = ()
    for column, path in binding.fields:
        relation, joined, _natural = path.partition("__")
        said = {row.values[column] for row in rows}
        ids = ids_of(relation, said) if joined else None
        names.append({pk: natural for natural, pk in ids.items()} if ids is not None else None)
        attributes.append(f"{relation}_id" if joined else path)
        if path == binding.scope:
            reach = said if ids is None else ids.values()
            scope = f"{attributes[-1]}__in"
    found = binding.model._default_manager.filter(**{scope: reach}, **binding.within).order_by()
    end = 1 + binding.key
    stored = {}
    for values in found.values_list("pk", *attributes).iterator(chunk_size=20_000):
        record = tuple(map(_named, values, names))
        stored[record[1:end]] = record
    return stored


def _named(value: Any, names: Mapping[int, Any] | None) -> Any:
    """What the files call this; something that they do not name keeps apart from all they do."""
    if names is None or value is None:
        return value
    return names.get(value, _NOT_NAMED)
