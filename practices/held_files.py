"""Files that may not enter the database: encrypted, outside it and its backups, an hour at most."""

import io
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from mtvp.privacy.encryption import CannotDecryptError
from practices.vault import cipher

KEPT_SECONDS = 60 * 60


@dataclass(frozen=True, slots=True)
class HeldFiles:
    """One folder of held files; names are the caller's and hold no path."""

    folder: str

    def keep(self, name: str, content: bytes) -> None:
        """Keep a file, in place of an earlier one of this name."""
        path = self._path(name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        with os.fdopen(os.open(draft, flags, 0o600), "wb") as target:
            cipher().encrypt_file(io.BytesIO(content), target)
        draft.replace(path)

    def kept(self, name: str) -> bytes | None:
        """The file, or nothing when it is gone."""
        content = io.BytesIO()
        try:
            with self._path(name).open("rb") as source:
                cipher().decrypt_file(source, content)
        except (FileNotFoundError, CannotDecryptError):
            return None
        return content.getvalue()

    def keep_record(self, name: str, record: dict[str, Any]) -> None:
        """Keep a record as JSON, in place of an earlier one of this name."""
        self.keep(name, json.dumps(record).encode())

    def kept_record(self, name: str) -> dict[str, Any]:
        """The record; empty when it is gone."""
        content = self.kept(name)
        return dict(json.loads(content)) if content else {}

    def has(self, name: str) -> bool:
        """Whether the file is still there."""
        return self._path(name).exists()

    def let_go(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def drop_old(self) -> None:
        """Remove what is older than an hour, whatever the database says about it."""
        oldest = time.time() - KEPT_SECONDS
        for path in self._path("").glob("*"):
            try:
                if path.stat().st_mtime < oldest:
                    path.unlink()
            except FileNotFoundError:
                continue

    def _path(self, name: str) -> Path:
        return Path(settings.PRIVATE_DIR) / self.folder / name
