"""Who would come on the list for the regional fee and who would leave it, by name."""

from collections.abc import Iterable
from typing import Any

from monitoring.region_import.draft import Draft
from monitoring.region_import.parsing import Row
from practices.models import Practice

NAMED = 200


def listing_changes(draft: Draft) -> dict[str, Any]:
    """As a record that can be kept: names of practices, with the insurer; {} without a list."""
    comparison = draft.comparisons.get("regional_fee")
    if comparison is None:
        return {}
    changed = [row for _pk, row in comparison.changed]
    ended = [row for row in changed if row.values["until"] is not None]
    going_on = [row for row in changed if row.values["until"] is None]
    rows = [*comparison.new, *changed]
    names = dict(
        Practice.objects.filter(code__in={row.values["practice"] for row in rows})
        .order_by()
        .values_list("code", "name")
    )
    return {
        "new": _named(comparison.new, names),
        "new_count": len(comparison.new),
        "ended": _named(ended, names),
        "ended_count": len(ended),
        "going_on": _named(going_on, names),
        "going_on_count": len(going_on),
        "unchanged": comparison.unchanged,
    }


def _named(rows: Iterable[Row], names: dict[str, str]) -> list[str]:
    """A practice that is new in the same files goes by its code."""
    told = (
        f"{names.get(row.values['practice'], row.values['practice'])} ({row.values['insurer']})"
        for row in rows
    )
    return sorted(told)[:NAMED]
