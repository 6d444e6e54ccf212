"""Extracts as practices upload them, for tests that store."""

from datetime import date

from highusers.models import HighUser, PatientTotal
from highusers.services import import_extract
from practices.isolation import practice_scope
from practices.models import Practice, User
from tests.highusers.imports.files import csv_of

YEAR = (date(2023, 4, 1), date(2024, 3, 31))
NEXT_YEAR = (date(2024, 4, 1), date(2025, 3, 31))


def totals(contacts: dict[str, int]) -> bytes:
    rows = [[patient, "1950", str(number)] for patient, number in contacts.items()]
    return csv_of([["Patnr", "Geboortejaar", "Contacten"], *rows])


def store(
    practice: Practice,
    contacts: dict[str, int],
    period: tuple[date, date] = YEAR,
    actor: User | None = None,
) -> None:
    import_extract(practice=practice, data=totals(contacts), period=period, actor=actor)


def stored_contacts(practice: Practice, period: tuple[date, date] = YEAR) -> list[int]:
    with practice_scope(practice):
        rows = PatientTotal.objects.filter(extract__period_end=period[1])
        return sorted(rows.values_list("contacts", flat=True))


def high_users(practice: Practice) -> dict[str, str | None]:
    """HIS number by V-code."""
    with practice_scope(practice):
        return {one.code: one.his_number for one in HighUser.objects.order_by("number")}
