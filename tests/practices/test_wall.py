"""What a raw connection under the application's log-in can reach, by every way into a table."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from highusers.models import Extract, HighUser, PatientPlan, PatientTotal
from highusers.states import Influenceable, PlanState
from practices.isolation import practice_scope
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def raw() -> Iterator[psycopg.Connection]:
    values = connection.settings_dict
    with psycopg.connect(
        host=values["HOST"],
        port=values["PORT"],
        dbname=values["NAME"],
        user=values["USER"],
        password=values["PASSWORD"],
    ) as open_connection:
        yield open_connection


def fill(practice, plans):
    extract = Extract.objects.create(
        practice=practice,
        period_start="2023-01-01",
        period_end="2023-12-31",
        source="upload",
        threshold=30,
        patients=100,
        contacts=400,
        high_users=plans,
    )
    with practice_scope(practice):
        for number in range(1, plans + 1):
            key = bytes([number]) * 32
            someone = HighUser.objects.create(practice=practice, patient_key=key, number=number)
            PatientTotal.objects.create(
                extract_id=extract.pk, practice=practice, patient_key=key, contacts=40
            )
            PatientPlan.objects.create(
                practice=practice, high_user=someone, drafted_on="2024-01-01", goals="geheim"
            )
    return practice


@pytest.fixture
def ours():
    return fill(factories.practice(), 2)


@pytest.fixture
def theirs():
    return fill(factories.practice(), 3)


def scope(raw, practice):
    raw.execute("SELECT set_config('mtvp.practice', %s, true)", [str(practice.pk)])


READS = {
    "table": "SELECT count(*) FROM highusers_patientplan",
    "join": """SELECT count(*) FROM highusers_patientplan p
        JOIN highusers_highuser h ON h.id = p.high_user_id
        JOIN highusers_patienttotal t ON t.patient_key = h.patient_key
            AND t.practice_id = h.practice_id""",
    "join from the open side": """SELECT count(t.id) FROM practices_practice p
        JOIN highusers_patienttotal t ON t.practice_id = p.id""",
    "subquery": "SELECT count(*) FROM (SELECT * FROM highusers_highuser OFFSET 0) AS rows",
    "named practice": "SELECT count(*) FROM highusers_highuser WHERE practice_id > 0",
}


@pytest.mark.parametrize("way", READS)
def test_reading_gives_the_rows_of_the_scope_only(way, raw, ours, theirs):
    assert raw.execute(READS[way]).fetchone() == (0,)
    scope(raw, ours)
    assert raw.execute(READS[way]).fetchone() == (2,)
    scope(raw, theirs)
    assert raw.execute(READS[way]).fetchone() == (3,)


def test_a_view_of_ones_own_and_copy_see_no_more(raw, ours, theirs):
    raw.execute("CREATE TEMP VIEW peek AS SELECT * FROM highusers_highuser")
    assert raw.execute("SELECT count(*) FROM peek").fetchone() == (0,)
    scope(raw, ours)
    assert raw.execute("SELECT count(*) FROM peek").fetchone() == (2,)
    with raw.cursor().copy("COPY (SELECT id FROM highusers_highuser) TO STDOUT") as copy:
        assert len(list(copy.rows())) == 2


def test_no_view_of_the_owner_opens_a_closed_table(raw):
    views = "SELECT viewname FROM pg_views WHERE schemaname = 'public'"
    assert raw.execute(views).fetchall() == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE highusers_patientplan SET contacts_before = 1 WHERE practice_id = %s",
        "DELETE FROM highusers_patientplan WHERE practice_id = %s",
    ],
)
def test_rows_of_another_practice_are_not_changed(change, raw, ours, theirs):
    scope(raw, ours)
    assert raw.execute(change, [theirs.pk]).rowcount == 0
    assert raw.execute(change, [ours.pk]).rowcount == 2


def test_rows_are_not_moved_or_put_into_another_practice(raw, ours, theirs):
    scope(raw, ours)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), raw.transaction():
        raw.execute("UPDATE highusers_highuser SET practice_id = %s", [theirs.pk])
    with pytest.raises(psycopg.errors.Error), raw.transaction(), raw.cursor() as cursor:
        into = "COPY highusers_highuser (practice_id, patient_key, number) FROM STDIN"
        with cursor.copy(into) as copy:
            copy.write_row([theirs.pk, "\\x" + "09" * 32, 9])


def test_the_scope_is_gone_when_the_connection_is_used_again(raw, ours):
    with raw.transaction():
        scope(raw, ours)
        assert raw.execute(READS["table"]).fetchone() == (2,)
    raw.commit()
    assert raw.execute(READS["table"]).fetchone() == (0,)
    raw.rollback()


def test_counts_over_all_practices_hold_no_row(raw, ours, theirs):
    """The functions of the owner that the application may call return numbers only, and the one
    that sorts them names its groups from closed lists."""
    kinds = raw.execute(
        """
        SELECT p.proname, format_type(t.oid, NULL)
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace,
             unnest(coalesce(p.proallargtypes, ARRAY[p.prorettype]),
                    coalesce(p.proargmodes, ARRAY['t'::"char"])) AS a(kind, mode)
        JOIN pg_type t ON t.oid = a.kind
        WHERE n.nspname = 'public' AND p.prosecdef AND a.mode IN ('t', 'o')
        """
    ).fetchall()
    assert kinds
    for_everybody = raw.execute(
        """
        SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = 'public' AND p.prosecdef
          AND has_function_privilege('public', p.oid, 'EXECUTE')
        """
    ).fetchall()
    assert for_everybody == []
    nothing = {"void", "trigger"}
    texts = {name for name, kind in kinds if kind not in {"bigint", "smallint", *nothing}}
    assert texts == {"highusers_team_counts"}
    assert {kind for _, kind in kinds} <= {"bigint", "smallint", "text", *nothing}
    names = {*Influenceable.values, *PlanState.values, "marked", "evaluated", "on_all_aims", ""}
    subjects = {"said", "planned", "state", "hotspotter"}
    counted = raw.execute("SELECT subject, value FROM highusers_team_counts()").fetchall()
    assert {subject for subject, _ in counted} <= subjects
    assert {value for _, value in counted} <= names
    assert {value for subject, value in counted if subject == "state"}, "no plan was counted"
