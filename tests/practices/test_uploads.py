"""The limit in time where it hurts: in the middle of a statement."""

import signal

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection

from practices.uploads import run


@pytest.mark.django_db(transaction=True)
def test_a_limit_in_the_middle_of_a_statement_leaves_a_connection_to_say_so_with() -> None:
    told: list[tuple[str, int]] = []

    def limit(*_: object) -> None:
        raise SoftTimeLimitExceeded

    def asked(statement: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return int(cursor.fetchone()[0])

    def step(*, upload_id: int) -> None:
        asked("SELECT 1 FROM pg_sleep(20)")

    def give_up(*, upload_id: int, message: str) -> None:
        told.append((message, asked("SELECT 7")))

    before = signal.signal(signal.SIGALRM, limit)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        run(step, give_up, 1, "en")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert told == [("Reading took too long. Choose a file with fewer rows.", 7)]
