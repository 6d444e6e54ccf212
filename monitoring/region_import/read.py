"""Files to tables of text: a folder, a zip, or files one by one; csv and xlsx.

Pure: bytes in, text out. What is inside a zip or a workbook is measured while it is unpacked. A csv
may be UTF-8 (with or without BOM), UTF-16 or Windows-1252, with `,` `;` tab or `|`; a `sep=` line
is obeyed.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from django.utils.translation import gettext as _

from highusers.imports.archive import parts
from highusers.imports.refusal import Refused
from highusers.imports.table import MAX_BYTES, MAX_UNPACKED_BYTES
from highusers.imports.values import clean
from highusers.imports.workbook import TooLargeUnpacked, guarded, measure, sheets
from monitoring.region_import.findings import Finding, Findings
from monitoring.region_import.schema import TABLE, Table

MOST_ROWS = 250_000
"""In all files of an import together; a region of 150 practices has a tenth of it."""

MOST_COLUMNS = 100
MOST_CELLS = 5_000_000
"""Of a sheet, which is laid out in memory as a full rectangle."""

ENDINGS = (".csv", ".xlsx")
ZIP = ".zip"
DELIMITERS = (",", ";", "\t", "|")
_NO_TEXT = "".join(DELIMITERS) + '" \r\n'
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

NamedFile = tuple[str, bytes]


class UnreadableFileError(Exception):
    """A file that cannot be taken as a table; `message` is for the reader."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class RawTable:
    """The cells of one file as text. `header` in lower case; `rows` carry their own number;
    `unread_sheets` is how many further sheets hold something."""

    table: Table
    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, Sequence[str]], ...]
    semicolons: bool = False
    unread_sheets: int = 0


def files_of_folder(folder: Path) -> Iterator[NamedFile]:
    """The tables that lie in a folder itself; `OSError` when it cannot be read."""
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.suffix.lower() in ENDINGS:
            yield path.name, path.read_bytes()


def read_tables(files: Iterable[NamedFile]) -> tuple[list[RawTable], Findings]:
    """The tables among these files and in the zips among them, by their names, whatever folder
    those lie in; and what could not be read."""
    tables: dict[str, RawTable] = {}
    findings = Findings()
    for name, content in _with_zips_opened(files, findings):
        table = TABLE.get(PurePosixPath(name).stem.lower())
        if table is None or not name.lower().endswith(ENDINGS):
            message = _("This file is skipped: no table of the region has this name.")
            findings.warnings.append(Finding(name, None, None, message, "unknown_file"))
        elif table.name in tables:
            message = _("This table is there twice. Leave one of the two files out.")
            findings.errors.append(Finding(name, None, None, message))
        else:
            try:
                room = MOST_ROWS - sum(len(one.rows) for one in tables.values())
                tables[table.name] = _raw_table(table, name, content, room)
            except UnreadableFileError as refusal:
                findings.errors.append(Finding(name, None, None, refusal.message))
    return [tables[name] for name in TABLE if name in tables], findings


def read_table(table: Table, name: str, content: bytes) -> RawTable:
    """One file as this table, whatever its name; `UnreadableFileError` when it is none."""
    return _raw_table(table, name, content, MOST_ROWS)


def _with_zips_opened(files: Iterable[NamedFile], findings: Findings) -> Iterator[NamedFile]:
    for name, content in files:
        if not name.lower().endswith(ZIP):
            yield PurePosixPath(name.replace("\\", "/")).name, content
            continue
        try:
            yield from _unpacked(name, content)
        except UnreadableFileError as refusal:
            findings.errors.append(Finding(name, None, None, refusal.message))


def _unpacked(name: str, content: bytes) -> Iterator[NamedFile]:
    """The tables in a zip. All of it is counted, whatever it says of itself."""
    unpacked = 0
    try:
        for entry, pieces in parts(content):
            path = PurePosixPath(entry.filename.replace("\\", "/"))
            hidden = "__MACOSX" in path.parts or path.name.startswith((".", "~$"))
            if hidden or not path.name.lower().endswith(ENDINGS):
                continue
            table = bytearray()
            for piece in pieces:
                unpacked += len(piece)
                table += piece
                if unpacked > MAX_UNPACKED_BYTES or len(table) > MAX_BYTES:
                    raise UnreadableFileError(_too_large_unpacked())
            if zlib.crc32(table) != entry.CRC:
                raise zipfile.BadZipFile
            yield path.name, bytes(table)
    except (zipfile.BadZipFile, Refused, NotImplementedError, ValueError) as error:
        message = _("%(file)s cannot be opened. Make a zip file without a password.")
        raise UnreadableFileError(message % {"file": name}) from error


