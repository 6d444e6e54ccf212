"""Plans of patients: compared and stored practice by practice, inside the scope of each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from highusers.codes import last_number
from highusers.models import HighUser, PatientPlan, RemovedPatient
from monitoring.region_import.parsing import Row, Sheet
from practices.audit import record
from practices.isolation import practice_scope
from practices.models import Practice, User
from practices.states import AuditAction


@dataclass(slots=True)
class PracticePlans:
    """The plans of one practice by what storing them would do; `changed` with their ids."""

    code: str
    new: list[Row] = field(default_factory=list)
    changed: list[tuple[int, Row]] = field(default_factory=list)
    unchanged: int = 0


def compare_plans(sheet: Sheet) -> list[PracticePlans]:
    """One scope and two queries per practice that is stored. Who was taken out stays out."""
    by_practice: dict[str, list[Row]] = defaultdict(list)
    for row in sheet.rows:
        by_practice[row.values["practice"]].append(row)
    stored = _practices(by_practice)
    return [_compared(code, rows, stored.get(code), sheet) for code, rows in by_practice.items()]


def _compared(code: str, rows: list[Row], practice: Practice | None, sheet: Sheet) -> PracticePlans:
    plans = PracticePlans(code)
    if practice is None:
        plans.new = rows
        return plans
    keys = {row.values["patient"] for row in rows}
    with practice_scope(practice):
        found = PatientPlan.objects.filter(high_user__patient_key__in=keys).values_list(
            "high_user__patient_key", "drafted_on", "pk", "contacts_before"
        )
        stored = {(bytes(key), day): (pk, contacts) for key, day, pk, contacts in found}
        gone = RemovedPatient.objects.filter(patient_key__in=keys)
        removed = {bytes(key) for key in gone.values_list("patient_key", flat=True)}
    for row in rows:
        pk, contacts = stored.get((row.values["patient"], row.values["drafted_on"]), (None, None))
        if row.values["patient"] in removed:
            plans.unchanged += 1
            message = _("This patient was taken out and stays out: the row is skipped.")
            sheet.warn(row, "patient", message, "patient_removed")
        elif pk is None:
            plans.new.append(row)
        elif contacts == row.values["contacts_before"]:
            plans.unchanged += 1
        else:
            plans.changed.append((pk, row))
    return plans


def store_plans(compared: Iterable[PracticePlans], *, actor: User | None) -> None:
    """Store what is new or changed, with one event in the trail of each practice."""
    touched = [plans for plans in compared if plans.new or plans.changed]
    practices = _practices((plans.code for plans in touched), lock=True)
    for plans in touched:
        practice = practices[plans.code]
        with practice_scope(practice):
            _store(plans, practice, actor)
        record(
            actor=actor,
            action=AuditAction.CHANGE,
            obj=(PatientPlan._meta.label_lower, ""),
            practice=practice,
            new=len(plans.new),
            changed=len(plans.changed),
        )


def _store(plans: PracticePlans, practice: Practice, actor: User | None) -> None:
    high_users = _high_users(plans.new, practice)
    PatientPlan.objects.bulk_create(
        [
            PatientPlan(
                practice=practice,
                high_user_id=high_users[row.values["patient"]],
                drafted_on=row.values["drafted_on"],
                contacts_before=row.values["contacts_before"],
                created_by=actor,
            )
            for row in plans.new
        ]
    )
    PatientPlan.objects.bulk_update(
        [
            PatientPlan(pk=pk, contacts_before=r.values["contacts_before"])
            for pk, r in plans.changed
        ],
        ["contacts_before"],
        batch_size=500,
    )


def _high_users(rows: list[Row], practice: Practice) -> dict[bytes, int]:
    """The ids of these patients; new ones get the next numbers, in the order of the file."""
    keys = list(dict.fromkeys(row.values["patient"] for row in rows))
    known = {
        bytes(key): pk
        for key, pk in HighUser.objects.filter(patient_key__in=keys).values_list(
            "patient_key", "pk"
        )
    }
    unknown = [key for key in keys if key not in known]
    last = last_number()
    made = HighUser.objects.bulk_create(
        HighUser(practice=practice, patient_key=key, number=number)
        for number, key in enumerate(unknown, start=last + 1)
    )
    return known | {bytes(patient.patient_key): patient.pk for patient in made}


def _practices(codes: Iterable[str], *, lock: bool = False) -> Mapping[str, Practice]:
    """By code. The lock keeps an upload of the same practice from giving out the same numbers."""
    found = Practice.objects.filter(code__in=list(codes)).order_by("pk")
    if lock:
        found = found.select_for_update(no_key=True)
    return {practice.code: practice for practice in found}
