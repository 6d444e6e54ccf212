"""Bytes → a table with cell addresses, whatever the file is called."""

from __future__ import annotations

import re

from django.utils.translation import gettext

from highusers.imports.delimited import no_table, open_delimited
from highusers.imports.refusal import Refused
from highusers.imports.table import MAX_BYTES, Score, Table
from highusers.imports.workbook import is_workbook, open_workbook

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS = (
    b"%PDF", b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf",
    b"Rar!", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ\x90",
    b"SQLite format", b"II*\x00", b"MM\x00*",
)  # fmt: skip
_ANYTHING = re.compile(rb"[^\xef\xbb\xbf\xff\xfe\x00 \t\r\n]")
_MARKUP = re.compile(
    rb"\s*<(?:\?xml|!doctype|html|table|meta|head|body|div|workbook)", re.IGNORECASE
)


def read(data: bytes, score: Score) -> Table:
    """Open a file by what is in it.

    ``score`` says how much of a header row it recognises in the first rows of a table; it
    decides between delimiters and between sheets. Raises ``Refused`` for a file that is empty,
    too large or of another kind than csv and xlsx.
    """
    if len(data) > MAX_BYTES:
        raise Refused(gettext("This file is too large. Choose a file of up to 64 MB."))
    if not _ANYTHING.search(data):
        raise Refused(gettext("This file is empty. Choose a file with the extract."))
    if data.startswith(_OLE):
        raise Refused(_old_or_locked(data))
    if is_workbook(data):
        return open_workbook(data, score)
    if data.startswith(_OTHER_KINDS) or _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")[:200]):
        raise Refused(no_table())
    return open_delimited(data, score)


def _old_or_locked(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return gettext("This file has a password. Remove the password and choose the file again.")
    return gettext("This is a file of an old kind (.xls). Save it as .xlsx or .csv.")
