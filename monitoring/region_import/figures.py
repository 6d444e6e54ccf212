"""Which figures of indicators a file would replace, and the file that puts them back."""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from monitoring.region_import.draft import Draft
from monitoring.region_import.schema import TABLE
from mtvp.charts.numbers import number
from practices.models import Practice

INDICATORS = "indicators"
NAMED = 200

Stored = Sequence[Any]
"""Practice, year, definition, detail, numerator, denominator and national value, as stored."""


def figure_changes(draft: Draft) -> dict[str, Any]:
    """Each figure that is replaced, as it is and as it would be; {} where none is."""
    comparison = draft.comparisons.get(INDICATORS)
    if comparison is None or not comparison.changed:
        return {}
    rows = [row for _pk, row in comparison.changed[:NAMED]]
    codes = {row.values["practice"] for row in rows}
    names = dict(Practice.objects.filter(code__in=codes).order_by().values_list("code", "name"))
    listed = []
    for row in rows:
        practice, year, code, detail, *before = comparison.before[row.number]
        after = [row.values[name] for name in ("numerator", "denominator", "national")]
        listed.append(
            {
                "row": row.number,
                "practice": names.get(practice, practice or ""),
                "year": year,
                "indicator": _written(code, detail),
                "pairs": list(zip(_in_words(before), _in_words(after), strict=True)),
            }
        )
    return {"listed": listed, "count": len(comparison.changed)}


def restoring(draft: Draft) -> bytes:
    """A file of the same kind with what stood there: of a new row no figure. Empty where storing
    changed nothing, or other tables as well."""
    comparison = draft.comparisons.get(INDICATORS)
    if comparison is None or len(draft.sheets) > 1:
        return b""
    stored: list[Stored] = [comparison.before[row.number] for _pk, row in comparison.changed]
    keys = ("practice", "year", "definition", "detail")
    stored += [[*(row.values[key] for key in keys), 0, 0, None] for row in comparison.new]
    if not stored:
        return b""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([column.name for column in TABLE[INDICATORS].columns])
    for practice, year, code, detail, *figures in stored:
        cells = ["" if one is None else str(one) for one in figures]
        writer.writerow([practice or "", year, _written(code, detail), *cells])
    return text.getvalue().encode()


def _written(code: str, detail: str) -> str:
    return f"{code}:{detail}" if detail else code


def _in_words(figures: Sequence[Decimal | None]) -> list[str]:
    return ["" if one is None else number(float(one), _places(one)) for one in figures]


def _places(figure: Decimal) -> int:
    """As many as say something."""
    exponent = Decimal(figure).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
