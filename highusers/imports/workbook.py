"""Workbooks (.xlsx): what is inside is measured before anything is unpacked for reading."""

from __future__ import annotations

import gc
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import python_calamine
from celery.exceptions import SoftTimeLimitExceeded
from django.utils.translation import gettext

from highusers.imports.archive import parts, unpacked
from highusers.imports.delimited import too_many_rows
from highusers.imports.refusal import Refused
from highusers.imports.table import (
    HEAD_ROWS,
    MAX_ROWS,
    MAX_UNPACKED_BYTES,
    Body,
    Progress,
    Score,
    Table,
)
from highusers.imports.unread import Cells, may_hold_unread, part_of_sheet, unread_cells

MAX_CELLS = 60_000_000
"""A sheet is laid out in memory as a full rectangle: two far corners alone could fill it."""

_TAIL = 64
_FAR = re.compile(rb' r="([A-Za-z]{2,3}[0-9]+|[A-Za-z]?[0-9]{6,})"')
_FAR_ANYHOW = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{2,3}[0-9]+|[A-Za-z]?[0-9]{6,})["']""")
_UNUSUAL = (b"r='", b"r =", b"\tr=", b"\nr=", b"\rr=")
_LETTERS, _SHALLOW = 26, 99_999
_LARGEST_EXACT = 2.0**53


class TooLargeUnpacked(Refused):
    """A workbook that would fill the memory."""

    def __init__(self) -> None:
        super().__init__(
            gettext("This file is too large when unpacked. Make an extract of one year.")
        )


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook."""

    sheet: Any = field(repr=False)
    head: list[list[str]]
    unread: Callable[[], Cells] = field(repr=False, default=dict)
    encoding: str | None = None
    delimiter: str | None = None

    @property
    def size(self) -> tuple[int, int]:
        """The numbers of columns and rows."""
        return self.sheet.total_width, self.sheet.total_height

    def body(self, *, header: int, width: int, coded: AbstractSet[int], progress: Progress) -> Body:
        """The lines below the header row, every cell as the text a Dutch spreadsheet shows."""
        del coded
        with _no_garbage_collection():
            rows = self.sheet.to_python(skip_empty_area=False)
            del rows[: header + 1]
            if len(rows) > MAX_ROWS:
                raise Refused(too_many_rows())
            progress(0, len(rows))
            for (row, column), text in self.unread().items():
                if header < row <= header + len(rows) and column < len(rows[0]):
                    rows[row - header - 1][column] = text
            columns = [pa.chunked_array([_column(values)]) for values in zip(*rows, strict=True)]
        progress(len(rows), len(rows))
        blank = pa.chunked_array([pa.array([""] * len(rows), pa.string())])
        columns += [blank] * (width - len(columns))
        return Body(columns[:width], first_row=header + 2)


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a zip file that holds a workbook, whatever the file is called."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def open_workbook(data: bytes, score: Score) -> Table:
    """The first sheet whose header row is usable, else the one of which most is recognised.

    Raises ``Refused`` for a workbook that is damaged, locked or too large when unpacked.
    """
    suspects = measure(data)
    best: Sheet | None = None
    best_score = -1
    for index, sheet in enumerate(sheets(data)):
        head = guarded(partial(sheet.to_python, skip_empty_area=False, nrows=HEAD_ROWS))
        unread = partial(_unread, data, index) if suspects else dict
        opened = Sheet(sheet, [[cell_text(value) for value in row] for row in head], unread)
        found = score(opened.head) if opened.head else -1
        if found > best_score:
            best, best_score = opened, found
        if found >= 1000:
            break
    if best is None:
        raise Refused(gettext("This file is empty. Choose a file with the extract."))
    return best


def cell_text(value: object) -> str:
    """A cell as text; a number with decimals gets a comma, so it is never taken for thousands."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < _LARGEST_EXACT:
            return str(int(value))
        return repr(value).replace(".", ",")
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return "" if value is None else str(value)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """A million new cells would have the collector look at all of them, time and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _column(values: Sequence[object]) -> Any:
    kinds = set(map(type, values))
    if kinds == {float}:
        numbers = np.array(values)
        whole = numbers.astype(np.int64, casting="unsafe") if _in_range(numbers) else None
        if whole is not None and (whole == numbers).all():
            return pa.array(whole).cast(pa.string())
    if kinds == {str}:
        return pa.array(values, pa.string())
    return pa.array([cell_text(value) for value in values], pa.string())


def _in_range(numbers: Any) -> bool:
    return bool(np.isfinite(numbers).all() and (np.abs(numbers) < _LARGEST_EXACT).all())


def sheets(data: bytes) -> Iterator[Any]:
    book = guarded(partial(python_calamine.load_workbook, io.BytesIO(data)))
    for name in book.sheet_names:
        yield guarded(partial(book.get_sheet_by_name, name))


def guarded(read: Callable[[], Any]) -> Any:
    """Run a step of the reader; whatever it cannot read is a damaged file, not a fault of ours.

    The reader is native code that reports a broken file as one of many errors, and as a panic,
    which Python does not count as an ordinary exception.
    """
    try:
        return read()
    except (KeyboardInterrupt, SystemExit, MemoryError, SoftTimeLimitExceeded):
        raise
    except BaseException:
        raise Refused(
            gettext("This workbook is damaged. Open it in your spreadsheet program and save again.")
        ) from None


def _unread(data: bytes, index: int) -> Cells:
    """The filled cells without a value of one sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = part_of_sheet(archive, index)
        if part not in archive.namelist():
            return {}
        return unread_cells(unpacked(data, archive.getinfo(part)))


def measure(data: bytes) -> bool:
    """Unpack every part once, in small pieces, and refuse what grows beyond the limits; says
    whether some sheet can hold filled cells without a value.

    The sizes that a zip file states about itself are not trusted.
    """
    in_all, suspect = 0, False
    for _entry, pieces in parts(data):
        far: set[bytes] = set()
        tail, is_sheet = b"", False
        for piece in pieces:
            in_all += len(piece)
            if in_all > MAX_UNPACKED_BYTES:
                raise TooLargeUnpacked
            window = tail + piece
            is_sheet = is_sheet or b"sheetData" in window
            if is_sheet:
                far.update(_far_cells(window))
                suspect = suspect or may_hold_unread(window)
            tail = window[-_TAIL:]
        _refuse_far_corners(far)
    return suspect


def _far_cells(window: bytes) -> list[bytes]:
    """The addresses beyond column Z or row 99,999; how programs write them is found quickest."""
    unusual = any(sign in window for sign in _UNUSUAL)
    return (_FAR_ANYHOW if unusual else _FAR).findall(window)


def _refuse_far_corners(far: set[bytes]) -> None:
    width, depth = _LETTERS, _SHALLOW
    for address in far:
        letters = address.rstrip(b"0123456789")
        width = max(width, _column_number(letters))
        depth = max(depth, int(address[len(letters) :][:12]))
    if depth > MAX_ROWS:
        raise Refused(too_many_rows())
    if width * depth > MAX_CELLS:
        raise TooLargeUnpacked


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
