"""How the apps above tell what they hold on a patient or a person.

A module that has these functions can be announced as it is.
"""

from typing import Any, Protocol

from practices.models import Person, Practice, User


class PatientRecords(Protocol):
    """Each is called inside the scope of the practice."""

    def key_of(self, practice: Practice, code: str) -> bytes | None:
        """The key of a patient by V-code or by the key itself in hexadecimal digits; None when
        nothing is held under it."""

    def key_of_number(self, practice: Practice, number: str) -> bytes | None:
        """The key by the number in the GP system; None when nothing is held under it."""

    def held(self, practice: Practice, key: bytes) -> dict[str, Any]:
        """What is held, ready for JSON, under a heading per kind."""

    def remove(self, practice: Practice, key: bytes, reason: str, actor: User) -> dict[str, int]:
        """Take the patient out for good and return the number of rows per kind."""


class PersonRecords(Protocol):
    def held_on_person(self, person: Person | None, account: User | None) -> dict[str, Any]:
        """What is held, ready for JSON, under a heading per kind."""


patient_records: list[PatientRecords] = []
person_records: list[PersonRecords] = []
