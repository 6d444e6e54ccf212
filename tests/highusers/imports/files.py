"""Files as practices make them, for the tests."""

import io
from collections.abc import Sequence
from datetime import date, timedelta

import xlsxwriter

from highusers.imports import pipeline
from highusers.imports.result import Parsed

YEAR = (date(2023, 4, 1), date(2024, 3, 31))


def csv_of(rows: Sequence[Sequence[object]], *, sep: str = ";", end: str = "\r\n") -> bytes:
    return end.join(sep.join(str(cell) for cell in row) for row in [*rows, []]).encode()


def xlsx_of(
    rows: Sequence[Sequence[object]], *, before: Sequence[Sequence[Sequence[object]]] = ()
) -> bytes:
    """A workbook with `rows` as its last sheet; `before` are the sheets in front of it."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"default_date_format": "dd-mm-yyyy"})
    for sheet_rows in [*before, rows]:
        sheet = book.add_worksheet()
        for place, row in enumerate(sheet_rows):
            for column, value in enumerate(row):
                if value != "":
                    sheet.write(place, column, value)
    book.close()
    return target.getvalue()


def bsn(number: int) -> str:
    """A number of nine digits that passes the test for a BSN, the `number`-th from 1000."""
    found = -1
    candidate = 100_000_000
    while found < number:
        candidate += 1
        digits = [int(digit) for digit in f"{candidate:09d}"]
        total = sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=False))
        if (total - digits[8]) % 11 == 0:
            found += 1
    return f"{candidate:09d}"


def day(number: int) -> str:
    """The `number`-th day of the year, as a Dutch HIS writes it."""
    return (YEAR[0] + timedelta(days=number)).strftime("%d-%m-%Y")


def parsed(data: bytes, **options: object) -> Parsed:
    return pipeline.parse(data, **{"period": YEAR, **options})


def codes(outcome: Parsed) -> list[str]:
    return [notice.code for notice in outcome.warnings]


def rejected(outcome: Parsed) -> list[int]:
    return [error.row for error in outcome.errors]


def contacts_of(outcome: Parsed) -> dict[str, int]:
    frame = outcome.patients.frame
    return dict(zip(frame["patient"], frame["contacts"].tolist(), strict=True))
