"""What is wrong with a file, or worth a look, and where."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from monitoring.region_import.schema import TABLES


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark. `row` is the row as a spreadsheet shows it (the header is row 1), None for a
    whole file; `column` its header. `message` and `code` never hold the contents of a cell."""

    file: str | None
    row: int | None
    column: str | None
    message: str
    code: str = ""


@dataclass(slots=True)
class Findings:
    """Errors, with which nothing is stored, and warnings, with which it is."""

    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    def add(self, other: "Findings") -> None:
        self.errors += other.errors
        self.warnings += other.warnings


def error_as_json(error: Finding) -> dict[str, Any]:
    return {
        "file": error.file,
        "row": error.row,
        "column": error.column,
        "message": error.message,
    }


def warning_as_json(warning: Finding) -> dict[str, Any]:
    return {"code": warning.code, **error_as_json(warning)}


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """By file in the order they are stored in, then by row and column."""
    return sorted(findings, key=_place)


_FILE_ORDER = {table.name: place for place, table in enumerate(TABLES)}
_COLUMN_ORDER = {
    (table.name, column.name): place
    for table in TABLES
    for place, column in enumerate(table.columns)
}


def _place(finding: Finding) -> tuple[int, str, int, int]:
    stem = (finding.file or "").rpartition(".")[0].lower()
    return (
        _FILE_ORDER.get(stem, -1),
        finding.file or "",
        finding.row or 0,
        _COLUMN_ORDER.get((stem, finding.column or ""), -1),
    )
