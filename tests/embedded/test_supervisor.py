"""The demo's processes end together, however their starter ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from mtvp.embedded.attach import PROJECT
from mtvp.embedded.supervisor import Supervisor

# A stubborn command with a child of its own, which both write their numbers to a file.
FAMILY = (
    "import os, signal, subprocess, sys, time\n"
    "signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    "open(sys.argv[1], 'w').write(f'{os.getpid()} {child.pid}\\n')\n"
    "time.sleep(60)"
)


def family(numbers: Path) -> list[str]:
    return [sys.executable, "-c", FAMILY, str(numbers)]


def read_pids(*files: Path) -> list[int]:
    deadline = time.monotonic() + 20
    while not all(file.exists() and file.read_text().endswith("\n") for file in files):
        assert time.monotonic() < deadline, "the commands did not start"
        time.sleep(0.02)
    return [int(pid) for file in files for pid in file.read_text().split()]


def alive(pids: list[int]) -> list[int]:
    return [
        pid
        for pid in pids
        if psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    ]


def wait_until_gone(pids: list[int]) -> None:
    deadline = time.monotonic() + 20
    while alive(pids):
        assert time.monotonic() < deadline, "a process was left behind"
        time.sleep(0.05)


def test_stop_ends_every_command_and_its_children(tmp_path: Path) -> None:
    files = (tmp_path / "one", tmp_path / "two")
    commands = {file.name: family(file) for file in files}
    supervisor = Supervisor(commands, tmp_path / "logs", dict(os.environ))
    pids = read_pids(*files)
    assert len(alive(pids)) == 4
    supervisor.stop()
    assert alive(pids) == []
    assert not supervisor.running()


def test_all_end_when_one_ends_by_itself(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    numbers = tmp_path / "numbers"
    short = [sys.executable, "-c", "import time; print('bye'); time.sleep(1)"]
    commands = {"long": family(numbers), "short": short}
    supervisor = Supervisor(commands, tmp_path / "logs", dict(os.environ))
    pids = read_pids(numbers)
    wait_until_gone(pids)
    supervisor.stop()
    assert (tmp_path / "logs" / "short.log").read_text() == "bye\n"
    assert capfd.readouterr().err == "short stopped by itself: bye\n"


def test_all_end_when_the_starter_is_killed(tmp_path: Path) -> None:
    numbers = tmp_path / "numbers"
    script = (
        "import os, pathlib, sys, time\n"
        "from mtvp.embedded.supervisor import Supervisor\n"
        f"command = {family(numbers)!r}\n"
        "Supervisor({'one': command}, pathlib.Path(sys.argv[1]), dict(os.environ))\n"
        "time.sleep(60)"
    )
    starter = subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "logs")], cwd=PROJECT)
    pids = read_pids(numbers)
    starter.send_signal(signal.SIGKILL)
    starter.wait()
    wait_until_gone(pids)
