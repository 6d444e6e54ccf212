"""A small process beside each embedded server, which ends it when nobody uses it any more.

Run as `python -m mtvp.embedded.keeper NAME FOLDER durable|fragile`. It writes `ready` on standard
output once the server answers, or the reason why not.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import psutil

from mtvp.embedded import postgres, valkey
from mtvp.embedded.failure import EmbeddedServerError
from mtvp.embedded.home import Home, State, open_lock, try_exclusive

SERVERS: dict[str, ModuleType] = {postgres.NAME: postgres, valkey.NAME: valkey}
# What ends each at once but cleanly: for PostgreSQL that is its "fast shutdown".
STOP_SIGNAL = {postgres.NAME: signal.SIGINT, valkey.NAME: signal.SIGTERM}

START_SECONDS = 30.0
STOP_SECONDS = 20.0
GLANCE_SECONDS = 0.2
LOG_LIMIT = 5_000_000


def keep(name: str, home: Home, *, durable: bool, announce: Callable[[str], None]) -> None:
    """Start the server, then stay until its users are gone, it died, or a signal came."""
    own_lock = open_lock(home.keeper_lock)
    users_lock = open_lock(home.users_lock)
    if not try_exclusive(own_lock):
        raise EmbeddedServerError(f"Another process is already starting {name}.")
    end_leftover(name, home)
    server = _start(name, home, durable=durable)
    try:
        announce("ready")
        while server.poll() is None and not try_exclusive(users_lock):
            time.sleep(GLANCE_SECONDS)
    finally:
        home.forget()
        _stop(name, server)
        # In this order: whoever then gets the users' lock finds no keeper.
        os.close(own_lock)
        os.close(users_lock)


def end_leftover(name: str, home: Home) -> None:
    """Stop a server whose keeper was killed, and clear what a killed server left behind."""
    state = home.state()
    if state is not None and psutil.pid_exists(state.pid):
        process = psutil.Process(state.pid)
        if abs(process.create_time() - state.created) < 1:
            _end_process(name, process)
    home.forget()
    SERVERS[name].clear_stale(home)


def _end_process(name: str, process: psutil.Process) -> None:
    process.send_signal(STOP_SIGNAL[name])
    try:
        process.wait(STOP_SECONDS)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(STOP_SECONDS)


def _start(name: str, home: Home, *, durable: bool) -> subprocess.Popen[bytes]:
    module = SERVERS[name]
    module.prepare(home)
    port = home.free_port()
    if home.log.exists() and home.log.stat().st_size > LOG_LIMIT:
        home.log.unlink()
    with home.log.open("ab") as log:
        server = subprocess.Popen(  # noqa: S603
            module.command(home, port, durable=durable),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
        )
    created = psutil.Process(server.pid).create_time()
    home.remember(State(port=port, pid=server.pid, created=created, durable=durable))
    try:
        _await_answer(name, home, port, server)
    except BaseException:
        home.forget()
        _stop(name, server)
        raise
    return server


def _await_answer(name: str, home: Home, port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not SERVERS[name].is_ready(home, port):
        if server.poll() is not None or time.monotonic() > deadline:
            raise EmbeddedServerError(f"{name} did not start; {home.log} ends: {home.log_tail(1)}")
        time.sleep(0.03)


def _stop(name: str, server: subprocess.Popen[bytes]) -> None:
    if server.poll() is not None:
        return
    server.send_signal(STOP_SIGNAL[name])
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _announce(line: str) -> None:
    os.write(sys.stdout.fileno(), f"{line}\n".encode())
    sys.stdout.close()


def _leave(signal_number: int, _frame: object) -> None:
    raise SystemExit(128 + signal_number)


def main(arguments: list[str]) -> int:
    name, folder, durability = arguments
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    try:
        keep(name, Home(Path(folder)), durable=durability == "durable", announce=_announce)
    except (EmbeddedServerError, OSError) as error:
        _announce(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
