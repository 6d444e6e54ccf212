"""Uploaded spreadsheets between preview and confirmation."""

import io
import secrets
import zipfile
from collections.abc import Sequence

from monitoring.region_import.read import NamedFile
from practices.held_files import HeldFiles
from practices.models import User

_held = HeldFiles("region")


def hold(files: Sequence[NamedFile], *, owner: User) -> str:
    """Keep these files for their owner; the code gets them back."""
    drop_expired()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    code = secrets.token_hex(12)
    _held.keep(_name(code, owner), packed.getvalue())
    return code


def held(code: str, *, owner: User) -> list[NamedFile] | None:
    """The files behind a code, or None when they are gone or somebody else's."""
    drop_expired()
    packed = _held.kept(_name(code, owner))
    if packed is None:
        return None
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return [(entry.filename, archive.read(entry)) for entry in archive.infolist()]


def let_go(code: str, *, owner: User) -> None:
    _held.let_go(_name(code, owner))


def drop_expired() -> None:
    _held.drop_old()


def _name(code: str, owner: User) -> str:
    return f"{owner.pk}-{code}"
