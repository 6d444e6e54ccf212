"""Runs the demo's processes and ends them all together, whatever happens to whoever asked.

`python -m mtvp.embedded.supervisor LOGS` reads one JSON object from standard input: name to
command. It then stays until one of the commands ends or standard input closes, which happens when
the process that started it lets go or dies.
"""

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

from mtvp.embedded.attach import PROJECT

STOP_SECONDS = 15.0
GLANCE_SECONDS = 0.3


class Supervisor:
    """The handle of the process that wants the others to run."""

    def __init__(self, commands: dict[str, list[str]], logs: Path, env: dict[str, str]) -> None:
        logs.mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "mtvp.embedded.supervisor", str(logs)],
            stdin=subprocess.PIPE,
            cwd=PROJECT,
            env=env,
            start_new_session=True,
        )
        assert self._process.stdin is not None
        self._process.stdin.write(f"{json.dumps(commands)}\n".encode())
        self._process.stdin.flush()

    def running(self) -> bool:
        return self._process.poll() is None

    def stop(self) -> None:
        """Return when every command has ended."""
        if self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()
        self._process.wait()


def supervise(commands: dict[str, list[str]], logs: Path) -> int:
    """Run until one ends, or nobody listens any more; the exit code says which of the two."""
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in commands.items():
            running[name] = _start(command, logs / f"{name}.log")
        while all(process.poll() is None for process in running.values()):
            if _let_go():
                return 0
        for name, process in running.items():
            if process.poll() is not None:
                sys.stderr.write(f"{name} stopped by itself: {_last_line(logs / f'{name}.log')}\n")
    finally:
        _stop(list(running.values()))
    return 1


def _start(command: list[str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as output:
        return subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()
    return lines[-1] if lines else "it left no word"


def _let_go() -> bool:
    readable, _, _ = select.select([sys.stdin], [], [], GLANCE_SECONDS)
    return bool(readable) and not os.read(sys.stdin.fileno(), 1)


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """Politely to each process, then by force to all that it brought forth."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, deadline - time.monotonic()))
    for process in processes:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _leave(signal_number: int, _frame: object) -> None:
    raise SystemExit(128 + signal_number)


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    line = b""
    while not line.endswith(b"\n"):
        part = os.read(sys.stdin.fileno(), 1)
        if not part:
            return 0
        line += part
    return supervise(json.loads(line), Path(arguments[0]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
