"""Under a log-in that row-level security does not bind, nothing starts."""

import os
import subprocess
import sys
from collections.abc import Iterator

import environ
import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from mtvp.embedded import ensure_servers, local_folder
from practices.isolation import privilege_problem


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


@pytest.fixture
def superuser(
    monkeypatch: pytest.MonkeyPatch, django_db_setup: None
) -> Iterator[BaseDatabaseWrapper]:
    """The check as a superuser would make it start."""
    with ensure_servers(local_folder(), durable=False, broker=False) as servers:
        mighty = connections["default"].copy("superuser")
        mighty.settings_dict |= environ.Env.db_url_config(servers.superuser_url)
        monkeypatch.setattr("practices.isolation.connection", mighty)
        yield mighty
        mighty.close()


@pytest.mark.django_db
def test_a_superuser_and_a_log_in_that_goes_round_the_wall_are_refused(superuser):
    assert "superuser" in privilege_problem()
    with superuser.cursor() as cursor:
        cursor.execute("BEGIN; SET LOCAL ROLE mtvp_app")
        assert privilege_problem() is None
        cursor.execute("RESET ROLE; ALTER ROLE mtvp_app BYPASSRLS; SET LOCAL ROLE mtvp_app")
        assert "bypasses" in privilege_problem()
        cursor.execute("ROLLBACK")
