"""What is held on one patient of a practice, and taking the patient out.

Announced to `practices.rights.registry`; each function runs in the scope of the practice.
"""

import re
from typing import Any

from highusers import lookup
from highusers.models import (
    Conversation,
    Evaluation,
    Extract,
    ExtractImport,
    HighUser,
    Judgement,
    PatientPlan,
    PatientTotal,
    PlanAction,
    PlanVersion,
    RegionEffect,
    RemovedPatient,
    ReplacedTotal,
    TeamTalk,
)
from highusers.talks.mentions import lines_about, take_out_code
from practices.models import Person, Practice, User
from practices.rights.people import rows

PLAN_FIELDS = (
    "drafted_on",
    "state",
    "contacts_before",
    "influenceable",
    "reason",
    "who",
    "how",
    "moment_kind",
    "moment",
    "goals",
    "instruction",
    "life_domains",
    "hotspotter",
    "consent_on",
    "consent_by__name",
    "evaluate_on",
    "closed_on",
    "close_reason",
    "close_note",
    "created_by__name",
    "changed_at",
)
ACTION_FIELDS = (
    "plan__drafted_on",
    "what",
    "colleague__name",
    "partner__name",
    "due_on",
    "state",
    "settled_on",
)
CONVERSATION_FIELDS = ("held_on", "colleague__name", "note", "marks")
EVALUATION_FIELDS = (
    "plan__drafted_on",
    "held_on",
    "outcome",
    "findings",
    "adjustment",
    "own_control",
    "health",
    "collaboration",
    "insight",
    "saved_by__name",
)
VERSION_FIELDS = ("plan__drafted_on", "number", "content", "saved_at", "saved_by__name")
JUDGEMENT_FIELDS = (
    "period_end",
    "influenceable",
    "profile__name",
    "discussed_on",
    "chosen_on",
    "position",
    "reason",
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
    key = lookup.key_of_number(practice, number)
    return _held_key(practice, key) if key else None


def _held_key(practice: Practice, key: bytes) -> bytes | None:
    models = (HighUser, PatientTotal, ReplacedTotal)
    held = any(m.objects.filter(practice=practice, patient_key=key).exists() for m in models)
    return key if held else None


def held(practice: Practice, key: bytes) -> dict[str, Any]:
    patient = {"practice": practice, "patient_key": key}
    plans = PatientPlan.objects.filter(practice=practice, high_user__patient_key=key)
    judgements = Judgement.objects.filter(practice=practice, high_user__patient_key=key)
    return {
        "high_user": rows(HighUser.objects.filter(**patient), "number", "his_number"),
        "contacts": rows(PatientTotal.objects.filter(**patient), *TOTAL_FIELDS),
        "contacts_replaced": rows(ReplacedTotal.objects.filter(**patient), *REPLACED_FIELDS),
        "plans": rows(plans, *PLAN_FIELDS),
        **_care(practice, key),
        "judgements": rows(judgements, *JUDGEMENT_FIELDS),
        "team_talks": _named_in_talks(practice, key),
    }


def _care(practice: Practice, key: bytes) -> dict[str, Any]:
    """What was done for the patient, and what the plans read before."""
    of_plan = {"practice": practice, "plan__high_user__patient_key": key}
    talks = Conversation.objects.filter(practice=practice, high_user__patient_key=key)
    return {
        "plan_versions": rows(PlanVersion.objects.filter(**of_plan), *VERSION_FIELDS),
        "actions": rows(PlanAction.objects.filter(**of_plan), *ACTION_FIELDS),
        "conversations": rows(talks, *CONVERSATION_FIELDS),
        "evaluations": rows(Evaluation.objects.filter(**of_plan), *EVALUATION_FIELDS),
    }


def _named_in_talks(practice: Practice, key: bytes) -> list[dict[str, Any]]:
    number = _number_of(practice, key)
    return lines_about(practice, number) if number else []


def _number_of(practice: Practice, key: bytes) -> int | None:
    found = HighUser.objects.filter(practice=practice, patient_key=key)
    return found.values_list("number", flat=True).first()


def remove(practice: Practice, key: bytes, reason: str, actor: User) -> dict[str, int]:
    patient = {"practice": practice, "patient_key": key}
    number = _number_of(practice, key)
    RemovedPatient.objects.update_or_create(
        practice=practice,
        patient_key=key,
        defaults={"reason": reason, "removed_by": actor, "number": number},
    )
    totals, _ = PatientTotal.objects.filter(**patient).delete()
    replaced, _ = ReplacedTotal.objects.filter(**patient).delete()
    _, by_model = HighUser.objects.filter(**patient).delete()
    notes = {TeamTalk._meta.label: take_out_code(practice, number)} if number else {}
    return {PatientTotal._meta.label: totals + replaced} | by_model | notes


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
        "effects_asked_for": rows(
            RegionEffect.objects.filter(requested_by=account), "requested_at"
        ),
    }
