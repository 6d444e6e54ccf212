"""A file that keeps the worker busy is let go, and the person who sent it reads why."""

import os
import signal

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings

from highusers import tasks
from highusers.models import ExtractImport
from highusers.uploads import holding, services
from practices.states import ImportState
from tests import factories
from tests.highusers.extracts import YEAR

pytestmark = pytest.mark.django_db


@pytest.fixture
def endless_upload() -> ExtractImport:
    """Its file is a pipe that nobody writes to: reading it never ends by itself."""
    practice = factories.practice()
    upload = services.start_upload(
        practice=practice, actor=factories.staff_user(practice), data=b"x", period=YEAR
    )
    held = next(path for path in settings.PRIVATE_DIR.rglob(f"{upload.code}*") if path.is_file())
    held.unlink()
    os.mkfifo(held)
    return upload


@pytest.fixture
def limit():
    """As Celery does it in its worker: a signal that raises in the task."""

    def end(*_: object) -> None:
        raise SoftTimeLimitExceeded

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("task", [tasks.look_at_columns, tasks.read_rows, tasks.store_upload])
def test_reading_ends_at_the_limit_and_says_so(task, endless_upload, limit):
    state = {
        tasks.look_at_columns: ImportState.UPLOADED,
        tasks.read_rows: ImportState.PARSING,
        tasks.store_upload: ImportState.CONFIRMED,
    }[task]
    ExtractImport.objects.update(state=state)
    task(endless_upload.pk, "en")
    endless_upload.refresh_from_db()
    assert endless_upload.state == ImportState.REFUSED
    told = holding.kept_cells(endless_upload.code)["refusal"]
    assert told.startswith("Reading took too long.")


@pytest.mark.parametrize("task", [tasks.look_at_columns, tasks.read_rows, tasks.store_upload])
def test_the_worker_is_told_the_limit(task):
    assert task.soft_time_limit < task.time_limit <= 180
