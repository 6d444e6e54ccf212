"""A copy of a file for many readers: nothing in it acts, and nothing says who made it.

The copy is made anew from what was read and looked at, so a program that reads the file in another
way than we do finds nothing else in it.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from practices.received.kinds import MAX_BYTES, kind_of
from practices.states import FileKind

MOST_PIXELS = 25_000_000
"""More than a page scanned at 600 dots an inch is there to fill the memory."""

MOST_PAGES = 300
MOST_OBJECTS = 50_000
"""A leaflet has some hundreds of objects; pypdf itself bounds what one stream unpacks to."""

MOST_COPIED = 8 * MAX_BYTES
"""A picture of one colour packs well, and may be drawn anew into far more."""

ACTS = frozenset(
    {
        *("/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE"),
        *("/EmbeddedFile", "/EmbeddedFiles", "/EF", "/FileAttachment", "/XFA"),
        *("/RichMedia", "/Rendition", "/Movie", "/Sound", "/3D"),
    }
)
"""Names by which a PDF (ISO 32000) runs something, sends something, opens another file or carries
one. A link to a page of the web is none of these."""


class ActsError(Exception):
    """The file can do something, or carries another file."""


class UnreadableError(Exception):
    """The file is broken, locked, or too large to be read or drawn."""


def harmless_copy(content: bytes) -> bytes:
    """Of a PDF, JPG or PNG; raises `ActsError` or `UnreadableError`. For a worker with a limit of
    time: a file of 5 MB may be made to take minutes."""
    kind = kind_of(content)
    if kind is None:
        raise UnreadableError
    try:
        copy = _pdf(content) if kind == FileKind.PDF else _picture(content, kind)
    except (ActsError, UnreadableError):
        raise
    except Exception as error:  # a file that was made to break its reader breaks it in any way
        raise UnreadableError from error
    if len(copy) > MOST_COPIED:
        raise UnreadableError
    return copy


def _pdf(content: bytes) -> bytes:
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError
    if not 0 < len(reader.pages) <= MOST_PAGES:
        raise UnreadableError
    reader.root_object.pop("/Metadata", None)
    reader.trailer.pop("/Info", None)
    if any(name in ACTS for name in _names(reader.root_object)):
        raise ActsError
    copy = BytesIO()
    PdfWriter(clone_from=reader).write(copy)
    return copy.getvalue()


def _names(root: DictionaryObject) -> Iterator[str]:
    """Every name in what hangs on the root: keys and values, each object once.

    Raises `UnreadableError` when there is no end to it.
    """
    waiting: list[Any] = [root]
    seen: set[tuple[int, int]] = set()
    while waiting:
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            if (found.idnum, found.generation) not in seen:
                seen.add((found.idnum, found.generation))
                if len(seen) > MOST_OBJECTS:
                    raise UnreadableError
                waiting.append(found.get_object())
        elif isinstance(found, DictionaryObject):
            yield from map(str, found)
            waiting.extend(dict.values(found))
        elif isinstance(found, ArrayObject):
            waiting.extend(list.__iter__(found))
        elif isinstance(found, NameObject):
            yield str(found)


def _picture(content: bytes, kind: FileKind) -> bytes:
    """The dots only: upright, without the place and day that a telephone writes into it."""
    form = "JPEG" if kind == FileKind.JPG else "PNG"
    with Image.open(BytesIO(content), formats=[form]) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise UnreadableError
        upright = ImageOps.exif_transpose(picture)
        see_through = kind == FileKind.PNG and upright.has_transparency_data
        dots = upright.convert("RGBA" if see_through else "RGB")
    dots.info.clear()
    copy = BytesIO()
    dots.save(copy, form)
    return copy.getvalue()
