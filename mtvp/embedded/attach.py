"""Using an embedded server together: the first user starts it, the last one's end stops it.

Each user holds a shared lock on `users.lock` for as long as it lives. The server's keeper (a
process of its own, see `keeper`) tries now and then to get that lock for itself; once it does,
nobody is left, and it stops the server. Locks die with their process, so a user that was killed
holds nothing open.
"""

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

from mtvp.embedded.failure import EmbeddedServerError
from mtvp.embedded.home import Home, State, exclusive, open_lock, try_exclusive

PROJECT = Path(__file__).resolve().parents[2]
STOP_SECONDS = 30.0


class Attachment:
    """This process's hold on one running server."""

    def __init__(self, home: Home, state: State, users_lock: int, *, started: bool) -> None:
        self.home = home
        self.state = state
        self.started = started
        self._users_lock: int | None = users_lock

    def release(self) -> None:
        """Let go; when this was the last user, return only after the server has stopped."""
        if self._users_lock is None:
            return
        os.close(self._users_lock)
        self._users_lock = None
        _await_end(self.home)


def attach(name: str, folder: Path, *, durable: bool) -> Attachment:
    """Hold the server of `folder`, starting it when it is not running."""
    home = Home(folder / name)
    home.make()
    users_lock = open_lock(home.users_lock)
    try:
        with exclusive(home.start_lock):
            # Waits here for a keeper that is just stopping its server.
            fcntl.flock(users_lock, fcntl.LOCK_SH)
            started = not keeper_lives(home)
            if started:
                _start_keeper(name, home, durable=durable)
            state = home.state()
    except BaseException:
        os.close(users_lock)
        raise
    if state is None:
        os.close(users_lock)
        raise EmbeddedServerError(f"{name} stopped right after it started; see {home.log}")
    return Attachment(home, state, users_lock, started=started)


def keeper_lives(home: Home) -> bool:
    return _is_taken(home.keeper_lock)


def _is_taken(path: Path) -> bool:
    descriptor = open_lock(path)
    try:
        return not try_exclusive(descriptor)
    finally:
        os.close(descriptor)


def _start_keeper(name: str, home: Home, *, durable: bool) -> None:
    """In a session of its own: a Ctrl-C in the terminal is meant for the users, not for it."""
    with home.log.open("ab") as log:
        keeper = subprocess.Popen(  # noqa: S603
            [
                sys.executable,
                "-m",
                "mtvp.embedded.keeper",
                name,
                str(home.path.resolve()),
                "durable" if durable else "fragile",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=PROJECT,
            start_new_session=True,
        )
    assert keeper.stdout is not None
    with keeper.stdout:
        said = keeper.stdout.readline().decode().strip()
    if said != "ready":
        keeper.wait()
        raise EmbeddedServerError(said or f"{name} did not start; see {home.log}")


def _await_end(home: Home) -> None:
    """Return when the keeper is gone, or when others turn out to use the server still."""
    deadline = time.monotonic() + STOP_SECONDS
    while keeper_lives(home) and time.monotonic() < deadline:
        stopping = home.state() is None
        if not stopping and _held_by_others(home):
            return
        time.sleep(0.05)


def _held_by_others(home: Home) -> bool:
    """A shared lock in use, told apart from the keeper's own by looking for longer than it takes
    the keeper to say that it stops."""
    for _ in range(3):
        if not _is_taken(home.users_lock) or home.state() is None:
            return False
        time.sleep(0.05)
    return True
