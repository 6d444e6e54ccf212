"""The second wall: row-level security in PostgreSQL, per practice, failing closed.

A table of patients carries `practice_id`; a row is seen and written only while the setting
`mtvp.practice` holds exactly that practice, for the length of one transaction. Without a scope, or
with a malformed one, there are no rows. Figures over all practices come from SECURITY DEFINER
functions that return counts.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections, migrations, transaction
from django.db.backends.utils import CursorWrapper

from practices.models import Practice
from practices.trail import partitions

SCOPE_FUNCTION = migrations.RunSQL(
    """
    CREATE FUNCTION mtvp_scope() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT CASE WHEN current_setting('mtvp.practice', true) ~ '^[1-9][0-9]{0,17}$'
               THEN current_setting('mtvp.practice', true)::bigint END
    $$
    """,
    "DROP FUNCTION mtvp_scope()",
)


def isolate(table: str) -> migrations.RunSQL:
    """The migration step that closes one table with a `practice_id`."""
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own_practice ON {table}
            USING (practice_id = (SELECT mtvp_scope()))
            WITH CHECK (practice_id = (SELECT mtvp_scope()))
        """,
        f"DROP POLICY own_practice ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    )


@contextmanager
def practice_scope(practice: Practice) -> Iterator[None]:
    """A transaction in which the rows of this practice, and no others, exist.

    Scopes do not nest: a block for another practice inside one is a programming error.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('mtvp.practice', true)")
        current = cursor.fetchone()[0]
        if current and current != str(practice.pk):
            raise RuntimeError("a scope of another practice is open")
        cursor.execute("SELECT set_config('mtvp.practice', %s, true)", [str(practice.pk)])
        try:
            yield
        finally:
            # After a database error the transaction is lost, and the scope with it.
            if not current and not connection.needs_rollback and connection.is_usable():
                cursor.execute("SELECT set_config('mtvp.practice', '', true)")


def grant_to_application(*, using: str, **_: Any) -> None:
    """What the restricted log-in may do: rows, not structure; the trail only grows. Once after a
    migration, when the tables of all apps are there."""
    if using != "owner":
        return
    role = connections["default"].settings_dict["USER"]
    with connections["owner"].cursor() as cursor:
        quoted = connections["owner"].ops.quote_name(role)
        cursor.execute(
            f"""
            GRANT USAGE ON SCHEMA public TO {quoted};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted};
            GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted};
            REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
            GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {quoted};
            REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {quoted};
            """  # noqa: S608  (a role's name, quoted)
        )
        _close_the_trail(cursor, quoted)


def _close_the_trail(cursor: CursorWrapper, role: str) -> None:
    """Events, seals, reviews and texts of the region only grow; an event is reached through the
    whole table alone."""
    months = partitions.parts(using="owner")
    if not months:
        return
    cursor.execute(
        "REVOKE UPDATE, DELETE ON practices_auditevent, practices_trailseal, practices_trailreview,"
        f" practices_regiontext FROM {role}"
    )
    cursor.execute(f"REVOKE ALL ON {', '.join(months)} FROM {role}")
    partitions.open_months(using="owner")


def privilege_problem() -> str | None:
    """Why the `default` log-in is too mighty, or None when row-level security binds it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT bool_or(r.rolsuper), bool_or(r.rolbypassrls),
                (SELECT pg_has_role(current_user, d.datdba, 'MEMBER')
                 FROM pg_database d WHERE d.datname = current_database())
                OR EXISTS (
                    SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = 'public' AND pg_has_role(current_user, c.relowner, 'MEMBER'))
            FROM pg_roles r WHERE pg_has_role(current_user, r.oid, 'MEMBER')
            """
        )
        superuser, bypasses, owned = cursor.fetchone()
    if superuser:
        return "DATABASE_URL names a superuser; row-level security would not bind it."
    if bypasses:
        return "DATABASE_URL names a role that bypasses row-level security."
    if owned:
        return "DATABASE_URL names the owner of the database; use the restricted role."
    return None


def exit_unless_restricted() -> None:
    """Refuse to start, with one line that says why."""
    problem = privilege_problem()
    if problem:
        sys.stderr.write(f"MTVP does not start: {problem}\n")
        sys.exit(3)
