"""What an extract changes against the one before it: counts of patients, never who they are."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from highusers.imports.result import Parsed
from highusers.models import Extract, PatientTotal
from highusers.states import ExtractSource
from practices.models import Practice

Contacts = Mapping[bytes, int]


def compared(
    practice: Practice, period: tuple[date, date], parsed: Parsed, keys: Sequence[bytes]
) -> dict[str, Any]:
    """The counts as JSON, empty without an earlier extract; runs in the scope of the practice.

    `high_users` and `patients` each hold `earlier`, `new`, `changed` (another number of contacts)
    and `gone`. Patients are compared only where both extracts have rows below the threshold:
    a list of high users alone says nothing about the others.
    """
    earlier = earlier_extract(practice, period)
    if earlier is None:
        return {}
    rows = PatientTotal.objects.filter(extract=earlier).values_list("patient_key", "contacts")
    before = {bytes(key): contacts for key, contacts in rows}
    now = dict(zip(keys, parsed.patients.frame["contacts"].tolist(), strict=True))
    high_before = at_least(earlier.threshold, before)
    high_now = at_least(parsed.threshold, now)
    found: dict[str, Any] = {
        "period": [earlier.period_start.isoformat(), earlier.period_end.isoformat()],
        "same_period": (earlier.period_start, earlier.period_end) == period,
        "same_definition": (earlier.definition, earlier.definition_version)
        == (parsed.definition, parsed.definition_version),
        "high_users": changes(high_before, high_now),
    }
    if len(high_before) < len(before) and len(high_now) < len(now):
        found["patients"] = changes(before, now)
    return found


def earlier_extract(practice: Practice, period: tuple[date, date]) -> Extract | None:
    """The extract of this period that stands, else the last one that ended before its end."""
    uploads = Extract.objects.filter(practice=practice, source=ExtractSource.UPLOAD)
    same = Q(period_start=period[0], period_end=period[1])
    found = uploads.filter(same | Q(period_end__lt=period[1])).order_by("-period_end")
    candidates = list(found[:2])
    exact = [one for one in candidates if (one.period_start, one.period_end) == period]
    return next(iter([*exact, *candidates]), None)


def at_least(threshold: int, contacts: Contacts) -> dict[bytes, int]:
    return {key: number for key, number in contacts.items() if number >= threshold}


def changes(before: Contacts, now: Contacts) -> dict[str, int]:
    """How many came, went, or stayed with another number of contacts."""
    return {
        "earlier": len(before),
        "new": sum(key not in before for key in now),
        "changed": sum(before.get(key, number) != number for key, number in now.items()),
        "gone": sum(key not in now for key in before),
    }
