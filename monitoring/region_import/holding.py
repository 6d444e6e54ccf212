"""Uploaded spreadsheets between preview and confirmation: encrypted, outside the database, and
gone when stored, thrown away or an hour old, whichever is first."""

import io
import os
import secrets
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from monitoring.region_import.read import NamedFile
from mtvp.privacy.encryption import CannotDecryptError
from practices.models import User
from practices.vault import cipher

KEPT_SECONDS = 60 * 60


def hold(files: Sequence[NamedFile], *, owner: User) -> str:
    """Keep these files for their owner; the code gets them back."""
    drop_expired()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    packed.seek(0)
    code = secrets.token_hex(12)
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(_path(code, owner), flags, 0o600), "wb") as target:
        cipher().encrypt_file(packed, target)
    return code


def held(code: str, *, owner: User) -> list[NamedFile] | None:
    """The files behind a code, or None when they are gone or somebody else's."""
    drop_expired()
    unpacked = io.BytesIO()
    try:
        with _path(code, owner).open("rb") as source:
            cipher().decrypt_file(source, unpacked)
    except (FileNotFoundError, CannotDecryptError):
        return None
    with zipfile.ZipFile(unpacked) as archive:
        return [(entry.filename, archive.read(entry)) for entry in archive.infolist()]


def let_go(code: str, *, owner: User) -> None:
    _path(code, owner).unlink(missing_ok=True)


def drop_expired() -> None:
    """Remove everything older than an hour."""
    oldest = time.time() - KEPT_SECONDS
    for path in _folder().glob("*.held"):
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
        except FileNotFoundError:
            continue


def _folder() -> Path:
    return Path(settings.PRIVATE_DIR) / "region"


def _path(code: str, owner: User) -> Path:
    return _folder() / f"{owner.pk}-{code}.held"
