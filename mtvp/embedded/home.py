"""The folder of one embedded server: its files, its locks and what it remembers."""

import contextlib
import fcntl
import json
import os
import secrets
import socket
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

LOCALHOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class State:
    """A running server. `created` tells it apart from a later process with the same number."""

    port: int
    pid: int
    created: float
    durable: bool


@dataclass(frozen=True, slots=True)
class Home:
    """`<local>/postgres` or `<local>/valkey`."""

    path: Path

    @property
    def data(self) -> Path:
        return self.path / "data"

    @property
    def log(self) -> Path:
        return self.path / "server.log"

    @property
    def users_lock(self) -> Path:
        return self.path / "users.lock"

    @property
    def start_lock(self) -> Path:
        return self.path / "start.lock"

    @property
    def keeper_lock(self) -> Path:
        return self.path / "keeper.lock"

    def make(self) -> None:
        self.path.mkdir(parents=True, exist_ok=True)

    def state(self) -> State | None:
        try:
            return State(**json.loads((self.path / "state.json").read_text()))
        except FileNotFoundError:
            return None

    def remember(self, state: State) -> None:
        self.write_secret("state.json", json.dumps(asdict(state)))

    def forget(self) -> None:
        (self.path / "state.json").unlink(missing_ok=True)

    def secret(self, name: str) -> str:
        """A random password, made on first use and kept where only this account reads it."""
        file = self.path / f"{name}.password"
        if not file.exists():
            self.write_secret(file.name, secrets.token_urlsafe(24))
        return file.read_text()

    def free_port(self) -> int:
        """The port of last time when nobody took it, so that bookmarks and shells keep working."""
        file = self.path / "port"
        preferred = int(file.read_text()) if file.exists() else 0
        try:
            port = _bind(preferred)
        except OSError:
            port = _bind(0)
        self.write_secret(file.name, str(port))
        return port

    def log_tail(self, lines: int = 5) -> str:
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def write_secret(self, name: str, text: str) -> None:
        """Written aside and moved into place, mode 0600."""
        draft = self.path / f".{name}-{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)
        draft.replace(self.path / name)


def _bind(port: int) -> int:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOCALHOST, port))
        return int(listener.getsockname()[1])


def open_lock(path: Path) -> int:
    """A descriptor to lock with `flock`; the kernel frees it when its process ends, anyhow."""
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def try_exclusive(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def exclusive(path: Path) -> Iterator[None]:
    descriptor = open_lock(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
