"""The keys of an installation: from the environment, or made once for a laptop."""

import base64
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


class KeysMissingError(RuntimeError):
    """Production was asked for, but a key stands not in the environment."""


@dataclass(frozen=True, slots=True)
class Keys:
    """`encryption`: Fernet keys, the newest first; older ones only still decrypt."""

    secret: str
    encryption: tuple[str, ...]
    hashing: str


def keys_for(local_dir: Path, environ: Mapping[str, str], *, required: bool) -> Keys:
    """Read MTVP_SECRET_KEY, MTVP_ENCRYPTION_KEYS (comma-separated) and MTVP_HASH_KEY.

    Missing ones are taken from `keys.json` in the local folder (made on first use, mode 0600);
    with `required` a missing one is an error that names it.
    """
    names = ("MTVP_SECRET_KEY", "MTVP_ENCRYPTION_KEYS", "MTVP_HASH_KEY")
    missing = [name for name in names if not environ.get(name)]
    if missing and required:
        raise KeysMissingError(f"set {', '.join(missing)} in the environment")
    local = _local(local_dir) if missing else {}
    secret, encryption, hashing = (environ.get(name) or local[name] for name in names)
    return Keys(secret, tuple(key.strip() for key in encryption.split(",")), hashing)


def _local(local_dir: Path) -> dict[str, str]:
    path = local_dir / "keys.json"
    try:
        return dict(json.loads(path.read_text()))
    except FileNotFoundError:
        local_dir.mkdir(parents=True, exist_ok=True)
    keys = {
        "MTVP_SECRET_KEY": secrets.token_urlsafe(48),
        "MTVP_ENCRYPTION_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "MTVP_HASH_KEY": secrets.token_urlsafe(32),
    }
    # Written apart and linked into place: two processes starting together agree on one set.
    draft = local_dir / f".keys-{os.getpid()}-{secrets.token_hex(4)}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(keys, file)
    try:
        os.link(draft, path)
    except FileExistsError:
        return dict(json.loads(path.read_text()))
    finally:
        draft.unlink()
    return keys
