"""What the steps hand over: the outcome of a file, and a proposal for its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import formats

from highusers.imports.checks import RowError
from highusers.imports.headers import Header
from highusers.imports.mapping import Shape
from highusers.imports.synonyms import Field
from highusers.imports.totals import Patients

_THOUSANDS = "\N{INVISIBLE SEPARATOR}"


def grouped(value: int) -> str:
    """A number for the text of a `Notice`."""
    return f"{value:,}".replace(",", _THOUSANDS)


@dataclass(frozen=True)
class Notice:
    """A warning: a code that outsiders may rely on and a text, its numbers by `grouped`.

    Outsiders read ``message``, where a number is digits only; pages show ``shown``, where it has
    the points of thousands.
    """

    code: str
    text: str

    @property
    def message(self) -> str:
        return self.text.replace(_THOUSANDS, "")

    @property
    def shown(self) -> str:
        return self.text.replace(_THOUSANDS, formats.get_format("THOUSAND_SEPARATOR"))


@dataclass(frozen=True)
class Returned:
    """Rejected rows as the file has them, for the practice to mend: only columns that may be
    shown. ``places`` are their places in the file, ``cells`` their texts per row of ``errors``."""

    headers: Sequence[str] = ()
    places: Sequence[int] = ()
    cells: Sequence[Sequence[str]] = field(default=(), repr=False)


@dataclass(frozen=True)
class Parsed:
    """A file that can be stored. ``patients``, ``returned`` and the cells of ``errors`` are patient
    data. ``outside_period`` counts the good rows that say nothing about the period."""

    shape: Shape
    encoding: str | None
    delimiter: str | None
    mapping: Mapping[str, str]
    dropped_columns: Sequence[str]
    definition: str
    definition_version: int
    period: tuple[date, date]
    threshold: int
    rows: int
    warnings: Sequence[Notice]
    errors: Sequence[RowError] = field(repr=False)
    patients: Patients = field(repr=False)
    outside_period: int = 0
    returned: Returned = field(default=Returned(), repr=False)

    @property
    def good_rows(self) -> int:
        """Rows that count: neither rejected nor outside the period."""
        return self.rows - self.rejected_rows - self.outside_period

    @property
    def rejected_rows(self) -> int:
        return len(self.errors)

    @property
    def high_users(self) -> int:
        return int((self.patients.frame["contacts"] >= self.threshold).sum())

    @property
    def number_of_patients(self) -> int:
        return len(self.patients.frame)

    @property
    def number_of_contacts(self) -> int:
        return int(self.patients.frame["contacts"].sum())

    @property
    def shown_warnings(self) -> list[dict[str, str]]:
        """The warnings as pages show them."""
        return [{"code": one.code, "message": one.shown} for one in self.warnings]

    def summary(self) -> dict[str, object]:
        """The figures and headers as JSON, without a cell of the file."""
        return {
            "shape": self.shape.value,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "mapping": dict(self.mapping),
            "dropped_columns": list(self.dropped_columns),
            "definition": self.definition,
            "rows": self.rows,
            "rejected_rows": self.rejected_rows,
            "patients": self.number_of_patients,
            "contacts": self.number_of_contacts,
            "threshold": self.threshold,
            "high_users": self.high_users,
            "warnings": [{"code": one.code, "message": one.message} for one in self.warnings],
            "errors": [
                {"row": error.row, "column": error.column, "message": error.message}
                for error in self.errors
            ],
        }


@dataclass(frozen=True)
class Suggestion:
    """The columns of a file and what they were taken for, to be checked by a person.

    ``examples`` (cells, for the practice's own page only) exist for columns that may be kept,
    by their place. ``problem`` says why the columns cannot be used as they now stand.
    """

    shape: Shape | None
    headers: Sequence[Header]
    chosen: Mapping[Field, int]
    examples: Mapping[int, Sequence[str]] = field(repr=False)
    forbidden: Sequence[str]
    problem: str
