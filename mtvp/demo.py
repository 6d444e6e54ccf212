"""What `manage.py demo` finds in the database, and what it runs."""

import hashlib
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

HOST = "127.0.0.1"
READY_SECONDS = 90.0


class Found(StrEnum):
    """The state of the demo's database."""

    NOTHING = "nothing"
    COMPLETE = "complete"
    HALF_LOADED = "half loaded"
    OTHER_SCHEMA = "other schema"
    OWN_DATA = "own data"


LOADING = "demo region: loading"


def loaded(schema: str) -> str:
    return f"demo region: loaded, schema {schema}"


def schema_hash() -> str:
    """Changes with any migration of ours, also one that was edited in place."""
    digest = hashlib.sha256()
    for config in sorted(apps.get_app_configs(), key=lambda app: app.label):
        folder = Path(config.path)
        if folder.is_relative_to(settings.BASE_DIR) and ".venv" not in folder.parts:
            for path in sorted((folder / "migrations").glob("*.py")):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def find() -> Found:
    """Told by a comment on the database's schema, so that it goes where the data goes."""
    executor = MigrationExecutor(connections["owner"])
    if not executor.loader.applied_migrations:
        return Found.NOTHING
    remark = _remark()
    if remark == LOADING:
        return Found.HALF_LOADED
    if remark is not None and remark != loaded(schema_hash()):
        return Found.OTHER_SCHEMA
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return Found.NOTHING if remark is None and not _has_practices() else Found.OTHER_SCHEMA
    if remark is not None:
        return Found.COMPLETE
    return Found.OWN_DATA if _has_practices() else Found.NOTHING


def remember(remark: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"COMMENT ON SCHEMA public IS '{remark}'")


def _remark() -> str | None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT obj_description('public'::regnamespace, 'pg_namespace')")
        text = cursor.fetchone()[0]
    return text if text and text.startswith("demo region:") else None


def _has_practices() -> bool:
    """Asked of the table itself: with older tables the model may not fit."""
    with connections["owner"].cursor() as cursor:
        tables = connections["owner"].introspection.table_names(cursor)
        if "practices_practice" not in tables:
            return False
        cursor.execute("SELECT EXISTS (SELECT FROM practices_practice)")
        return bool(cursor.fetchone()[0])


def commands(port: int) -> dict[str, list[str]]:
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "-A", "mtvp"]
    return {
        "web": [
            *python, "gunicorn", "mtvp.wsgi:application", "--bind", f"{HOST}:{port}",
            "--workers", "2", "--threads", "4", "--graceful-timeout", "5", "--no-control-socket",
        ],
        "worker": [
            *celery, "worker", "--concurrency", "2", "--loglevel", "INFO",
            "--without-gossip", "--without-mingle",
        ],
        "beat": [
            *celery, "beat", "--pidfile", "",
            "--schedule", str(settings.LOCAL_DIR / "beat-schedule"),
        ],
    }  # fmt: skip


def environment() -> dict[str, str]:
    return {**os.environ, "MTVP_DEMO": "1", "PYTHONUNBUFFERED": "1"}


def port_is_free(port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError:
            return False
    return True


def await_ready(port: int, running: Callable[[], bool]) -> bool:
    """Ask `/readyz` until database, broker and worker all answer."""
    deadline = time.monotonic() + READY_SECONDS
    while running() and time.monotonic() < deadline:
        if _answers(f"http://{HOST}:{port}/readyz"):
            return True
        time.sleep(0.2)
    return False


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
