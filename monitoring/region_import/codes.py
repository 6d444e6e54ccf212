"""Spreadsheets go on naming a practice by the AGB code it had."""

from collections.abc import Mapping

from django.utils.translation import ngettext

from monitoring.region_import.parsing import Sheet
from practices.changes.codes import former_codes

_COLUMN = {"practices": "code"}


def read_former_codes(sheets: Mapping[str, Sheet]) -> None:
    """Put the code of now in the place of a former one, with one warning per file."""
    codes = former_codes()
    for name, sheet in sheets.items() if codes else ():
        column = _COLUMN.get(name, "practice")
        rows = [row for row in sheet.rows if row.values.get(column) in codes]
        for row in rows:
            row.values[column] = codes[row.values[column]]
        if rows:
            message = ngettext(
                "A former AGB code of a practice is read as its code now, in %(rows)s row.",
                "Former AGB codes of practices are read as their codes now, in %(rows)s rows.",
                len(rows),
            )
            sheet.warn(rows[0], column, message % {"rows": len(rows)}, "former_code")
