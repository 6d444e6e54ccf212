"""Sealing: what is sealed, what is not yet, and that writers are never held up."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from django.db import connection

from practices.audit import record
from practices.models import TrailSeal
from practices.states import AuditAction
from practices.tasks import seal_trail
from practices.trail import sealing
from practices.trail.checking import breaks
from practices.trail.sealing import seal_events
from tests import factories
from tests.practices.trail.rows import events

pytestmark = pytest.mark.django_db


def test_events_are_sealed_once_in_batches_that_hold(monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 4)
    events(10, patient_key=b"k" * 32, detail={"count": 3, "fields": ["who", "é"]})
    assert (seal_events(), seal_events()) == (10, 0)
    assert [seal.count for seal in TrailSeal.objects.all()] == [4, 4, 2]
    assert list(breaks()) == []
    record(actor=factories.user(), action=AuditAction.READ, obj=("page", 1), count=2)
    seal_trail()
    assert [seal.count for seal in TrailSeal.objects.all()] == [4, 4, 2, 1]
    assert list(breaks()) == []


def test_ranges_meet_so_that_nothing_fits_between(monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 3)
    events(7)
    seal_events()
    seals = list(TrailSeal.objects.all())
    assert seals[0].first_id == 1
    assert [b.first_id - a.last_id for a, b in pairwise(seals)] == [1, 1]


def test_the_months_of_a_batch_are_sealed_apart():
    events(2, at=datetime(2026, 1, 31, 23, 59, tzinfo=UTC))
    events(3, at=datetime(2026, 2, 1, tzinfo=UTC))
    seal_events()
    seals = TrailSeal.objects.values_list("month", "count")
    assert list(seals) == [(date(2026, 1, 1), 2), (date(2026, 2, 1), 3)]
    assert list(breaks()) == []


@pytest.fixture
def elsewhere():
    """Another connection of the application, with a transaction under way."""
    other = connection.copy("elsewhere")
    other.set_autocommit(False)
    yield other
    other.rollback()
    other.close()


def insert(other):
    with other.cursor() as cursor:
        cursor.execute(
            "INSERT INTO practices_auditevent"
            " (at, role, action, object_type, object_id, outcome, client, detail)"
            " VALUES (now(), '', 'read', 'page', 'late', 'done', '', '{}')"
        )


@pytest.mark.django_db(transaction=True)
def test_a_transaction_under_way_holds_back_the_seal_and_not_the_writers(elsewhere):
    insert(elsewhere)
    events(2)
    assert seal_events(patience=0.2) == 0
    events(1)
    elsewhere.commit()
    assert seal_events(patience=0.2) == 4
    assert list(breaks()) == []


@pytest.mark.django_db(transaction=True)
def test_without_waiting_the_late_event_would_fall_among_the_sealed(elsewhere, monkeypatch):
    monkeypatch.setattr(sealing, "_writers", set)
    insert(elsewhere)
    events(2)
    assert seal_events() == 2
    elsewhere.commit()
    assert [line.split(": ")[1] for line in breaks()] == [
        "3 events where 2 were sealed",
        "1 events under no seal among the sealed",
    ]


@pytest.mark.django_db(transaction=True)
def test_a_job_that_waits_seals_as_soon_as_the_writer_ends(elsewhere, monkeypatch):
    insert(elsewhere)
    waits = iter([None, None])

    def ends(_):
        if next(waits, "over") == "over":
            elsewhere.commit()

    monkeypatch.setattr(sealing.time, "sleep", ends)
    assert seal_events(patience=30) == 1


@pytest.mark.django_db(transaction=True)
def test_an_id_that_was_never_used_leaves_no_hole(elsewhere):
    insert(elsewhere)
    elsewhere.rollback()
    events(1)
    assert seal_events() == 1
    assert list(breaks()) == []


@pytest.mark.django_db(transaction=True)
def test_two_jobs_at_once_seal_each_event_once(elsewhere):
    events(3)
    with elsewhere.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [sealing._LOCK])
    assert seal_events() == 0
    elsewhere.rollback()
    assert seal_events() == 3
