"""An upload by way of a real worker over real Valkey."""

import threading
from datetime import timedelta
from typing import Any

import pytest
import redis
from django.conf import settings
from django.db import connections
from django.utils import timezone

from highusers import tasks
from highusers.imports.synonyms import Field
from highusers.models import Extract, ExtractImport
from highusers.uploads import services, steps
from mtvp.celery import app
from practices.models import AuditEvent, Practice
from practices.states import ImportState
from tests import factories
from tests.highusers.extracts import YEAR, stored_contacts, totals
from tests.workers import PATIENCE, wait_for, worker

pytestmark = pytest.mark.django_db(transaction=True)


def waiting_tasks() -> int:
    return int(redis.Redis.from_url(settings.REDIS_URL).llen("celery"))


def until(upload: ExtractImport, state: ImportState) -> None:
    def reached() -> bool:
        upload.refresh_from_db()
        return upload.state == state

    wait_for(reached, lambda: upload.state)


@pytest.fixture
def upload() -> ExtractImport:
    practice: Practice = factories.practice()
    app.control.purge()
    return services.start_upload(
        practice=practice,
        actor=factories.staff_user(practice),
        data=totals({"1": 40, "2": 3}),
        period=YEAR,
    )


def test_a_worker_takes_an_upload_to_its_confirmation(upload: ExtractImport) -> None:
    with worker():
        until(upload, ImportState.COLUMNS)
        choices = {"patient": 0, "total": 2}
        services.choose_columns(upload=upload, choices=services.fields_of(choices))
        until(upload, ImportState.ROWS)
        services.confirm(upload=upload, replaces="")
        until(upload, ImportState.STORED)
    assert Extract.objects.get().high_users == 1
    assert stored_contacts(upload.practice) == [3, 40]
    assert list((settings.PRIVATE_DIR / "extracts").iterdir()) == []


def test_a_task_sent_from_any_thread_goes_to_our_broker() -> None:
    found: list[str] = []
    thread = threading.Thread(
        target=lambda: found.append(tasks.look_at_columns.app.conf.broker_url)
    )
    thread.start()
    thread.join()
    assert found == [settings.REDIS_URL]


def test_without_a_broker_the_upload_waits(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(app.conf, "broker_url", "redis://127.0.0.1:1/0")
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    practice = factories.practice()
    waiting = services.start_upload(
        practice=practice,
        actor=factories.staff_user(practice),
        data=totals({"1": 40}),
        period=YEAR,
    )
    assert waiting.state == ImportState.UPLOADED
    assert "Connection refused" in caplog.text


def test_what_a_lost_worker_left_is_asked_again(upload: ExtractImport) -> None:
    app.control.purge()
    services.expire_uploads()
    assert waiting_tasks() == 0
    ExtractImport.objects.update(heard_at=timezone.now() - timedelta(minutes=6))
    services.expire_uploads()
    with worker():
        until(upload, ImportState.COLUMNS)


def confirmed(upload: ExtractImport) -> None:
    """Taken by hand to where a worker is to store it, with nothing left in the queue."""
    steps.look_at_columns(upload_id=upload.pk)
    services.choose_columns(upload=upload, choices={Field.PATIENT: 0, Field.TOTAL: 2})
    steps.read_rows(upload_id=upload.pk)
    upload.refresh_from_db()
    services.confirm(upload=upload, replaces="")
    app.control.purge()


def stored_extracts() -> int:
    return AuditEvent.objects.filter(object_type="highusers.extract").count()


def test_a_confirmed_upload_of_a_lost_worker_is_stored_after_all(upload: ExtractImport) -> None:
    confirmed(upload)
    ExtractImport.objects.update(heard_at=timezone.now() - timedelta(minutes=6))
    services.expire_uploads()
    services.expire_uploads()
    with worker():
        until(upload, ImportState.STORED)
    assert stored_contacts(upload.practice) == [3, 40]
    assert stored_extracts() == 1


def test_two_workers_at_once_store_once_and_leave_nothing(
    upload: ExtractImport, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed(upload)
    read, both = steps._parse, threading.Barrier(2)

    def read_at_once(*asked: Any) -> Any:
        parsed = read(*asked)
        both.wait(PATIENCE)
        return parsed

    monkeypatch.setattr(steps, "_parse", read_at_once)

    def work() -> None:
        steps.store(upload_id=upload.pk)
        connections.close_all()

    threads = [threading.Thread(target=work) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    upload.refresh_from_db()
    assert (upload.state, stored_extracts()) == (ImportState.STORED, 1)
    assert stored_contacts(upload.practice) == [3, 40]
    assert list((settings.PRIVATE_DIR / "extracts").iterdir()) == []
