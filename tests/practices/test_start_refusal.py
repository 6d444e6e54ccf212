"""Under a log-in that row-level security does not bind, nothing starts."""

import os
import subprocess
import sys

import pytest
from django.conf import settings


def start(command: list[str], url: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "compliance", "--json"],
        ["-c", "import mtvp.wsgi"],
        ["-m", "celery", "-A", "mtvp", "worker", "--pool", "solo", "-l", "ERROR"],
    ],
    ids=["command", "web", "worker"],
)
def test_the_owner_is_refused_in_one_line(command):
    refusal = start(command, os.environ["DATABASE_OWNER_URL"])
    assert refusal.returncode == 3
    assert refusal.stdout == ""
    assert refusal.stderr.strip().splitlines()[-1].startswith("MTVP does not start: DATABASE_URL")
