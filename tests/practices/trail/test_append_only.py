"""The trail over the application's own raw connection: it grows, and that is all."""

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from practices.audit import record
from practices.models import AuditEvent
from practices.states import AuditAction
from practices.trail import partitions
from tests import factories

pytestmark = pytest.mark.django_db

THIS_MONTH = f"practices_auditevent_{timezone.now():%Y_%m}"
ATTEMPTS = [
    "UPDATE practices_auditevent SET role = 'x'",
    "DELETE FROM practices_auditevent",
    "TRUNCATE practices_auditevent",
    "DROP TABLE practices_auditevent",
    "ALTER TABLE practices_auditevent ADD COLUMN x int",
    f"ALTER TABLE practices_auditevent DETACH PARTITION {THIS_MONTH}",
    f"SELECT * FROM {THIS_MONTH}",
    f"UPDATE {THIS_MONTH} SET role = 'x'",
    f"DELETE FROM {THIS_MONTH}",
    f"TRUNCATE {THIS_MONTH}",
    f"INSERT INTO {THIS_MONTH} SELECT * FROM practices_auditevent",
    "DELETE FROM practices_auditevent_default",
    "UPDATE practices_trailseal SET digest = ''",
    "UPDATE practices_trailseal SET dropped_on = now()",
    "DELETE FROM practices_trailseal",
    "TRUNCATE practices_trailseal",
    "UPDATE practices_trailreview SET reviewed_at = now()",
    "DELETE FROM practices_trailreview",
    "ALTER SEQUENCE practices_auditevent_id_seq1 RESTART",
]


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_application_can_neither_change_nor_remove_what_was_written(attempt):
    record(actor=factories.user(), action=AuditAction.READ, obj=("page", "x"))
    with (
        pytest.raises(ProgrammingError) as refusal,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(attempt)
    assert isinstance(refusal.value.__cause__, psycopg.errors.InsufficientPrivilege)
    assert AuditEvent.objects.count() == 1


def test_an_event_lies_in_the_table_of_its_month():
    record(actor=None, action=AuditAction.READ, obj=("page", "x"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM practices_auditevent")
        assert cursor.fetchall() == [(THIS_MONTH,)]


def test_this_month_and_three_more_are_open_and_opening_again_changes_nothing():
    before = partitions.parts(using="default")
    assert THIS_MONTH in before
    assert len(before) == 1 + 4
    partitions.open_months()
    assert partitions.parts(using="default") == before


def test_events_of_a_month_without_a_table_move_when_it_is_opened():
    old = timezone.now().replace(year=2019, month=5, day=31, hour=23)
    event = AuditEvent.objects.create(action=AuditAction.READ, object_type="page", at=old)
    place = "SELECT tableoid::regclass::text, id FROM practices_auditevent"
    with connection.cursor() as cursor:
        cursor.execute(place)
        assert cursor.fetchall() == [("practices_auditevent_default", event.pk)]
        partitions.open_month(old.date(), using="default")
        cursor.execute(place)
        assert cursor.fetchall() == [("practices_auditevent_2019_05", event.pk)]
