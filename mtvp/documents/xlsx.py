"""A document as workbook: an overview sheet, then one sheet per table with typed cells.

Text is always written as text, so that data never becomes a formula or a link. Nothing in the
file depends on the moment of writing: equal documents give equal files.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from mtvp.documents.model import (
    Block,
    Bullets,
    Column,
    Document,
    Figure,
    Heading,
    KeyFigures,
    Kind,
    Mark,
    Paragraph,
    Table,
    Typed,
    Value,
)
from mtvp.documents.words import cell_words, mark_words

_LONGEST_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_INK, _LINE = "#17252B", "#73848C"
_TEXT_WIDTH = 68
_USUAL_WIDTH = 8.43
_NOTE_ROW, _HEADER_ROW = 2, 3


@dataclass
class _Writer:
    book: Any
    formats: dict[tuple[Any, ...], Any]

    def format(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            base = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
            self.formats[key] = self.book.add_format(base | properties)
        return self.formats[key]

    def cell(
        self, sheet: Any, row: int, column: int, value: Value, kind: Column, **look: Any
    ) -> None:
        if isinstance(value, Typed):
            kind = Column(kind.title, value.kind, value.decimals)
            value = value.value
        if isinstance(value, Mark):
            words = self.format(italic=True, align="right", font_color="#46565E", **look)
            sheet.write_string(row, column, mark_words(value), words)
        elif isinstance(value, date):
            dated = self.format(num_format="dd-mm-yyyy", align="left", **look)
            sheet.write_datetime(row, column, datetime.combine(value, time()), dated)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, self.format(text_wrap=True, **look))
        else:
            numbered = self.format(num_format=number_format(kind), **look)
            sheet.write_number(row, column, float(value), numbered)


def workbook(document: Document) -> bytes:
    """The bytes of the .xlsx, in the active language."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    made = datetime.combine(document.created_on, time())
    book.set_properties({"title": document.title, "author": document.author, "created": made})
    writer = _Writer(book, {})
    tables = list(document.tables())
    overview = book.add_worksheet(_name(_("Overview"), set()))
    names = _sheet_names((table for _section, table in tables), {overview.get_name().lower()})
    _overview(writer, overview, document, [table.title for _section, table in tables], names)
    for name, (section, table) in zip(names, tables, strict=True):
        _table_sheet(writer, book.add_worksheet(name), document, section, table)
    book.close()
    return target.getvalue()


def number_format(column: Column) -> str:
    """Excel's pattern; it shows points and commas as the reader's own Excel is set."""
    places = "." + "0" * column.decimals if column.decimals else ""
    match column.kind:
        case Kind.INT:
            return "#,##0"
        case Kind.DECIMAL:
            return f"#,##0{places}"
        case Kind.PERCENT:
            return f"0{places}%"
        case Kind.MONEY:
            return '"€" #,##0.00'
        case _:
            return "General"


