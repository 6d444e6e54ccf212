"""The rejected rows of a file as a workbook, with what is wrong and how to solve it.

Columns that may not be kept are left out. Text is written as text: it never becomes a formula.
"""

import io
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from highusers.imports.result import Parsed
from mtvp.charts.numbers import number

_NOTE_WIDTH, _CELL_WIDTH = 60, 18
_LONGEST_CELL = 32_000


def rejected_rows(parsed: Parsed) -> bytes:
    """The bytes of the .xlsx, in the active language; the cells at fault are marked."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("Rows to mend"))
        _head(book, sheet, parsed)
        wrong = book.add_format({"bg_color": "#F9D6D5", "bold": True, "border": 1})
        note = book.add_format({"text_wrap": True, "valign": "top"})
        returned = parsed.returned
        for line, (error, cells) in enumerate(
            zip(parsed.errors, returned.cells, strict=False), start=3
        ):
            sheet.write_number(line, 0, error.row)
            sheet.write_string(line, 1, _cut(f"{error.column}: {error.message}"), note)
            for column, (place, text) in enumerate(
                zip(returned.places, cells, strict=True), start=2
            ):
                marked = wrong if place == error.place else None
                sheet.write_string(line, column, _cut(text), marked)
    return target.getvalue()


def _head(book: Any, sheet: Any, parsed: Parsed) -> None:
    """What the sheet is, and the headers of the practice's own file."""
    shown, all_rows = len(parsed.returned.cells), parsed.rejected_rows
    title = ngettext(
        "%(count)s row that was not taken. Mend it in your GP system and make a new extract.",
        "%(count)s rows that were not taken. Mend them in your GP system and make a new extract.",
        all_rows,
    ) % {"count": number(all_rows)}
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 13}))
    if shown < all_rows:
        sheet.write_string(1, 0, _("These are the first %(count)s.") % {"count": number(shown)})
    bold = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
    headers = (_("Row in your file"), _("How to solve it"), *parsed.returned.headers)
    for column, text in enumerate(headers):
        sheet.write_string(2, column, _cut(text), bold)
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 1, _NOTE_WIDTH)
    sheet.set_column(2, len(headers), _CELL_WIDTH)
    sheet.freeze_panes(3, 2)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD20000"})


def _cut(text: str) -> str:
    """A cell of a workbook holds a little more than this."""
    return text[:_LONGEST_CELL]
