"""Cells of a workbook that are filled and hold no value: errors, formulas that were never computed.

The reader gives them back as empty. A row with such a cell is not a row with a blank in it, so
their texts are looked up in the sheet itself, in one pass and in pieces.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape
from posixpath import join, normpath

Cells = dict[tuple[int, int], str]
"""The text of a cell by row and column, both from 0."""

MOST = 100_000
"""A sheet with more of these is wrong as a whole; the others then stay blank."""

_SIGNS = (b"<f", b't="e"', b"t='e'")
_CELL = re.compile(rb"<c\b([^>]*?)(?<!/)>(.*?)</c>", re.DOTALL)
_ADDRESS = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_KIND = re.compile(rb"""\st\s*=\s*["']([a-zA-Z]+)["']""")
_VALUE = re.compile(rb"<v\b[^>]*>([^<]+)</v>|<is\b")
_FORMULA = re.compile(rb"<f\b[^>]*?(?:/>|>([^<]*)</f>)")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_LONGEST_TEXT = 60


def may_hold_unread(window: bytes) -> bool:
    """Whether a piece of a sheet can hold such cells; nearly all sheets hold none."""
    return any(sign in window for sign in _SIGNS)


def part_of_sheet(archive: zipfile.ZipFile, index: int) -> str | None:
    """The name of the part that holds a sheet, by its place in the workbook."""
    try:
        sheets = _SHEET.findall(archive.read("xl/workbook.xml"))
        relations = _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels"))
    except KeyError:
        return None
    if index >= len(sheets):
        return None
    wanted = _attribute(sheets[index], rb"\w+:id")
    targets = {_attribute(one, rb"Id"): _attribute(one, rb"Target") for one in relations}
    target = targets.get(wanted)
    if not wanted or not target:
        return None
    return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))


def unread_cells(pieces: Iterable[bytes]) -> Cells:
    """The cells without a value of a sheet that comes in pieces."""
    found: Cells = {}
    for window in _whole_cells(pieces):
        if not may_hold_unread(window):
            continue
        for attributes, content in _CELL.findall(window):
            text = _text(attributes, content)
            address = _ADDRESS.search(attributes) if text else None
            if text and address and len(found) < MOST:
                place = int(address[2]) - 1, _column(address[1])
                found[place] = text
    return found


def _whole_cells(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, never cut within a cell."""
    rest = b""
    for piece in pieces:
        window = rest + piece
        cut = window.rfind(b"<c ")
        if cut <= 0:
            rest = window
            continue
        yield window[:cut]
        rest = window[cut:]
    yield rest


def _text(attributes: bytes, content: bytes) -> str:
    """What such a cell says: the error, or the formula; empty for a cell with a value."""
    kind = _KIND.search(attributes)
    name = kind[1] if kind else b""
    value = _VALUE.search(content)
    if name == b"e":
        return _decoded(value[1] if value and value[1] else b"#?")
    formula = _FORMULA.search(content)
    if formula is None or value or name == b"str":
        return ""
    return f"={_decoded(formula[1] or b'')}"


def _decoded(text: bytes) -> str:
    return unescape(text.decode("utf-8", "replace"))[:_LONGEST_TEXT]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _attribute(tag: bytes, name: bytes) -> str:
    match = re.search(rb"\s" + name + rb"""\s*=\s*["']([^"']*)["']""", tag)
    return unescape(match[1].decode("utf-8", "replace")) if match else ""
