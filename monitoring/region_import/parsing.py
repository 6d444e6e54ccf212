"""Tables of text to rows of values, with every remark at its cell. Pure.

References of patients leave here as keyed hashes: nothing behind this step knows them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from highusers.imports.values import clean
from monitoring.region_import.findings import Finding, Findings
from monitoring.region_import.read import RawTable
from monitoring.region_import.schema import Column, Kind, Table
from monitoring.region_import.values import (
    MENDED_DIGITS,
    UnreadableCellError,
    blank_value,
    has_thousands_look,
    plan_reference,
    read_value,
)
from mtvp.privacy.keyed_hash import patient_keys


class Missing(Enum):
    """The value of a cell that was reported as wrong; no rule looks at it again."""

    VALUE = "value"


WRONG = Missing.VALUE

# A reference in the region's spreadsheet may look like somebody else's number in the GP system.
_NAMESPACE = "plans.csv\0"


@dataclass(slots=True)
class Row:
    number: int
    values: dict[str, Any]

    def has(self, *columns: str) -> bool:
        """Whether these cells were all read."""
        return all(self.values[column] is not WRONG for column in columns)


@dataclass(slots=True)
class Sheet:
    """One file as rows of values; `absent` are the optional columns it does not have.

    `readable` is False, and there are no rows, when the header lacks what is needed."""

    table: Table
    file: str
    rows: list[Row]
    absent: frozenset[str] = frozenset()
    readable: bool = False
    findings: Findings = field(default_factory=Findings)

    def refuse(self, row: Row | None, column: str | None, message: str) -> None:
        number = row.number if row else None
        self.findings.errors.append(Finding(self.file, number, column, message))

    def warn(self, row: Row | None, column: str | None, message: str, code: str) -> None:
        number = row.number if row else None
        self.findings.warnings.append(Finding(self.file, number, column, message, code))


def parse(raw: RawTable, *, secret: bytes, keyed_as: Mapping[str, str]) -> Sheet:
    """The rows of one file. `secret` is behind the hash of patients' references, with the code of
    the practice or what `keyed_as` says instead of it."""
    names = {column.name for column in raw.table.columns}
    sheet = Sheet(raw.table, raw.file, [], frozenset(names.difference(raw.header)))
    sheet.readable = _header_is_usable(raw, sheet)
    _warn_of_unread(raw, sheet)
    if sheet.readable:
        columns = [_column_values(raw, column, sheet) for column in raw.table.columns]
        order = [column.name for column in raw.table.columns]
        for (number, _cells), *values in zip(raw.rows, *columns, strict=True):
            sheet.rows.append(Row(number, dict(zip(order, values, strict=True))))
        _hash_patients(sheet, secret, keyed_as)
        _refuse_extra_cells(raw, sheet)
    return sheet


def _header_is_usable(raw: RawTable, sheet: Sheet) -> bool:
    twice = {name for name in raw.header if name and raw.header.count(name) > 1}
    for column in raw.table.columns:
        if column.name in sheet.absent and not column.blank:
            message = _("This column is missing. Add it, under this name.")
            _refuse_header(sheet, column.name, message)
        if column.name in twice:
            _refuse_header(sheet, column.name, _("This column is there twice."))
    if sheet.findings.errors:
        return False
    known = {column.name for column in raw.table.columns}
    for name in dict.fromkeys(raw.header):
        if name and name not in known:
            message = _("This column is skipped: the table has no column of this name.")
            finding = Finding(raw.file, 1, name, message, "unknown_column")
            sheet.findings.warnings.append(finding)
    return True


def _warn_of_unread(raw: RawTable, sheet: Sheet) -> None:
    if raw.unread_sheets:
        sheet.warn(None, None, unread_words(raw), "unread_sheets")


def unread_words(raw: RawTable) -> str:
    """Without the names of sheets: those may name somebody."""
    message = ngettext(
        "Only the first sheet is read. %(number)s other sheet with something in it is skipped.",
        "Only the first sheet is read. %(number)s other sheets with something in them are skipped.",
        raw.unread_sheets,
    )
    return message % {"number": raw.unread_sheets}


def _refuse_header(sheet: Sheet, column: str, message: str) -> None:
    sheet.findings.errors.append(Finding(sheet.file, 1, column, message))


def _column_values(raw: RawTable, column: Column, sheet: Sheet) -> list[Any]:
    """The values of one column; each different text is read once."""
    if column.name in sheet.absent:
        return [blank_value(column)] * len(raw.rows)
    place = raw.header.index(column.name)
    texts = [clean(cells[place]) if place < len(cells) else "" for _number, cells in raw.rows]
    readings: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for text in dict.fromkeys(texts):
        readings[text], problem = _reading(text, column)
        if problem:
            problems[text] = problem
    if problems:
        for (number, _cells), text in zip(raw.rows, texts, strict=True):
            if text in problems:
                finding = Finding(raw.file, number, column.name, problems[text])
                sheet.findings.errors.append(finding)
    _warn_of_mended(raw, column, texts, sheet)
    return [readings[text] for text in texts]


def _reading(text: str, column: Column) -> tuple[Any, str]:
    if not text:
        if column.blank:
            return blank_value(column), ""
        return WRONG, _("This cell may not be empty.")
    try:
        return read_value(text, column), ""
    except UnreadableCellError as problem:
        return WRONG, problem.message


def _warn_of_mended(raw: RawTable, column: Column, texts: Sequence[str], sheet: Sheet) -> None:
    """One warning per column, at its first row: a spreadsheet does this to all rows alike."""
    if column.kind is Kind.AGB:
        mended = [len(text) == MENDED_DIGITS and text.isdigit() for text in texts]
        code = "agb_mended"
    elif column.kind is Kind.DECIMAL and raw.semicolons:
        mended = [has_thousands_look(text) for text in texts]
        code = "decimal_point"
    else:
        return
    rows = sum(mended)
    if not rows:
        return
    if code == "agb_mended":
        message = ngettext(
            "An AGB code had lost its leading 0; it was put back, in %(rows)s row.",
            "AGB codes had lost their leading 0; it was put back, in %(rows)s rows.",
            rows,
        )
    else:
        message = ngettext(
            "The point is read as a decimal point, not as thousands, in %(rows)s row.",
            "The point is read as a decimal point, not as thousands, in %(rows)s rows.",
            rows,
        )
    first = raw.rows[mended.index(True)][0]
    finding = Finding(raw.file, first, column.name, message % {"rows": rows}, code)
    sheet.findings.warnings.append(finding)


def _hash_patients(sheet: Sheet, secret: bytes, keyed_as: Mapping[str, str]) -> None:
    if not any(column.kind is Kind.PATIENT for column in sheet.table.columns):
        return
    by_practice: dict[str, list[Row]] = defaultdict(list)
    for row in sheet.rows:
        if row.has("practice", "patient"):
            by_practice[row.values["practice"]].append(row)
        else:
            row.values["patient"] = WRONG
    for code, rows in by_practice.items():
        references = {plan_reference(row.values["patient"]) for row in rows}
        ordered = sorted(references)
        named = [_NAMESPACE + reference for reference in ordered]
        made = patient_keys(secret, keyed_as.get(code, code), named)
        keys = dict(zip(ordered, made, strict=True))
        for row in rows:
            row.values["patient"] = keys[plan_reference(row.values["patient"])]


def _refuse_extra_cells(raw: RawTable, sheet: Sheet) -> None:
    width = len(raw.header)
    for number, cells in raw.rows:
        if len(cells) > width and any(clean(cell) for cell in cells[width:]):
            message = _("This row has more cells than there are columns.")
            sheet.findings.errors.append(Finding(raw.file, number, None, message))
