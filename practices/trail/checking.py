"""Whether the sealed trail is still what it was when it was sealed."""

from collections.abc import Iterator
from datetime import UTC, date

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from practices.models import AuditEvent, TrailSeal
from practices.programme_year import add_months, add_years
from practices.trail.sealing import digest_of, events_of, sealed_up_to

KEPT_YEARS = 5
"""How long an event is kept at least (NEN 7513)."""


def expired(month: date, today: date) -> bool:
    """Whether every event of the month is older than the retention term."""
    return add_months(month, 1) < add_years(today, -KEPT_YEARS)


def breaks() -> Iterator[str]:
    """What does not hold, one line each, in the order of the seals; nothing when all is well."""
    previous = TrailSeal(number=0, digest="")
    for seal in TrailSeal.objects.order_by("number"):
        if seal.number != previous.number + 1:
            yield f"seal {previous.number + 1} up to {seal.number - 1}: gone"
        problem = _problem_of_dropped(seal) if seal.dropped_on else _problem_of(seal, previous)
        if problem:
            yield (
                f"seal {seal.number} (events {seal.first_id} up to {seal.last_id}"
                f" of {seal.month:%Y-%m}): {problem}"
            )
        previous = seal
    yield from _unsealed_among_sealed()


def _problem_of(seal: TrailSeal, previous: TrailSeal) -> str | None:
    events = list(events_of(seal))
    if len(events) != seal.count:
        return f"{len(events)} events where {seal.count} were sealed"
    if digest_of(seal, previous.digest, events) != seal.digest:
        return "an event, this seal or the one before it was changed"
    return None


def _problem_of_dropped(seal: TrailSeal) -> str | None:
    if seal.dropped_on and not expired(seal.month, seal.dropped_on):
        return f"dropped on {seal.dropped_on}, before the term of {KEPT_YEARS} years was over"
    if next(events_of(seal), None) is not None:
        return "marked as dropped, but its events are there"
    return None


def _unsealed_among_sealed() -> Iterator[str]:
    """Events slipped into a month and range for which there is no seal at all."""
    present = dict(
        AuditEvent.objects.filter(id__lte=sealed_up_to())
        .annotate(month=TruncMonth("at", tzinfo=UTC))
        .order_by()
        .values_list("month")
        .annotate(n=Count("id"))
    )
    sealed = dict(
        TrailSeal.objects.filter(dropped_on=None)
        .order_by()
        .values_list("month")
        .annotate(n=Sum("count"))
    )
    for moment, count in sorted(present.items()):
        if count > sealed.get(moment.date(), 0):
            extra = count - sealed.get(moment.date(), 0)
            yield f"month {moment:%Y-%m}: {extra} events under no seal among the sealed"
