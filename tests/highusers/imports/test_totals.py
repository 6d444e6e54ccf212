"""Figures against an oracle of plain loops, over files made at random."""

import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from highusers.imports.refusal import Refused
from tests.highusers.imports import oracle
from tests.highusers.imports.files import YEAR, contacts_of, csv_of, parsed, rejected, xlsx_of

PATIENTS = st.sampled_from(["1", "01", "2", "2,0", "1.234", "1234", "P7", "", " 3 ", "Totaal", "4"])
NUMBERS = st.sampled_from(
    ["0", "3", "29", "30", "31", "1.234", "12,0", "12.0", "1.23", "-5", "+5", "1e3", "", "x", "007"]
)
DAYS = st.sampled_from(
    ["31-03-2023", "01-04-2023", "1-4-23", "31-03-2024 10:00", "2024-04-01", "45100", "30-02-2024",
     "", "2023-12-31", "04/05/2023"]
)  # fmt: skip
TYPES = st.sampled_from(
    ["Consult", "Visite", "Telefonisch consult", "E-consult", "12010", "12006", "Herhaalrecept",
     "Laboratorium", "Preventie", ""]
)  # fmt: skip


def _make(kind: str, rows: list[list[str]]) -> bytes:
    return xlsx_of(rows) if kind == "xlsx" else csv_of(rows)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(PATIENTS, st.sampled_from(["M", "V", ""]), NUMBERS), max_size=20),
    st.sampled_from(["csv", "xlsx"]),
)
def test_totals_as_plain_loops_count_them(rows: list[Any], kind: str) -> None:
    cells = [list(row) for row in rows]
    found, wrong, count = oracle.totals(cells)
    try:
        outcome = parsed(_make(kind, [["Patnr", "Geslacht", "Contacten"], *cells]))
    except Refused:
        assert not found
        return
    assert contacts_of(outcome) == found
    assert rejected(outcome) == wrong
    assert (outcome.rows, outcome.rejected_rows) == (count, len(wrong))
    assert outcome.high_users == sum(number >= 30 for number in found.values())


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["", "", "1", "2", "C9"]), PATIENTS, DAYS, TYPES), max_size=25
    ),
    st.sampled_from(["csv", "xlsx"]),
)
def test_contacts_as_plain_loops_count_them(rows: list[Any], kind: str) -> None:
    cells = [list(row) for row in rows]
    found, wrong, count, outside = oracle.contacts(cells, *YEAR)
    header = ["Contactnr", "Patnr", "Contactdatum", "Soort contact"]
    try:
        outcome = parsed(_make(kind, [header, *cells]), threshold=2)
    except Refused:
        assert len(wrong) == count
        return
    assert contacts_of(outcome) == found
    assert rejected(outcome) == wrong
    assert (outcome.rows, outcome.rejected_rows) == (count, len(wrong))
    assert outcome.high_users == sum(number >= 2 for number in found.values())
    months = outcome.patients.by_month
    assert {patient: sum(of.values()) for patient, of in months.items()} == {
        patient: number for patient, number in found.items() if number >= 2
    }
    told = [one.message for one in outcome.warnings if one.code == "outside_period"]
    assert [int(re.search("[0-9]+", text)[0]) for text in told] == ([outside] if outside else [])
