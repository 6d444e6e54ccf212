"""Dropping whole sealed months after the retention term: the owner's work, as a command."""

from datetime import UTC, date, datetime

from django.db import connections, transaction
from psycopg import sql

from practices.audit import record
from practices.models import TrailSeal
from practices.states import AuditAction
from practices.trail import partitions
from practices.trail.checking import expired
from practices.trail.sealing import sealed_up_to

_NAME = "practices_auditevent_%Y_%m"


def drop_expired_months(*, today: date) -> tuple[list[date], list[date]]:
    """The months that went, and those that are due but hold events without a seal."""
    _give_old_months_a_table(today)
    gone, kept = [], []
    for part, month in _months():
        if not expired(month, today):
            continue
        if _holds_unsealed(part):
            kept.append(month)
            continue
        events = _drop(part, month, today)
        record(
            actor=None,
            action=AuditAction.DELETE,
            obj=("practices.auditevent", f"{month:%Y-%m}"),
            events=events,
        )
        gone.append(month)
    return gone, kept


def _months() -> list[tuple[str, date]]:
    named = [name for name in partitions.parts(using="owner") if not name.endswith("_default")]
    return [(name, _month(name)) for name in named]


def _month(part: str) -> date:
    return datetime.strptime(part, _NAME).replace(tzinfo=UTC).date()


def _give_old_months_a_table(today: date) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT date_trunc('month', at AT TIME ZONE 'UTC')::date"
            " FROM practices_auditevent_default ORDER BY 1"
        )
        months = [month for (month,) in cursor.fetchall()]
    for month in months:
        if expired(month, today):
            partitions.open_month(month, using="owner")


def _holds_unsealed(part: str) -> bool:
    query = sql.SQL("SELECT EXISTS (SELECT FROM {} WHERE id > %s)").format(sql.Identifier(part))
    with connections["owner"].cursor() as cursor:
        cursor.execute(query, [sealed_up_to()])
        return bool(cursor.fetchone()[0])


def _drop(part: str, month: date, today: date) -> int:
    """Requests never queue behind this: without the lock at once it fails, to be run again."""
    table = sql.Identifier(part)
    reviews = "DELETE FROM practices_trailreview r USING {} e WHERE r.event_id = e.id"
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '3s'")
        cursor.execute(sql.SQL(reviews).format(table))
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(table))
        (events,) = cursor.fetchone()
        cursor.execute(sql.SQL("DROP TABLE {}").format(table))
        TrailSeal.objects.using("owner").filter(month=month).update(dropped_on=today)
    return int(events)