def _too_large_unpacked() -> str:
    return _("This file is too large once it is unpacked.")


def _raw_table(table: Table, name: str, content: bytes, room: int) -> RawTable:
    """`room` is how many rows may still come."""
    if len(content) > MAX_BYTES:
        raise UnreadableFileError(_("This file is too large. Choose a file of up to 64 MB."))
    if content.startswith(_OLD_OFFICE):
        message = _("This file has a password or is of an old kind. Save it as .xlsx or .csv.")
        raise UnreadableFileError(message)
    semicolons, unread = False, 0
    records: Iterable[Sequence[str]]
    if content.startswith(_ZIP):
        records, unread = _workbook_records(content)
    else:
        text = _decoded(content)
        delimiter, text = _delimiter(text, table)
        semicolons = delimiter == ";"
        records = _csv_records(text, delimiter)
    numbered = _filled(records, room)
    if not numbered:
        raise UnreadableFileError(_("This file is empty."))
    header = tuple(clean(cell).lower() for cell in numbered[0][1])
    return RawTable(table, name, header, tuple(numbered[1:]), semicolons, unread)


def _filled(records: Iterable[Sequence[str]], room: int) -> list[tuple[int, Sequence[str]]]:
    """The rows with anything in them, header first, with their numbers."""
    filled: list[tuple[int, Sequence[str]]] = []
    for number, record in enumerate(records, start=1):
        if not any(cell.strip() for cell in record):
            continue
        if len(record) > MOST_COLUMNS and any(map(str.strip, record[MOST_COLUMNS:])):
            message = _("Row %(row)s has more than %(columns)s columns.")
            raise UnreadableFileError(message % {"row": number, "columns": MOST_COLUMNS})
        if len(filled) > room:
            message = _("With this file there are more than %(rows)s rows. Read in fewer at once.")
            raise UnreadableFileError(message % {"rows": MOST_ROWS})
        filled.append((number, record))
    return filled


def _decoded(content: bytes) -> str:
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in content and not is_utf16:
        raise UnreadableFileError(_no_text())
    for encoding in ("utf-16",) if is_utf16 else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError(_no_text())


def _no_text() -> str:
    return _("This file is not text. Save it as .xlsx or .csv.")


def _delimiter(text: str, table: Table) -> tuple[str, str]:
    """The delimiter under which the header names most columns, and the text to read."""
    first, _newline, rest = text.partition("\n")
    told = first.strip().strip('"').lower()
    if told.startswith("sep=") and told[4:5] in DELIMITERS:
        return told[4], rest
    if told == "sep=":
        return "\t", rest
    names = {column.name for column in table.columns}
    line = next((line for line in io.StringIO(text) if line.strip(_NO_TEXT)), "")

    def recognised(delimiter: str) -> int:
        return len(names.intersection(clean(c).strip('"').lower() for c in line.split(delimiter)))

    return max(DELIMITERS, key=recognised), text


def _csv_records(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    read = 0
    try:
        for record in reader:
            read += 1
            yield record
    except csv.Error as error:
        message = _("Row %(row)s cannot be read: look at its quotation marks.")
        raise UnreadableFileError(message % {"row": read + 1}) from error


def _workbook_records(content: bytes) -> tuple[list[list[str]], int]:
    """The first sheet with anything in it, and how many after it have, too."""
    try:
        measure(content)
        found = iter(sheets(content))
        rows = next(filter(None, map(_rows_of_sheet, found)), [])
        unread = _filled_sheets(found)
    except TooLargeUnpacked as refused:
        raise UnreadableFileError(_too_large_unpacked()) from refused
    except (zipfile.BadZipFile, Refused, NotImplementedError, ValueError) as error:
        message = _("This file cannot be opened as a spreadsheet. Save it again as .xlsx.")
        raise UnreadableFileError(message) from error
    return [[_cell_text(cell) for cell in row] for row in rows], unread


def _filled_sheets(found: Iterator[Any]) -> int:
    """What cannot be opened, as a sheet that is a chart, is nothing to read either."""
    number = 0
    with suppress(Refused):
        for sheet in found:
            number += sheet.height > 0
    return number


def _rows_of_sheet(sheet: Any) -> list[list[Any]]:
    if sheet.total_width * sheet.total_height > MOST_CELLS:
        raise TooLargeUnpacked
    rows: list[list[Any]] = guarded(partial(sheet.to_python, skip_empty_area=False))
    return rows


def _cell_text(cell: Any) -> str:
    """What a csv of the same cell would hold."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(cell, ".15g")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
