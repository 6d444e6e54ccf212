"""What of an upload stays outside the database: the files, what its pages show of them, and how
somebody calls files that came by another name."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from monitoring.region_import.read import NamedFile
from practices.held_files import HeldFiles

_held = HeldFiles("region")
_FILES, _NAMES, _OUTCOME, _RESTORING = "files", "names", "outcome", "restoring"


def keep_files(code: str, files: Sequence[NamedFile]) -> None:
    """Keep the files of a new upload, as they came."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for place, (name, content) in enumerate(files):
            archive.writestr(f"{place}/{name}", content)
    _held.keep(f"{code}.{_FILES}", packed.getvalue())


def kept_files(code: str) -> list[NamedFile] | None:
    """The files, or None when they are gone."""
    packed = _held.kept(f"{code}.{_FILES}")
    if packed is None:
        return None
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return [
            (entry.filename.partition("/")[2], archive.read(entry)) for entry in archive.infolist()
        ]


def has_files(code: str) -> bool:
    return _held.has(f"{code}.{_FILES}")


def keep_names(code: str, names: Mapping[str, str]) -> None:
    """By the name of a held file what the person who sent it calls it."""
    _held.keep_record(f"{code}.{_NAMES}", dict(names))


def kept_names(code: str) -> dict[str, str]:
    return _held.kept_record(f"{code}.{_NAMES}")


def keep_outcome(code: str, outcome: dict[str, Any]) -> None:
    """Keep what the pages show; replaces what was kept before."""
    _held.keep_record(f"{code}.{_OUTCOME}", outcome)


def kept_outcome(code: str) -> dict[str, Any]:
    """What the pages show; empty when there is nothing yet, or nothing any more."""
    return _held.kept_record(f"{code}.{_OUTCOME}")


def keep_restoring(code: str, content: bytes) -> None:
    """Keep the file that puts back what storing replaced; it goes by itself after an hour."""
    _held.keep(f"{code}.{_RESTORING}", content)


def kept_restoring(code: str) -> bytes | None:
    return _held.kept(f"{code}.{_RESTORING}")


def has_restoring(code: str) -> bool:
    return _held.has(f"{code}.{_RESTORING}")


def let_go(code: str) -> None:
    """Remove the files of an upload and what was shown of them."""
    for kind in (_FILES, _NAMES, _OUTCOME):
        _held.let_go(f"{code}.{kind}")


def drop_old_files() -> None:
    _held.drop_old()
