"""Seals: what is sealed, what is not yet, and what shows when it was tampered with."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import connection, connections

from practices.audit import record
from practices.models import AuditEvent, TrailReview, TrailSeal
from practices.states import AuditAction
from practices.tasks import seal_trail
from practices.trail import dropping, partitions, sealing
from practices.trail.checking import breaks
from practices.trail.sealing import seal_events, sealed_up_to
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def events(count, **fields):
    return [
        AuditEvent.objects.create(
            **{"action": AuditAction.READ, "object_type": "page", "object_id": str(number)} | fields
        )
        for number in range(count)
    ]


def owner(statement, *parameters):
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, parameters)


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


def test_a_transaction_under_way_holds_back_the_seal_and_not_the_writers(elsewhere):
    insert(elsewhere)
    events(2)
    assert seal_events(patience=0.2) == 0
    events(1)
    elsewhere.commit()
    assert seal_events(patience=0.2) == 4
    assert list(breaks()) == []


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


def test_a_job_that_waits_seals_as_soon_as_the_writer_ends(elsewhere, monkeypatch):
    insert(elsewhere)
    waits = iter([None, None])

    def ends(_):
        if next(waits, "over") == "over":
            elsewhere.commit()

    monkeypatch.setattr(sealing.time, "sleep", ends)
    assert seal_events(patience=30) == 1


def test_an_id_that_was_never_used_leaves_no_hole(elsewhere):
    insert(elsewhere)
    elsewhere.rollback()
    events(1)
    assert seal_events() == 1
    assert list(breaks()) == []


def test_two_jobs_at_once_seal_each_event_once(elsewhere):
    events(3)
    with elsewhere.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [sealing._LOCK])
    assert seal_events() == 0
    elsewhere.rollback()
    assert seal_events() == 3


def sealed_twice():
    first = events(3, role="poh")
    seal_events()
    second = events(3)
    seal_events()
    return first, second


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE practices_auditevent SET actor_id = 9 WHERE id = {1}", "was changed"),
        (
            "UPDATE practices_auditevent SET detail = '{{\"count\": 1}}' WHERE id = {1}",
            "was changed",
        ),
        ("UPDATE practices_auditevent SET at = at - interval '1 second' WHERE id = {1}", "changed"),
        ("DELETE FROM practices_auditevent WHERE id = {1}", "2 events where 3 were sealed"),
        ("UPDATE practices_trailseal SET count = 2 WHERE number = 1", "3 events where 2"),
        ("UPDATE practices_trailseal SET digest = repeat('0', 64) WHERE number = 1", "changed"),
        ("UPDATE practices_trailseal SET dropped_on = now() WHERE number = 1", "before the term"),
        ("DELETE FROM practices_trailseal WHERE number = 1", "seal 1 up to 1: gone"),
    ],
)
def test_tampering_shows_and_the_command_names_the_seal(statement, says, capsys):
    first, _ = sealed_twice()
    owner(statement.format(*(event.pk for event in first)).replace("%", "%%"))
    with pytest.raises(SystemExit) as ended:
        call_command("verify_trail")
    shown = capsys.readouterr().err
    assert ended.value.code == 1
    assert "seal 1" in shown
    assert says in shown


def test_an_event_slipped_in_shows_also_in_a_month_without_a_seal():
    sealed_twice()
    old = datetime(2020, 2, 1, tzinfo=UTC)
    owner(
        "INSERT INTO practices_auditevent"
        " (id, at, role, action, object_type, object_id, outcome, client, detail)"
        " OVERRIDING SYSTEM VALUE VALUES (%s, %s, '', 'read', 'page', '', 'done', '', '{}')",
        sealed_up_to() - 1,
        old,
    )
    assert list(breaks()) == ["month 2020-02: 1 events under no seal among the sealed"]


def test_a_chain_made_anew_without_the_secret_does_not_hold(settings):
    sealed_twice()
    kept = settings.HASH_KEY
    owner("DELETE FROM practices_trailseal")
    settings.HASH_KEY = "the-guess-of-somebody-with-the-database"
    seal_events()
    settings.HASH_KEY = kept
    assert [line.split(": ")[1] for line in breaks()] == [
        "an event, this seal or the one before it was changed"
    ]


def test_the_newest_seal_taken_away_with_its_events_shows_by_the_seal_that_was_noted(capsys):
    _, second = sealed_twice()
    last = TrailSeal.objects.get(number=2)
    noted = f"{last.number}:{last.digest}"
    call_command("verify_trail", noted=noted)
    assert noted in capsys.readouterr().out
    owner("DELETE FROM practices_trailseal WHERE number = 2")
    owner("DELETE FROM practices_auditevent WHERE id >= %s", second[0].pk)
    call_command("verify_trail")
    with pytest.raises(SystemExit):
        call_command("verify_trail", noted=noted)
    assert "seal 2: not the one that was noted" in capsys.readouterr().err


def test_the_months_of_a_batch_are_sealed_apart():
    events(2, at=datetime(2026, 1, 31, 23, 59, tzinfo=UTC))
    events(3, at=datetime(2026, 2, 1, tzinfo=UTC))
    seal_events()
    seals = TrailSeal.objects.values_list("month", "count")
    assert list(seals) == [(date(2026, 1, 1), 2), (date(2026, 2, 1), 3)]
    assert list(breaks()) == []


@pytest.fixture
def old_month():
    """A sealed month of more than five years ago, one event of it reviewed."""
    old = events(3, at=datetime(2021, 3, 31, 23, tzinfo=UTC))
    recent = events(2, at=datetime(2021, 4, 1, tzinfo=UTC))
    TrailReview.objects.create(event=old[0], reviewed_by=factories.user())
    TrailReview.objects.create(event=recent[0], reviewed_by=factories.user())
    yield
    for part in partitions.parts(using="owner"):
        if "_202" in part and part < "practices_auditevent_2022":
            owner(f"DROP TABLE {part}")


def test_the_owner_drops_a_month_after_the_term_and_the_chain_still_holds(old_month):
    seal_events()
    last_day_kept = date(2026, 4, 1)
    assert dropping.drop_expired_months(today=last_day_kept) == ([], [])
    assert dropping.drop_expired_months(today=date(2026, 4, 2)) == ([date(2021, 3, 1)], [])
    assert AuditEvent.objects.filter(at__year=2021).count() == 2
    assert TrailReview.objects.count() == 1
    assert TrailSeal.objects.get(number=1).dropped_on == date(2026, 4, 2)
    told = AuditEvent.objects.get(action=AuditAction.DELETE)
    assert (told.object_id, told.detail) == ("2021-03", {"events": 3})
    assert list(breaks()) == []


def test_a_month_with_events_that_are_not_sealed_stays(old_month):
    assert dropping.drop_expired_months(today=date(2026, 4, 2)) == ([], [date(2021, 3, 1)])
    assert AuditEvent.objects.count() == 5


def test_the_command_says_what_it_did(old_month, capsys):
    seal_events()
    call_command("drop_old_trail")
    assert capsys.readouterr().out.split("\n")[:2] == ["2021-03 dropped", "2021-04 dropped"]
    call_command("drop_old_trail")
    assert capsys.readouterr().out == "No month is due.\n"


def test_a_noted_seal_must_be_a_number():
    with pytest.raises(SystemExit):
        call_command("verify_trail", noted="abc")
