"""A real Celery worker over real Valkey, on the test's database and folders."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection

PATIENCE = 90


@contextmanager
def worker() -> Iterator[subprocess.Popen[bytes]]:
    """In a process group of its own, ended with the block."""
    database = connection.settings_dict
    where = f"{database['HOST']}:{database['PORT']}/{database['NAME']}"
    environment = os.environ | {
        "DATABASE_URL": f"postgres://{database['USER']}:{database['PASSWORD']}@{where}",
        "MTVP_PRIVATE_DIR": str(settings.PRIVATE_DIR),
        "MTVP_REPORT_DIR": str(settings.REPORT_DIR),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "mtvp", "worker", "-c", "1", "-l", "WARNING"],
        cwd=settings.BASE_DIR,
        env=environment,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """As the machine does it when memory runs out: nothing is tidied up."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(
    reached: Callable[[], object], state: Callable[[], object] = lambda: "waiting"
) -> None:
    """Fails the test with the last state when it takes too long."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if reached():
            return
        time.sleep(0.05)
    pytest.fail(f"still {state()} after {PATIENCE} s")
