"""Sealing the trail: what was removed, changed or slipped in afterwards shows.

A run takes the events from the last seal up to an id below which no event can still appear, and
writes one seal per month among them. Each hash takes in the hash before it, and is keyed with the
installation's secret, so that the database alone is not enough to make a chain that holds.
Writers are never held up: the job waits for them, not they for the job.
"""

import hashlib
import hmac
import json
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from django.db import connection, transaction
from django.db.models import Max

from practices.models import AuditEvent, TrailSeal
from practices.programme_year import add_months
from practices.vault import hash_secret

BATCH = 10_000
PATIENCE = 20.0
"""Seconds in which transactions under way may end; a run that finds longer ones seals nothing."""

_LOCK = 7513
_FIELDS = (
    "id",
    "at",
    "actor_id",
    "role",
    "practice_id",
    "action",
    "object_type",
    "object_id",
    "patient_key",
    "outcome",
    "client",
    "detail",
)


def seal_events(*, patience: float = PATIENCE) -> int:
    """Seal all that is settled and return the number of events; 0 when another run is busy."""
    sealed = 0
    settled = settled_id(patience)
    while settled is not None and (count := _seal_next(settled)):
        sealed += count
    return sealed


def settled_id(patience: float) -> int | None:
    """The last id that was given out, once everybody who may hold a lower one has ended.

    Ids are given out in order but committed in any order. Whoever writes an event holds a lock
    on the table, taken before the id and kept to the end of the transaction; so when those who
    held it after the id was read are gone, every lower id is there to see or never will be.
    None when they are not gone in time.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_sequence_last_value("
            "pg_get_serial_sequence('practices_auditevent', 'id')::regclass)"
        )
        (last,) = cursor.fetchone()
    deadline = time.monotonic() + patience
    writers = _writers()
    while writers and time.monotonic() < deadline:
        time.sleep(min(0.05, patience))
        writers &= _writers()
    return None if writers else last


def _writers() -> set[str]:
    """The transactions, other than this one, that wrote an event and are still under way."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT virtualtransaction FROM pg_locks
            WHERE locktype = 'relation' AND mode = 'RowExclusiveLock'
              AND relation = 'practices_auditevent'::regclass AND pid <> pg_backend_pid()
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """
        )
        return {virtual for (virtual,) in cursor.fetchall()}


@transaction.atomic
def _seal_next(settled: int) -> int:
    """One batch; its seals, one per month, cover the same range of ids."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
    first = sealed_up_to() + 1
    batch = AuditEvent.objects.filter(id__gte=first, id__lte=settled).order_by("id")
    events = list(batch.values_list(*_FIELDS)[:BATCH])
    if not events:
        return 0
    last = events[-1][0] if len(events) == BATCH else settled
    months: dict[date, list[tuple[object, ...]]] = defaultdict(list)
    for event in events:
        months[month_of(event[1])].append(event)
    previous = TrailSeal.objects.order_by("-number").first()
    for month in sorted(months):
        number = previous.number + 1 if previous else 1
        seal = TrailSeal(
            number=number, month=month, first_id=first, last_id=last, count=len(months[month])
        )
        seal.digest = digest_of(seal, previous.digest if previous else "", months[month])
        seal.save(force_insert=True)
        previous = seal
    return len(events)


def sealed_up_to() -> int:
    return TrailSeal.objects.aggregate(last=Max("last_id"))["last"] or 0


def month_of(moment: datetime) -> date:
    """The first day of its month in UTC, as the table is divided."""
    return moment.astimezone(UTC).date().replace(day=1)


def events_of(seal: TrailSeal) -> Iterator[tuple[object, ...]]:
    """The events that lie under a seal as they are now, in the order they were sealed."""
    rows = AuditEvent.objects.filter(
        id__gte=seal.first_id,
        id__lte=seal.last_id,
        at__gte=_start_of(seal.month),
        at__lt=_start_of(add_months(seal.month, 1)),
    )
    return rows.order_by("id").values_list(*_FIELDS).iterator(chunk_size=BATCH)


def digest_of(seal: TrailSeal, previous: str, events: Iterable[tuple[object, ...]]) -> str:
    """HMAC-SHA256 over the seal before it, what the seal says it covers, and each event."""
    covers = [seal.number, seal.month, seal.first_id, seal.last_id, seal.count]
    total = hmac.new(_secret(), digestmod=hashlib.sha256)
    lines: Iterable[Iterable[object]] = ([previous], covers, *events)
    for line in lines:
        total.update(_canonical(line))
    return total.hexdigest()


def _canonical(line: Iterable[object]) -> bytes:
    text = json.dumps(
        list(line), default=_plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True
    )
    return text.encode() + b"\n"


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    raise TypeError(f"an event holds a {type(value).__name__}")


def _start_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _secret() -> bytes:
    return hmac.digest(hash_secret(), b"seals of the trail", "sha256")
