"""Whether what the product leans on answers."""

from collections.abc import Callable

from celery import current_app
from django.db import connection

PATIENCE_SECONDS = 2


def database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def broker() -> bool:
    with current_app.connection_for_read() as link:
        link.ensure_connection(max_retries=1, timeout=PATIENCE_SECONDS)
        return bool(link.connected)


def worker() -> bool:
    return bool(current_app.control.inspect(timeout=PATIENCE_SECONDS, limit=1).ping())


CHECKS: dict[str, Callable[[], bool]] = {
    "database": database,
    "broker": broker,
    "worker": worker,
}


def readiness() -> dict[str, bool]:
    """What answers and what does not; a failure of one check is an answer, not an error."""
    return {name: _answers(check) for name, check in CHECKS.items()}


def _answers(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # whatever a driver raises means the same here: it does not answer
        return False
