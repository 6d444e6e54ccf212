"""Files to tables of text: a folder, a zip, or files one by one; csv and xlsx.

Pure: bytes in, text out. A csv may be UTF-8 (with or without BOM), UTF-16 or Windows-1252, with
`,` `;` tab or `|`; a `sep=` line is obeyed.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path, PurePosixPath
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from highusers.imports.values import clean
from monitoring.region_import.findings import Finding, Findings
from monitoring.region_import.schema import TABLE, Table

LARGEST_FILE = 64 * 1024 * 1024
LARGEST_UNPACKED = 300 * 1024 * 1024
ENDINGS = (".csv", ".xlsx")
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
    """The cells of one file as text. `header` in lower case; `rows` carry their own number."""

    table: Table
    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, Sequence[str]], ...]
    semicolons: bool = False


def files_of_folder(folder: Path) -> Iterator[NamedFile]:
    """The tables that lie in a folder itself; `OSError` when it cannot be read."""
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.suffix.lower() in ENDINGS:
            yield path.name, path.read_bytes()


def files_of_upload(uploads: Iterable[NamedFile]) -> list[NamedFile]:
    """Uploaded files, with zips replaced by the tables in them, whatever folder those lie in."""
    files: list[NamedFile] = []
    for name, content in uploads:
        if name.lower().endswith(".zip"):
            files += _unpacked(name, content)
        else:
            files.append((PurePosixPath(name.replace("\\", "/")).name, content))
    return files


def read_tables(files: Iterable[NamedFile]) -> tuple[list[RawTable], Findings]:
    """The tables among these files by their names, and what could not be read."""
    tables: dict[str, RawTable] = {}
    findings = Findings()
    for name, content in files:
        table = TABLE.get(PurePosixPath(name).stem.lower())
        if table is None or not name.lower().endswith(ENDINGS):
            message = _("This file is skipped: no table of the region has this name.")
            findings.warnings.append(Finding(name, None, None, message, "unknown_file"))
        elif table.name in tables:
            message = _("This table is there twice. Leave one of the two files out.")
            findings.errors.append(Finding(name, None, None, message))
        else:
            try:
                tables[table.name] = _raw_table(table, name, content)
            except UnreadableFileError as refusal:
                findings.errors.append(Finding(name, None, None, refusal.message))
    return [tables[name] for name in TABLE if name in tables], findings


def _unpacked(name: str, content: bytes) -> Iterator[NamedFile]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_bomb(archive)
            for entry in archive.infolist():
                path = PurePosixPath(entry.filename.replace("\\", "/"))
                hidden = "__MACOSX" in path.parts or path.name.startswith((".", "~$"))
                if not hidden and path.name.lower().endswith(ENDINGS):
                    yield path.name, archive.read(entry)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        # RuntimeError is what the library raises for a zip with a password.
        message = _("%(file)s cannot be opened. Make a zip file without a password.")
        raise UnreadableFileError(message % {"file": name}) from error


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    if sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNPACKED:
        raise UnreadableFileError(_("This file is too large once it is unpacked."))


def _raw_table(table: Table, name: str, content: bytes) -> RawTable:
    if len(content) > LARGEST_FILE:
        raise UnreadableFileError(_("This file is too large. Choose a file of up to 64 MB."))
    if content.startswith(_OLD_OFFICE):
        message = _("This file has a password or is of an old kind. Save it as .xlsx or .csv.")
        raise UnreadableFileError(message)
    semicolons = False
    if content.startswith(_ZIP):
        records = _workbook_records(content)
    else:
        text = _decoded(content)
        delimiter, text = _delimiter(text, table)
        semicolons = delimiter == ";"
        records = _csv_records(text, delimiter)
    numbered = [
        (number, record)
        for number, record in enumerate(records, start=1)
        if any(cell.strip() for cell in record)
    ]
    if not numbered:
        raise UnreadableFileError(_("This file is empty."))
    header = tuple(clean(cell).lower() for cell in numbered[0][1])
    return RawTable(table, name, header, tuple(numbered[1:]), semicolons)


def _decoded(content: bytes) -> str:
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_utf16 else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError(_("This file is not text. Save it as .xlsx or .csv."))


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


def _csv_records(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[list[str]] = []
    try:
        records.extend(reader)
    except csv.Error as error:
        message = _("Row %(row)s cannot be read: look at its quotation marks.")
        raise UnreadableFileError(message % {"row": len(records) + 1}) from error
    return records


def _workbook_records(content: bytes) -> list[list[str]]:
    """The first sheet with anything in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_bomb(archive)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if rows:
                return [[_cell_text(cell) for cell in row] for row in rows]
    except (zipfile.BadZipFile, CalamineError) as error:
        message = _("This file cannot be opened as a spreadsheet. Save it again as .xlsx.")
        raise UnreadableFileError(message) from error
    return []


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
