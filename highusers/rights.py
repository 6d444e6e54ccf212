"""What is held on one patient of a practice, and taking the patient out.

Announced to `practices.rights.registry`; each function runs in the scope of the practice.
"""

import re
from typing import Any

from highusers.imports.values import patient_key as cleaned
from highusers.models import (
    Extract,
    ExtractImport,
    HighUser,
    PatientPlan,
    PatientTotal,
    RemovedPatient,
    ReplacedTotal,
)
from mtvp.privacy.keyed_hash import patient_key
from practices.models import Person, Practice, User
from practices.rights.people import rows
from practices.vault import hash_secret

PLAN_FIELDS = (
    "drafted_on",
    "state",
    "contacts_before",
    "influenceable",
    "reason",
    "who",
    "how",
    "moment",
    "goals",
    "evaluate_on",
    "changed_at",
)
TOTAL_FIELDS = (
    "extract__period_start",
    "extract__period_end",
    "contacts",
    "by_type",
    "by_month",
    "birth_year",
    "sex",
)
REPLACED_FIELDS = tuple(name.replace("extract__", "replaced__") for name in TOTAL_FIELDS)
_CODE = re.compile(r"[Vv]-0*([1-9][0-9]{0,8})")
_KEY = re.compile(r"[0-9a-f]{64}")


def key_of(practice: Practice, code: str) -> bytes | None:
    if match := _CODE.fullmatch(code):
        found = HighUser.objects.filter(practice=practice, number=int(match[1]))
        key = found.values_list("patient_key", flat=True).first()
        return bytes(key) if key else None
    return _held_key(practice, bytes.fromhex(code)) if _KEY.fullmatch(code) else None


def key_of_number(practice: Practice, number: str) -> bytes | None:
    patient = cleaned(number)
    if not patient:
        return None
    return _held_key(practice, patient_key(hash_secret(), practice.code, patient))


def _held_key(practice: Practice, key: bytes) -> bytes | None:
    models = (HighUser, PatientTotal, ReplacedTotal)
    held = any(m.objects.filter(practice=practice, patient_key=key).exists() for m in models)
    return key if held else None


def held(practice: Practice, key: bytes) -> dict[str, Any]:
    patient = {"practice": practice, "patient_key": key}
    plans = PatientPlan.objects.filter(practice=practice, high_user__patient_key=key)
    return {
        "high_user": rows(HighUser.objects.filter(**patient), "number", "his_number"),
        "contacts": rows(PatientTotal.objects.filter(**patient), *TOTAL_FIELDS),
        "contacts_replaced": rows(ReplacedTotal.objects.filter(**patient), *REPLACED_FIELDS),
        "plans": rows(plans, *PLAN_FIELDS),
    }


def remove(practice: Practice, key: bytes, reason: str, actor: User) -> dict[str, int]:
    patient = {"practice": practice, "patient_key": key}
    number = HighUser.objects.filter(**patient).values_list("number", flat=True).first()
    RemovedPatient.objects.update_or_create(
        practice=practice,
        patient_key=key,
        defaults={"reason": reason, "removed_by": actor, "number": number},
    )
    totals, _ = PatientTotal.objects.filter(**patient).delete()
    replaced, _ = ReplacedTotal.objects.filter(**patient).delete()
    _, by_model = HighUser.objects.filter(**patient).delete()
    return {PatientTotal._meta.label: totals + replaced} | by_model


def keep_out_removed(practice: Practice) -> int:
    """Drop what an import just wrote of patients who were taken out before; returns the rows."""
    if not RemovedPatient.objects.filter(practice=practice).exists():
        return 0
    gone = RemovedPatient.objects.filter(practice=practice).values("patient_key")
    arrived = {"practice": practice, "patient_key__in": gone}
    totals, _ = PatientTotal.objects.filter(**arrived).delete()
    patients, _ = HighUser.objects.filter(**arrived).delete()
    return totals + patients


def held_on_person(person: Person | None, account: User | None) -> dict[str, Any]:
    """Work done with an account; plans lie behind the wall of the practice and stay there."""
    if account is None:
        return {}
    return {
        "extracts_stored": rows(
            Extract.objects.filter(stored_by=account), "practice__name", "period_end", "stored_at"
        ),
        "uploads": rows(
            ExtractImport.objects.filter(created_by=account), "practice__name", "created_at"
        ),
    }
