"""A practice with full extracts of years in a row, stored without a file.

A patient is a number with contacts per year; none is "not in that extract".
"""

from collections.abc import Mapping, Sequence
from datetime import date

from highusers.models import Extract, HighUser, Judgement, PatientPlan, PatientTotal
from practices.isolation import practice_scope
from practices.models import Practice

FIRST = 2022
THRESHOLD = 30
BELOW = 9_000
"""A patient below the threshold who makes an extract one of all patients."""

Contacts = Mapping[int, Sequence[int | None]]


def key(number: int) -> bytes:
    return number.to_bytes(32)


def end(year: int) -> date:
    return date(FIRST + year, 12, 31)


def extract(practice: Practice, year: int, contacts: Mapping[int, int], **fields) -> Extract:
    """The extract of a calendar year; `full` unless told otherwise."""
    full = fields.pop("full", True)
    rows = dict(contacts) | ({BELOW: 3} if full else {})
    high = sum(1 for number in rows.values() if number >= THRESHOLD)
    found = Extract.objects.create(
        **{
            "practice": practice,
            "period_start": date(FIRST + year, 1, 1),
            "period_end": end(year),
            "source": "upload",
            "definition": "MTVP 2023",
            "definition_version": 1,
            "threshold": THRESHOLD,
            "patients": len(rows),
            "contacts": sum(rows.values()),
            "high_users": high,
        }
        | fields
    )
    with practice_scope(practice):
        PatientTotal.objects.bulk_create(
            PatientTotal(extract=found, practice=practice, patient_key=key(number), contacts=count)
            for number, count in rows.items()
        )
        known = set(HighUser.objects.values_list("number", flat=True))
        HighUser.objects.bulk_create(
            HighUser(practice=practice, patient_key=key(number), number=number)
            for number, count in rows.items()
            if count >= THRESHOLD and number not in known
        )
    return found


def years(practice: Practice, contacts: Contacts, **fields) -> list[Extract]:
    """An extract per year of the listed contacts."""
    number = max(len(listed) for listed in contacts.values())
    return [
        extract(
            practice,
            year,
            {who: listed[year] for who, listed in contacts.items() if listed[year] is not None},
            **fields,
        )
        for year in range(number)
    ]


def plan(practice: Practice, number: int, drafted_on: date, **fields) -> PatientPlan:
    with practice_scope(practice):
        patient = HighUser.objects.get(number=number)
        return PatientPlan.objects.create(
            practice=practice, high_user=patient, drafted_on=drafted_on, **fields
        )


def judged(practice: Practice, number: int, year: int, influenceable: str) -> None:
    with practice_scope(practice):
        patient = HighUser.objects.get(number=number)
        Judgement.objects.create(
            practice=practice,
            high_user=patient,
            period_end=end(year),
            influenceable=influenceable,
        )


def listed(rows: Sequence[Sequence[int]]) -> dict[int, list[int]]:
    """Patients 1, 2, 3 … from rows (u, v0, v1)."""
    return {number: [int(count) for count in row] for number, row in enumerate(rows, 1)}
