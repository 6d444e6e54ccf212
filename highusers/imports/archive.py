"""What is inside a zip file, unpacked in small pieces: the sizes it states are not trusted."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from highusers.imports.delimited import no_table
from highusers.imports.refusal import Refused

_PIECE = 1024 * 1024
_STORED, _DEFLATED = 0, 8


def parts(data: bytes) -> Iterator[tuple[zipfile.ZipInfo, Iterator[bytes]]]:
    """Every part with its pieces. Raises ``Refused`` for one that is locked, damaged or packed in
    a rare way, and what ``zipfile`` raises for data that is no zip file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if entry.flag_bits & 1 or entry.compress_type not in (_STORED, _DEFLATED):
                raise Refused(no_table())
            yield entry, unpacked(data, entry)


def unpacked(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The pieces of one part."""
    try:
        name, extra = struct.unpack_from("<HH", data, entry.header_offset + 26)
    except struct.error:
        raise Refused(no_table()) from None
    start = entry.header_offset + 30 + name + extra
    packed = data[start : start + entry.compress_size]
    if entry.compress_type == _STORED:
        yield packed
        return
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while packed and not unpacker.eof:
            yield unpacker.decompress(packed, _PIECE)
            packed = unpacker.unconsumed_tail
    except zlib.error:
        raise Refused(no_table()) from None
