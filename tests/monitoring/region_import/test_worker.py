"""Spreadsheets by way of a real worker over real Valkey: stored, killed half-way, too slow."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.utils import timezone

from monitoring.models import RegionUpload
from monitoring.region_import import holding, services, steps, tasks, uploads
from mtvp.celery import app
from practices.models import AuditEvent, Cohort, Employment, Practice
from practices.states import AuditAction, ImportState
from tests import factories
from tests.monitoring.region_import.region_files import COHORTS, PRACTICES, STAFF, files
from tests.workers import PATIENCE, kill, wait_for, worker

pytestmark = pytest.mark.django_db(transaction=True)

FILES = files(cohorts=COHORTS, practices=PRACTICES, staff=STAFF)


@pytest.fixture
def upload() -> RegionUpload:
    app.control.purge()
    return uploads.start_upload(files=FILES, actor=factories.region_user("coordinator"))


def until(upload: RegionUpload, state: ImportState) -> None:
    def reached() -> bool:
        upload.refresh_from_db()
        return upload.state == state

    wait_for(reached, lambda: upload.state)


def confirm(upload: RegionUpload) -> None:
    seen = holding.kept_outcome(upload.code)["version"]
    assert uploads.confirm(upload=upload, seen=seen)


def stored() -> tuple[int, int, int]:
    return Cohort.objects.count(), Practice.objects.count(), Employment.objects.count()


def events(action: AuditAction) -> int:
    return AuditEvent.objects.filter(action=action).count()


@contextmanager
def staff_closed() -> Iterator[None]:
    """Nobody can write a spell of work: a worker that stores waits, cohort and practices done."""
    with transaction.atomic(using="owner"):
        with connections["owner"].cursor() as cursor:
            cursor.execute("LOCK TABLE practices_employment IN EXCLUSIVE MODE")
        yield


def waits_for_staff() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks"
            " WHERE NOT granted AND relation = 'practices_employment'::regclass"
        )
        return bool(cursor.fetchone()[0])


def kill_while_storing(upload: RegionUpload, process: subprocess.Popen[bytes]) -> None:
    with staff_closed():
        confirm(upload)
        wait_for(waits_for_staff, lambda: upload.state)
        kill(process)


def stopped_at_the_limit(upload: RegionUpload) -> str:
    """The limit comes while the database keeps the worker waiting; what the person reads."""
    with staff_closed():
        seen = holding.kept_outcome(upload.code)["version"]
        RegionUpload.objects.update(state=ImportState.CONFIRMED, seen=seen)
        tasks.store_files.apply_async((upload.pk, "en"), soft_time_limit=1)
        until(upload, ImportState.REFUSED)
    return str(holding.kept_outcome(upload.code)["refusal"])


def nothing_stored() -> bool:
    trail = events(AuditAction.CHANGE) + events(AuditAction.MEMBERSHIP)
    return (stored(), trail) == ((0, 0, 0), 0)


def test_a_worker_stopped_or_killed_while_storing_leaves_nothing_and_another_stores_all(
    upload: RegionUpload,
) -> None:
    with worker() as process:
        until(upload, ImportState.ROWS)
        assert stopped_at_the_limit(upload).startswith("Reading took too long.")
        assert nothing_stored()
        assert uploads.ask_again(upload=upload)
        until(upload, ImportState.ROWS)
        kill_while_storing(upload, process)
    wait_for(lambda: not waits_for_staff(), lambda: "the lost worker's statement")
    assert nothing_stored()
    upload.refresh_from_db()
    assert upload.state == ImportState.CONFIRMED

    uploads.expire_uploads()
    assert waiting_tasks() == 0
    RegionUpload.objects.update(heard_at=timezone.now() - timedelta(minutes=6))
    uploads.expire_uploads()
    uploads.expire_uploads()
    with worker():
        until(upload, ImportState.STORED)
        wait_for(lambda: list((settings.PRIVATE_DIR / "region").iterdir()) == [], list)
    assert (stored(), upload.stored) == ((1, 2, 2), {"new": 5, "changed": 0, "unchanged": 0})
    change = AuditEvent.objects.get(action=AuditAction.CHANGE)
    assert (change.actor, change.role, change.object_type) == (
        upload.created_by,
        "coordinator",
        "region_import",
    )
    of_practices = AuditEvent.objects.filter(action=AuditAction.MEMBERSHIP, practice__isnull=False)
    assert [event.practice.code for event in of_practices] == ["01000001"]


def waiting_tasks() -> int:
    with app.connection_for_read() as broker:
        size: int = broker.default_channel._size("celery")
        return size


def test_files_thrown_away_while_a_worker_stores_them_are_not_stored(upload: RegionUpload) -> None:
    steps.read(upload_id=upload.pk)
    upload.refresh_from_db()
    app.control.purge()

    def work() -> None:
        steps.store(upload_id=upload.pk)
        connections.close_all()

    thread = threading.Thread(target=work)
    with staff_closed():
        confirm(upload)
        thread.start()
        wait_for(waits_for_staff, lambda: upload.state)
        assert uploads.cancel(upload=upload)
    thread.join()
    upload.refresh_from_db()
    assert (upload.state, stored()) == (ImportState.CANCELLED, (0, 0, 0))
    assert (events(AuditAction.CHANGE), events(AuditAction.MEMBERSHIP)) == (0, 0)
    assert list((settings.PRIVATE_DIR / "region").iterdir()) == []


def test_two_workers_at_once_store_once_and_leave_nothing(
    upload: RegionUpload, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps.read(upload_id=upload.pk)
    upload.refresh_from_db()
    confirm(upload)
    app.control.purge()
    store, both = services.store_reading, threading.Barrier(2)

    def at_once(**asked: Any) -> Any:
        both.wait(PATIENCE)
        return store(**asked)

    monkeypatch.setattr(steps, "store_reading", at_once)

    def work() -> None:
        steps.store(upload_id=upload.pk)
        connections.close_all()

    threads = [threading.Thread(target=work) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    upload.refresh_from_db()
    assert (upload.state, stored()) == (ImportState.STORED, (1, 2, 2))
    assert events(AuditAction.CHANGE) == 1
    assert list((settings.PRIVATE_DIR / "region").iterdir()) == []
