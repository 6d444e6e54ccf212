"""Which kind of file somebody handed in: told by its content, whatever its name says."""

import re

from practices.states import FileKind

MAX_BYTES = 5 * 1024 * 1024

_END_OF_FILE = 1024
"""How far from its end a PDF may close: some programs add blanks or a signature after it."""

_PNG_HEAD = re.compile(rb"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
_PNG_END = b"IEND\xaeB`\x82"
_JPG_HEAD, _JPG_END = b"\xff\xd8\xff", b"\xff\xd9"
_PDF_HEAD, _PDF_END = re.compile(rb"%PDF-[12]\.\d"), b"%%EOF"


def kind_of(content: bytes) -> FileKind | None:
    """PDF, JPG or PNG by how it begins and ends; nothing for what is cut short or else."""
    if _PDF_HEAD.match(content) and _PDF_END in content[-_END_OF_FILE:]:
        return FileKind.PDF
    if content.startswith(_JPG_HEAD) and _JPG_END in content[-_END_OF_FILE:]:
        return FileKind.JPG
    if _PNG_HEAD.match(content) and content.endswith(_PNG_END):
        return FileKind.PNG
    return None
