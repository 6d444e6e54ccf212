"""The second wall, over the application's own raw connection."""

import psycopg
import pytest
from django.db import ProgrammingError, connection, connections, transaction

from highusers.models import HighUser
from practices.isolation import practice_scope, privilege_problem
from tests import factories

pytestmark = pytest.mark.django_db

TABLES = [
    "highusers_highuser",
    "highusers_patienttotal",
    "highusers_patientplan",
    "highusers_removedpatient",
    "highusers_planversion",
    "highusers_planaction",
    "highusers_conversation",
    "highusers_evaluation",
    "highusers_judgement",
    "highusers_teamtalk",
    "highusers_comparedyear",
    "highusers_replacedtotal",
    "highusers_lastcode",
]


def high_user(practice, number=1):
    with practice_scope(practice):
        return HighUser.objects.create(
            practice=practice, patient_key=bytes([number]) * 32, number=number
        )


def visible(scope):
    with transaction.atomic(), connection.cursor() as cursor:
        if scope is not None:
            cursor.execute("SELECT set_config('mtvp.practice', %s, true)", [scope])
        cursor.execute("SELECT count(*) FROM highusers_highuser")
        count = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('mtvp.practice', '', true)")
        return count


def test_no_scope_and_malformed_scopes_yield_no_row():
    high_user(factories.practice())
    for scope in [None, "", "0", "-1", "1 OR true", "abc", "9" * 30, " 1", "1;"]:
        assert visible(scope) == 0, scope


def test_a_scope_yields_the_rows_of_its_practice_only():
    ours, theirs = factories.practice(), factories.practice()
    high_user(ours)
    high_user(theirs, 1)
    high_user(theirs, 2)
    assert (visible(str(ours.pk)), visible(str(theirs.pk))) == (1, 2)


def test_a_row_of_another_practice_cannot_be_written():
    ours, theirs = factories.practice(), factories.practice()
    with pytest.raises(Exception, match="row-level security"), practice_scope(ours):
        HighUser.objects.create(practice=theirs, patient_key=b"x" * 32, number=1)


def test_the_scope_ends_with_its_block():
    practice = factories.practice()
    high_user(practice)
    with practice_scope(practice):
        assert HighUser.objects.count() == 1
    assert HighUser.objects.count() == 0


def test_scopes_of_two_practices_do_not_nest():
    with (
        pytest.raises(RuntimeError, match="another practice"),
        practice_scope(factories.practice()),
        practice_scope(factories.practice()),
    ):
        pass


def test_every_table_with_patients_is_closed_and_the_application_cannot_open_it():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r' ORDER BY 1"
        )
        assert [row[0] for row in cursor.fetchall()] == sorted(TABLES)
    for attempt in [
        "ALTER TABLE highusers_highuser DISABLE ROW LEVEL SECURITY",
        "DROP POLICY own_practice ON highusers_highuser",
        "TRUNCATE highusers_highuser",
        "UPDATE practices_auditevent SET role = 'x'",
        "DELETE FROM practices_auditevent",
        "CREATE TABLE public.copy_of_rows (a int)",
    ]:
        with (
            pytest.raises(ProgrammingError) as refusal,
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(attempt)
        assert isinstance(refusal.value.__cause__, psycopg.errors.InsufficientPrivilege), attempt


def test_the_application_logs_in_without_privileges_and_an_owner_is_refused(monkeypatch):
    assert privilege_problem() is None
    monkeypatch.setattr("practices.isolation.connection", connections["owner"])
    assert "owner" in privilege_problem()
