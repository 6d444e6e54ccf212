"""What a practice can do for a patient who asks: show what is held, take it out.

Everything here runs in the scope of the practice; the apps above hold the rows.
"""

from typing import Any

from django.db import transaction

from practices.audit import record
from practices.models import Practice, User
from practices.rights.registry import patient_records
from practices.rights.states import RemovalReason
from practices.states import AuditAction, AuditOutcome

KIND = "patient"


def find_patient(*, practice: Practice, code: str) -> bytes | None:
    """The key of a patient of this practice, by V-code or by the key in hexadecimal digits."""
    keys = (records.key_of(practice, code) for records in patient_records)
    return next((key for key in keys if key), None)


def search_patient(*, practice: Practice, number: str, actor: User) -> bytes | None:
    """By the number in the GP system; the search is on record, the number is not."""
    keys = (records.key_of_number(practice, number) for records in patient_records)
    key = next((key for key in keys if key), None)
    record(
        actor=actor,
        action=AuditAction.SEARCH,
        obj=(KIND, ""),
        practice=practice,
        patient_key=key,
        outcome=AuditOutcome.DONE if key else AuditOutcome.FAILED,
    )
    return key


@transaction.atomic
def export_patient(*, practice: Practice, key: bytes, actor: User) -> dict[str, Any]:
    """All that is held on the patient, ready for JSON."""
    held: dict[str, Any] = {"practice": practice.name, "patient_key": key.hex()}
    for records in patient_records:
        held |= records.held(practice, key)
    record(
        actor=actor, action=AuditAction.EXPORT, obj=(KIND, ""), practice=practice, patient_key=key
    )
    return held


@transaction.atomic
def remove_patient(
    *, practice: Practice, key: bytes, reason: RemovalReason, actor: User
) -> dict[str, int]:
    """Take the patient out and keep out what a later extract says; returns the rows per kind."""
    removed: dict[str, int] = {}
    for records in patient_records:
        removed |= records.remove(practice, key, reason, actor)
    record(
        actor=actor,
        action=AuditAction.DELETE,
        obj=(KIND, ""),
        practice=practice,
        patient_key=key,
        reason=reason,
        rows=removed,
    )
    return removed
