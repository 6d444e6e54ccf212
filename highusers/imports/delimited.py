"""Delimited text: encoding, delimiter, and its lines with a spreadsheet's row numbers.

A regular file (no quotation marks, as many cells in each line as in the header) is read by
pyarrow, any other by the csv module. Both give the same table; a property test holds them
together.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.csv
from django.utils.translation import gettext

from highusers.imports.refusal import Refused
from highusers.imports.table import HEAD_ROWS, MAX_ROWS, Body, Progress, Score

DELIMITERS = (";", "\t", "|", ",")
BLOCK_ROWS = 50_000
HEAD_BYTES = 1024 * 1024
END_OF_FILE = b"\x1a"
"""The sign with which old programs end a text."""

_LINE_END = re.compile(rb"\r\n|\r|\n")
_SEP_LINE = re.compile(rb'"?sep=([\t !#-/:-@\[-`{-~])"?(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_BOMS = ((b"\xef\xbb\xbf", "utf-8-bom"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True)
class Delimited:
    """An opened csv file; ``content`` is its text as UTF-8, without byte order mark."""

    content: bytes = field(repr=False)
    encoding: str | None
    delimiter: str | None
    head: list[list[str]] = field(repr=False)

    @property
    def size(self) -> tuple[int, int]:
        """The numbers of columns and rows, as far as the first rows tell."""
        return max(map(len, self.head), default=0), _line_count(self.content, 0)

    def body(self, *, header: int, width: int, coded: AbstractSet[int], progress: Progress) -> Body:
        """The lines below the header row."""
        columns = None
        if b'"' not in self.content:
            columns = self._regular(header, width, coded, progress)
        if columns is None:
            columns = self._careful(header, width, progress)
        return Body(columns, first_row=header + 2)

    def _regular(
        self, header: int, width: int, coded: AbstractSet[int], progress: Progress
    ) -> list[Any] | None:
        """The columns by way of pyarrow, or nothing when the lines are not all as wide."""
        start = _offset_of_line(self.content, header + 1)
        total = _line_count(self.content, start)
        _refuse_too_many(total)
        progress(0, total)
        names = [str(index) for index in range(width)]
        types = dict.fromkeys(names, pa.string())
        lines = memoryview(self.content)[start : _end_of_lines(self.content)]
        try:
            table = pyarrow.csv.read_csv(
                pa.py_buffer(lines),
                read_options=pyarrow.csv.ReadOptions(column_names=names, block_size=4 << 20),
                parse_options=pyarrow.csv.ParseOptions(
                    delimiter=self.delimiter, quote_char=False, ignore_empty_lines=False
                ),
                convert_options=pyarrow.csv.ConvertOptions(column_types=types, check_utf8=False),
            )
        except pa.ArrowInvalid:
            return None
        progress(table.num_rows, total)
        # Listing the distinct texts of a whole column takes less than joining lists of its blocks.
        return [
            _listed(column) if index in coded else column
            for index, column in enumerate(table.columns)
        ]

    def _careful(self, header: int, width: int, progress: Progress) -> list[Any]:
        """The columns by way of the csv module, in blocks."""
        total = max(_line_count(self.content, 0) - header - 1, 0)
        blocks: list[list[Any]] = []
        done = 0
        for rows in self._blocks(header + 1):
            if not rows:
                continue
            done += len(rows)
            _refuse_too_many(done)
            filled = [row if len(row) == width else _fitted(row, width) for row in rows]
            blocks.append([pa.array(column, pa.string()) for column in zip(*filled, strict=True)])
            progress(min(done, total), total)
        return [
            pa.chunked_array([block[index] for block in blocks], pa.string())
            for index in range(width)
        ]

    def _blocks(self, skipped: int) -> Iterator[list[list[str]]]:
        text = io.TextIOWrapper(io.BytesIO(self.content), "utf-8", newline="")
        reader = csv.reader(text, delimiter=self.delimiter or ";")
        read, rows = 0, []
        try:
            for read, row in enumerate(reader, start=1):
                if read > skipped:
                    rows.append(row)
                if len(rows) == BLOCK_ROWS:
                    yield rows
                    rows = []
        except csv.Error:
            raise Refused(_unclosed(read + 1)) from None
        if read and re.search(r"[\r\n]", row[-1] if row else "") and not _ends_quoted(self.content):
            raise Refused(_unclosed(read))
        yield rows


def open_delimited(data: bytes, score: Score) -> Delimited:
    """Read the encoding, a ``sep=`` line and the delimiter; ``score`` judges the first rows.

    Raises ``Refused`` when the bytes are no text. A ``sep=`` line is no row: spreadsheets
    obey it and do not show it.
    """
    encoding, content = _decoded(data)
    told = _SEP_LINE.match(content)
    if told:
        content = content[told.end() :]
        delimiter = told[1].decode("latin-1")
        return Delimited(content, encoding, delimiter, _head(_start(content), delimiter))
    start = _start(content)
    heads = {delimiter: _head(start, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda one: (score(heads[one]), _regularity(heads[one])))
    return Delimited(content, encoding, best, heads[best])


def _decoded(data: bytes) -> tuple[str, bytes]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            if encoding == "utf-16":
                return encoding, _from_utf16(data, "utf-16")
            return encoding, _checked(data[len(mark) :], encoding)[1]
    start = data[:2000]
    if start.count(0) * 3 > len(start):
        little = start[1::2].count(0) >= start[0::2].count(0)
        return "utf-16", _from_utf16(data, "utf-16-le" if little else "utf-16-be")
    return _checked(data, "utf-8")


def _from_utf16(data: bytes, codec: str) -> bytes:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        raise Refused(no_table()) from None
    return _checked(text.encode("utf-8", "replace"), "utf-16")[1]


def _checked(content: bytes, encoding: str) -> tuple[str, bytes]:
    """The content as UTF-8; what is no UTF-8 is Windows-1252."""
    if b"\0" in content or _control_characters(content[:HEAD_BYTES]) > 5:
        raise Refused(no_table())
    if content.endswith(END_OF_FILE):
        content = content.rstrip(END_OF_FILE)
    if content.isascii():
        return encoding, content
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252", content.decode("cp1252", "replace").encode("utf-8")
    return encoding, content


def _control_characters(content: bytes) -> int:
    return len(content) - len(content.translate(None, bytes(set(range(32)) - set(b"\t\r\n\f\x1a"))))


def _start(content: bytes) -> str:
    return content[:HEAD_BYTES].decode("utf-8", "ignore")


def _head(start: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    try:
        rows.extend(islice(reader, HEAD_ROWS))
    except csv.Error:
        return rows
    return rows


def _regularity(head: list[list[str]]) -> int:
    """In how many of the first rows the delimiter gives the same number of cells."""
    widths = Counter(len(row) for row in head if len(row) > 1)
    return max(widths.values(), default=0)


def _offset_of_line(content: bytes, line: int) -> int:
    ends = islice(_LINE_END.finditer(content), line - 1, line)
    return next((end.end() for end in ends), len(content))


def _end_of_lines(content: bytes) -> int:
    """Where the last line ends, without the line ends after it."""
    end = len(content)
    while end and content[end - 1] in b"\r\n":
        end -= 1
    return end


def _line_count(content: bytes, start: int) -> int:
    end = _end_of_lines(content)
    if end <= start:
        return 0
    returns = content.count(b"\r", start, end) if b"\r" in content else 0
    return max(content.count(b"\n", start, end), returns) + 1


def _listed(column: Any) -> Any:
    """A column of texts as codes into its distinct texts."""
    return pa.chunked_array([column.combine_chunks().dictionary_encode()])


def _refuse_too_many(rows: int) -> None:
    if rows > MAX_ROWS:
        raise Refused(too_many_rows())


def _fitted(row: list[str], width: int) -> list[str]:
    return (row + [""] * (width - len(row)))[:width]


def _ends_quoted(content: bytes) -> bool:
    end = _end_of_lines(content)
    return content[end - 1 : end] == b'"'


def too_many_rows() -> str:
    """The message for a file above the limit of rows."""
    return gettext("This file has more than %(limit)s rows. Make an extract of one year.") % {
        "limit": f"{MAX_ROWS:,}".replace(",", ".")
    }


def no_table() -> str:
    """The message for a file of another kind."""
    return gettext("This file is not a table. Choose a file that ends in .xlsx or .csv.")


def _unclosed(row: int) -> str:
    return gettext(
        "In row %(row)s a text begins with a quotation mark that is never closed. Save the file"
        " again from your spreadsheet program."
    ) % {"row": row}
