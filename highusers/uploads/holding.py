"""What of an upload may not enter the database: the file itself, and cells to show to its sender.

Both lie encrypted in a folder outside the database and its backups, and go when the upload is
confirmed, cancelled or an hour old, whichever is first.
"""

import io
import json
import os
import time
from pathlib import Path
from typing import Any

from django.conf import settings

from mtvp.privacy.encryption import CannotDecryptError
from practices.vault import cipher

KEPT_SECONDS = 60 * 60
_FILE, _CELLS = "file", "cells"


def keep_file(code: str, data: bytes) -> None:
    """Keep the file of a new upload."""
    _write(_path(code, _FILE), data)


def kept_file(code: str) -> bytes | None:
    """The file, or nothing when it is gone."""
    return _read(_path(code, _FILE))


def keep_cells(code: str, cells: dict[str, Any]) -> None:
    """Keep what the pages of this upload show of the file; replaces what was kept before."""
    _write(_path(code, _CELLS), json.dumps(cells).encode())


def kept_cells(code: str) -> dict[str, Any]:
    """What the pages show of the file; empty when it is gone."""
    content = _read(_path(code, _CELLS))
    return dict(json.loads(content)) if content else {}


def let_go(code: str) -> None:
    """Remove everything of an upload."""
    for kind in (_FILE, _CELLS):
        _path(code, kind).unlink(missing_ok=True)


def drop_old_files() -> None:
    """Remove what is older than an hour, whatever the database says about it."""
    oldest = time.time() - KEPT_SECONDS
    for path in _folder().glob("*"):
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
        except FileNotFoundError:
            continue


def _folder() -> Path:
    return Path(settings.PRIVATE_DIR) / "extracts"


def _path(code: str, kind: str) -> Path:
    return _folder() / f"{code}.{kind}"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(f"{path.suffix}.{os.getpid()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with os.fdopen(os.open(draft, flags, 0o600), "wb") as target:
        cipher().encrypt_file(io.BytesIO(content), target)
    draft.replace(path)


def _read(path: Path) -> bytes | None:
    content = io.BytesIO()
    try:
        with path.open("rb") as source:
            cipher().decrypt_file(source, content)
    except (FileNotFoundError, CannotDecryptError):
        return None
    return content.getvalue()
