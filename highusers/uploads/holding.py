"""What of an upload stays outside the database: the file, what its pages show of it, and its
rejected rows. Headers are among that: a first line of data can pass for a header."""

from typing import Any

from practices.held_files import HeldFiles

_held = HeldFiles("extracts")
_FILE, _CELLS, _WORKBOOK = "file", "cells", "rows"


def keep_file(code: str, data: bytes) -> None:
    """Keep the file of a new upload."""
    _held.keep(f"{code}.{_FILE}", data)


def kept_file(code: str) -> bytes | None:
    """The file, or nothing when it is gone."""
    return _held.kept(f"{code}.{_FILE}")


def has_file(code: str) -> bool:
    return _held.has(f"{code}.{_FILE}")


def keep_cells(code: str, cells: dict[str, Any]) -> None:
    """Keep what the pages of this upload show of the file; replaces what was kept before."""
    _held.keep_record(f"{code}.{_CELLS}", cells)


def kept_cells(code: str) -> dict[str, Any]:
    """What the pages show of the file; empty when it is gone."""
    return _held.kept_record(f"{code}.{_CELLS}")


def keep_workbook(code: str, content: bytes) -> None:
    """Keep the workbook with the rejected rows."""
    _held.keep(f"{code}.{_WORKBOOK}", content)


def kept_workbook(code: str) -> bytes | None:
    """The workbook, or nothing when it is gone."""
    return _held.kept(f"{code}.{_WORKBOOK}")


def let_go(code: str) -> None:
    """Remove everything of an upload."""
    for kind in (_FILE, _CELLS, _WORKBOOK):
        _held.let_go(f"{code}.{kind}")


def drop_old_files() -> None:
    _held.drop_old()
