"""The trail's table, divided by month, so that the owner can drop a month as a whole.

Months are those of UTC. Events of a month that has no table of its own yet go to the default
table and move when the month is opened. The application reaches all of it through the parent
table only: it has no rights on the tables of the months.
"""

from datetime import date

from django.db import connections, migrations
from django.utils import timezone

from practices.programme_year import add_months

MONTHS_AHEAD = 3

DIVIDE_BY_MONTH = migrations.RunSQL(
    """
    ALTER TABLE practices_auditevent RENAME TO practices_auditevent_undivided;
    CREATE TABLE practices_auditevent (
        LIKE practices_auditevent_undivided INCLUDING DEFAULTS INCLUDING IDENTITY
    ) PARTITION BY RANGE (at);
    DROP TABLE practices_auditevent_undivided;
    ALTER TABLE practices_auditevent ADD PRIMARY KEY (id, at);
    CREATE INDEX audit_at ON practices_auditevent (at);
    CREATE INDEX audit_practice ON practices_auditevent (practice_id, at);
    CREATE INDEX audit_actor ON practices_auditevent (actor_id, at);
    CREATE INDEX audit_patient ON practices_auditevent (practice_id, patient_key, at)
        WHERE patient_key IS NOT NULL;
    CREATE TABLE practices_auditevent_default PARTITION OF practices_auditevent DEFAULT;

    CREATE FUNCTION practices_open_trail_month(day date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    DECLARE
        first_day date := date_trunc('month', day)::date;
        part text := 'practices_auditevent_' || to_char(first_day, 'YYYY_MM');
        starts timestamptz := first_day::timestamp AT TIME ZONE 'UTC';
        ends timestamptz := (first_day + interval '1 month') AT TIME ZONE 'UTC';
    BEGIN
        PERFORM pg_advisory_xact_lock('public.practices_auditevent'::regclass::oid::bigint);
        IF to_regclass('public.' || part) IS NOT NULL THEN
            RETURN;
        END IF;
        EXECUTE format('CREATE TABLE public.%I (LIKE public.practices_auditevent)', part);
        EXECUTE format(
            'WITH moved AS (DELETE FROM public.practices_auditevent_default
                            WHERE at >= %L AND at < %L RETURNING *)
             INSERT INTO public.%I SELECT * FROM moved', starts, ends, part);
        EXECUTE format(
            'ALTER TABLE public.practices_auditevent ATTACH PARTITION public.%I
             FOR VALUES FROM (%L) TO (%L)', part, starts, ends);
    END
    $$;
    REVOKE EXECUTE ON FUNCTION practices_open_trail_month FROM PUBLIC
    """,
    """
    DROP FUNCTION practices_open_trail_month;
    CREATE TABLE practices_auditevent_undivided (
        LIKE practices_auditevent INCLUDING DEFAULTS INCLUDING IDENTITY
    );
    DROP TABLE practices_auditevent;
    ALTER TABLE practices_auditevent_undivided RENAME TO practices_auditevent
    """,
)


def open_months(*, using: str = "default") -> None:
    """Give this month and the next ones a table of their own; repeating it changes nothing."""
    for ahead in range(MONTHS_AHEAD + 1):
        open_month(add_months(timezone.now().date().replace(day=1), ahead), using=using)


def open_month(day: date, *, using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT practices_open_trail_month(%s)", [day])


def parts(*, using: str) -> list[str]:
    """The names of the tables of months, and of the default table."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            """
            SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = to_regclass('public.practices_auditevent') ORDER BY 1
            """
        )
        return [name for (name,) in cursor.fetchall()]