def _overview(
    writer: _Writer, sheet: Any, document: Document, titles: list[str], names: list[str]
) -> None:
    wide = writer.format(text_wrap=True)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 24)
    sheet.set_column(2, 2, _TEXT_WIDTH)
    _printed(sheet, document)
    sheet.write_string(0, 0, document.title, writer.format(bold=True, font_size=16))
    sheet.write_string(1, 0, document.subtitle)
    row = 3
    for label, words in document.details:
        sheet.write_string(row, 0, label, writer.format(bold=True))
        sheet.write_string(row, 1, words)
        row += 1
    row = _key_figures(writer, sheet, document, row + 1)
    sheet.write_string(row, 0, _("Sheets"), writer.format(bold=True, font_size=13))
    for name, title in zip(names, titles, strict=True):
        row += 1
        sheet.write_url(row, 0, f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A1", string=name)
        sheet.write_string(row, 2, title, wide)
    row = _how_to_read(writer, sheet, document, row + 2)
    for words, look in _texts(document):
        sheet.merge_range(row, 0, row, 2, "", writer.format(text_wrap=True, **look))
        sheet.write_string(row, 0, words, writer.format(text_wrap=True, **look))
        lines = -(-len(words) // 120)
        sheet.set_row(row, 15 * lines + (6 if look else 2))
        row += 1


def _how_to_read(writer: _Writer, sheet: Any, document: Document, row: int) -> int:
    """What stands in a cell without a figure, and how exact a figure is."""
    sheet.write_string(row, 0, _("How to read the sheets"), writer.format(bold=True, font_size=13))
    marks = {
        cell
        for _section, table in document.tables()
        for line in table.rows
        for cell in line
        if isinstance(cell, Mark)
    } | {
        item.value
        for block in document.blocks
        if isinstance(block, KeyFigures)
        for item in block.items
    }
    meaning = {
        Mark.HIDDEN: _("The figure counts too few patients, or would tell such a figure."),
        Mark.NO_FIGURE: _("There was nothing to count. This is not the same as 0."),
    }
    said = [(mark_words(mark), meaning[mark]) for mark in Mark if mark in marks]
    said.append(
        (
            _("Rounding"),
            _("Figures are shown rounded; a cell holds what was counted."),
        )
    )
    for words, meant in said:
        row += 1
        sheet.write_string(row, 0, words, writer.format(bold=True))
        sheet.merge_range(row, 1, row, 2, "", writer.format(text_wrap=True))
        sheet.write_string(row, 1, meant, writer.format(text_wrap=True))
    return row + 2


def _key_figures(writer: _Writer, sheet: Any, document: Document, row: int) -> int:
    for block in document.blocks:
        if not isinstance(block, KeyFigures):
            continue
        sheet.write_string(row, 0, block.title, writer.format(bold=True, font_size=13))
        for item in block.items:
            row += 1
            column = Column(item.label, item.kind, item.decimals)
            sheet.write_string(row, 0, item.label, writer.format(text_wrap=True))
            writer.cell(sheet, row, 1, item.value, column)
            sheet.write_string(row, 2, item.note, writer.format(text_wrap=True))
        row += 2
    return row


def _texts(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """The words of the document; a heading of tables alone stays out."""
    waiting: dict[int, str] = {}
    for block in document.blocks:
        if isinstance(block, Heading):
            waiting = {level: text for level, text in waiting.items() if level < block.level}
            waiting[block.level] = block.text
        for line in _lines(block):
            for level, text in waiting.items():
                yield text, {"bold": True, "font_size": 13} if level == 2 else {"bold": True}
            waiting = {}
            yield line, {}


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield block.text
        case Bullets():
            yield from (f"• {item}" for item in block.items)
        case Figure():
            yield f"{block.chart.title}: {block.chart.conclusion}"
        case _:
            pass


def _table_sheet(
    writer: _Writer, sheet: Any, document: Document, section: str, table: Table
) -> None:
    sheet.write_string(0, 0, table.title, writer.format(bold=True, font_size=13))
    sheet.write_string(1, 0, section)
    for index, column in enumerate(table.columns):
        align = "left" if column.kind in {Kind.TEXT, Kind.DATE} else "right"
        head = writer.format(
            bold=True, text_wrap=True, align=align, bottom=2, bottom_color=_INK, font_color=_INK
        )
        sheet.write_string(_HEADER_ROW, index, column.title, head)
        sheet.set_column(index, index, _width(table, index))
    for offset, row in enumerate(table.rows, start=1):
        last = table.total and offset == len(table.rows)
        look = {"bold": True, "top": 1, "top_color": _LINE} if last else {}
        for index, (value, column) in enumerate(zip(row, table.columns, strict=True)):
            writer.cell(sheet, _HEADER_ROW + offset, index, value, column, **look)
    _note(writer, sheet, table)
    sheet.freeze_panes(_HEADER_ROW + 1, 1)
    sheet.repeat_rows(_HEADER_ROW)
    if table.rows:
        sheet.autofilter(
            _HEADER_ROW, 0, _HEADER_ROW + len(table.rows) - table.total, len(table.columns) - 1
        )
    _printed(sheet, document, landscape=len(table.columns) > 5)


def _note(writer: _Writer, sheet: Any, table: Table) -> None:
    """Above the headers, as wide as the table or a little wider, so that it is read whole."""
    if not table.note:
        return
    wide, last = 0.0, -1
    while wide < _TEXT_WIDTH or last < 1:
        last += 1
        wide += _width(table, last) if last < len(table.columns) else _USUAL_WIDTH
    look = writer.format(text_wrap=True, font_color="#46565E")
    sheet.merge_range(_NOTE_ROW, 0, _NOTE_ROW, last, "", look)
    sheet.write_string(_NOTE_ROW, 0, table.note, look)
    sheet.set_row(_NOTE_ROW, 15 * -(-len(table.note) // int(wide)) + 3)


def _printed(sheet: Any, document: Document, *, landscape: bool = False) -> None:
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.set_footer(f"&L{document.footer.replace('&', '&&')}&R&P / &N")
    if landscape:
        sheet.set_landscape()


def _width(table: Table, index: int) -> float:
    """Wide enough for the longest cell, within reason; headers wrap."""
    column = table.columns[index]
    longest = max((len(cell_words(row[index], column)) for row in table.rows), default=0)
    word = max((len(part) for part in column.title.split()), default=0)
    return float(min(max(longest, word + 3, len(column.title) / 2, 8) + 2, _TEXT_WIDTH))


def _sheet_names(tables: Iterable[Table], taken: set[str]) -> list[str]:
    return [_name(table.sheet or table.title, taken) for table in tables]


def _name(wanted: str, taken: set[str]) -> str:
    """A name that Excel takes: 31 signs, some forbidden, none twice whatever the capitals."""
    plain = " ".join(wanted.translate(_FORBIDDEN).split()).strip("'") or "-"
    name, number = _cut(plain, _LONGEST_NAME), 1
    while name.lower() in taken:
        number += 1
        ending = f" ({number})"
        name = _cut(plain, _LONGEST_NAME - len(ending)) + ending
    taken.add(name.lower())
    return name


def _cut(name: str, length: int) -> str:
    """At the end of a word, unless that leaves little."""
    if len(name) <= length:
        return name
    whole = name[: length + 1].rsplit(" ", 1)[0]
    return (whole if length // 2 < len(whole) <= length else name[:length]).strip("' ")
