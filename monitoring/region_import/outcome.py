"""What the pages of an upload show of a draft, as a record that can be kept: equal remarks once,
with their rows."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import ngettext

from monitoring.region_import.draft import Draft
from monitoring.region_import.figures import figure_changes
from monitoring.region_import.findings import Finding
from monitoring.region_import.listings import listing_changes
from mtvp.charts.numbers import number

SHOWN = 200
"""Different remarks on one page, and files; what is wrong is mended in pieces anyway."""

RANGES_SHOWN = 5
NOTHING_TO_READ = "nothing_to_read"


def outcome_of(draft: Draft, called: Mapping[str, str] | None = None) -> dict[str, Any]:
    """`version` tells one set of figures from another; `changes` is the number of rows that
    storing would write; `called` is how the person calls a file that has another name here."""
    errors, warnings = _as_called(draft.errors, called), _as_called(draft.warnings, called)
    files = _files(draft, called or {})
    made = draft.made()
    return {
        "files": files[:SHOWN],
        "listings": listing_changes(draft),
        "figures": figure_changes(draft),
        "made": made if any(made.values()) else {},
        "version": version_of(draft),
        "recognised": bool(draft.sheets),
        "rows": sum(one.rows for one in draft.counts()),
        "changes": sum(one.new + one.changed for one in draft.counts()),
        "error_count": len(errors),
        "errors": grouped(errors)[:SHOWN],
        "error_groups": len(grouped(errors)),
        # That nothing is recognised the page says itself, above the names of the files.
        "warnings": grouped([one for one in warnings if one.code != NOTHING_TO_READ])[:SHOWN],
    }


def version_of(draft: Draft) -> str:
    """Which figures these are, whatever the language they are shown in."""
    counts = [(one.file, one.rows, one.new, one.changed, one.unchanged) for one in draft.counts()]
    told = json.dumps([counts, draft.made(), len(draft.errors), len(draft.warnings)])
    return hashlib.sha256(told.encode()).hexdigest()


def totals_of(draft: Draft) -> dict[str, int]:
    """All rows of all files by what storing them does."""
    counts = draft.counts()
    return {
        "new": sum(one.new for one in counts),
        "changed": sum(one.changed for one in counts),
        "unchanged": sum(one.unchanged for one in counts),
    }


def grouped(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Equal remarks on one column of a file together, in the order of their first rows."""
    groups: dict[tuple[str | None, str | None, str], list[int]] = {}
    for one in findings:
        rows = groups.setdefault((one.file, one.column, one.message), [])
        if one.row is not None:
            rows.append(one.row)
    return [
        {"file": file, "column": column, "message": message, "rows": rows_in_words(rows)}
        for (file, column, message), rows in groups.items()
    ]


def rows_in_words(rows: Sequence[int]) -> str:
    """`2-95, 99`; of many ranges the first, and how many rows more."""
    ranges = list(_ranges(sorted(set(rows))))
    told = [f"{first}" if first == last else f"{first}-{last}" for first, last in ranges]
    if len(ranges) <= RANGES_SHOWN:
        return ", ".join(told)
    rest = sum(last - first + 1 for first, last in ranges[RANGES_SHOWN:])
    text = ngettext("%(rows)s and %(more)s row more", "%(rows)s and %(more)s rows more", rest)
    return text % {"rows": ", ".join(told[:RANGES_SHOWN]), "more": number(rest)}


def _ranges(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = 0
    for row in rows:
        if last and row == last + 1:
            last = row
            continue
        if last:
            yield first, last
        first = last = row
    if last:
        yield first, last


def _as_called(findings: Sequence[Finding], called: Mapping[str, str] | None) -> Sequence[Finding]:
    if not called:
        return findings
    return [replace(one, file=called.get(one.file or "", one.file)) for one in findings]


def _files(draft: Draft, called: Mapping[str, str]) -> list[dict[str, Any]]:
    """A line per file: what its rows would do, and its remarks; `rows` None when it is no table."""
    errors, warnings = _per_file(draft.errors), _per_file(draft.warnings)
    counted = {one.file: one for one in draft.counts()}
    names = dict.fromkeys((*counted, *errors, *warnings))
    return [
        {
            "file": called.get(name, name),
            "rows": counts.rows if counts else None,
            "new": counts.new if counts else None,
            "changed": counts.changed if counts else None,
            "unchanged": counts.unchanged if counts else None,
            "errors": errors[name],
            "warnings": warnings[name],
        }
        for name in names
        for counts in [counted.get(name)]
    ]


def _per_file(findings: Sequence[Finding]) -> Counter[str]:
    return Counter(finding.file for finding in findings if finding.file)
