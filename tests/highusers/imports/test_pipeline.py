"""Whole files through all steps: the sentences of the contract, one by one."""

from datetime import date

import pytest

from highusers.imports.definitions import REGIOPRESTATIE
from highusers.imports.pipeline import suggest
from highusers.imports.refusal import Refused
from highusers.imports.synonyms import Field
from tests.highusers.imports.files import (
    bsn,
    codes,
    contacts_of,
    csv_of,
    day,
    parsed,
    rejected,
    xlsx_of,
)

TOTALS = ["Patnr", "Geslacht", "Contacten"]
CONTACTS = ["Patnr", "Contactdatum", "Soort contact"]


def test_rows_are_accepted_and_rejected_ones() -> None:
    rows = [TOTALS, ["1", "M", "3"], ["2", "V", "geheim"], ["", "", ""], ["3", "V", "40"]]
    outcome = parsed(csv_of([*rows, ["Totaal", "", "43"]]))
    assert (outcome.rows, outcome.rejected_rows, outcome.number_of_patients) == (3, 1, 2)
    assert (outcome.number_of_contacts, outcome.high_users) == (43, 1)
    (error,) = outcome.errors
    assert (error.row, error.column, error.cell) == (3, "Contacten", "geheim")
    assert "geheim" not in str(outcome.summary())


@pytest.mark.parametrize(
    "line",
    [
        ["Totaal", "", "43"], ["TOTAAL:", "2", "43"], ["Subtotaal", "", "3"],
        ["Eindtotaal", "M", "43"], ["Aantal patiënten", "2", "43"], ["Einde", "van", "lijst"],
        ["", "Totaal", "43"], ["", "", "43"], ["Gemaakt op 1 april", "", ""],
        [" totaal", "", "43"], ["\u00a0Totaal", "", "1"],
    ],
)  # fmt: skip
def test_total_lines_are_skipped_and_named(line: list[str]) -> None:
    outcome = parsed(csv_of([TOTALS, ["1", "M", "3"], line, ["2", "V", "40"]]))
    assert (outcome.rows, outcome.rejected_rows) == (2, 0)
    (warning,) = [one for one in outcome.warnings if one.code == "total_line"]
    assert "3" in warning.message


def test_total_words_in_the_header_are_no_total_line() -> None:
    outcome = parsed(csv_of([["Totaal contacten", "Patnr", "X"], ["3", "1", ""], ["40", "2", ""]]))
    assert contacts_of(outcome) == {"1": 3, "2": 40}
    assert "total_line" not in codes(outcome)


def test_the_first_line_of_a_patient_is_kept() -> None:
    rows = [TOTALS, ["007", "M", "x"], ["7", "M", "3"], ["7,0", "M", "9"], ["8", "V", "40"]]
    outcome = parsed(csv_of(rows))
    assert contacts_of(outcome) == {"7": 3, "8": 40}
    assert rejected(outcome) == [2, 4]
    assert "3" in outcome.errors[1].message


def test_patients_without_contacts_are_patients() -> None:
    outcome = parsed(csv_of([TOTALS, ["1", "M", "0"], ["2", "V", "40"]]))
    assert (outcome.number_of_patients, outcome.high_users) == (2, 1)


def test_a_row_without_a_patient_number_is_rejected() -> None:
    outcome = parsed(csv_of([TOTALS, ["", "M", "3"], ["\u00a0", "M", "3"], ["2", "V", "40"]]))
    assert [(error.row, error.column) for error in outcome.errors] == [(2, "Patnr"), (3, "Patnr")]


def test_a_row_is_listed_once_for_its_first_fault() -> None:
    outcome = parsed(csv_of([TOTALS, ["", "M", "veel"], ["2", "V", "40"]]))
    assert [(error.row, error.column) for error in outcome.errors] == [(2, "Patnr")]


def test_the_threshold_itself_is_reached() -> None:
    rows = [TOTALS, ["1", "M", "29"], ["2", "M", "30"], ["3", "V", "31"]]
    assert parsed(csv_of(rows)).high_users == 2
    assert parsed(csv_of(rows), threshold=31).high_users == 1


def test_parts_make_the_total_where_none_is_stated() -> None:
    header = ["Patnr", "Consulten", "Telefonisch", "E-consulten"]
    rows = [header, ["1", "20", "", "9"], ["2", "", "", ""], ["3", "1", "x", "1"]]
    outcome = parsed(csv_of([*rows, ["4", "0", "0", "0"], ["5", "", "", "2"]]))
    assert contacts_of(outcome) == {"1": 29, "4": 0, "5": 2}
    assert [(error.row, error.column) for error in outcome.errors] == [(4, "Telefonisch")]
    assert outcome.patients.by_type.iloc[0].to_dict() == {
        "consultation/practice": 20, "telephone/remote": 0, "e_consultation/remote": 9,
    }  # fmt: skip
    narrow = parsed(csv_of(rows), definition=REGIOPRESTATIE)
    assert contacts_of(narrow) == {"1": 20}


def test_contacts_in_the_period_count_both_days_included() -> None:
    rows = [
        CONTACTS,
        ["1", "31-03-2023", "Consult"],
        ["1", "01-04-2023", "Consult"],
        ["1", "31-03-2024 23:59", "Visite"],
        ["1", "01-04-2024", "Consult"],
        ["2", "2024-04-01", "Consult"],
    ]
    outcome = parsed(csv_of(rows))
    assert contacts_of(outcome) == {"1": 2}
    assert (outcome.rows, outcome.rejected_rows) == (5, 0)
    (warning,) = [one for one in outcome.warnings if one.code == "outside_period"]
    assert "3" in warning.message


def test_only_types_that_count_make_a_patient() -> None:
    rows = [
        CONTACTS,
        ["1", day(1), "Consult"],
        ["1", day(2), "Herhaalrecept"],
        ["2", day(2), "Herhaalrecept"],
        ["3", day(2), "12006"],
        ["4", day(2), "Raar"],
        ["5", day(2), ""],
    ]
    outcome = parsed(csv_of(rows))
    assert contacts_of(outcome) == {"1": 1, "4": 1, "5": 1}
    assert outcome.rows == 6


def test_the_definition_decides_and_sums_answer_both() -> None:
    rows = [CONTACTS, ["1", day(1), "E-consult"], ["1", day(2), "Consult"], ["2", day(3), "Visite"]]
    wide, narrow = parsed(csv_of(rows)), parsed(csv_of(rows), definition=REGIOPRESTATIE)
    assert (contacts_of(wide), contacts_of(narrow)) == ({"1": 2, "2": 1}, {"1": 1, "2": 1})
    assert (wide.definition, narrow.definition) == ("MTVP 2023", "Regioprestatie")
    assert narrow.patients.by_type.iloc[0].to_dict() == {
        "consultation/practice": 1, "visit/home": 0, "e_consultation/remote": 1,
    }  # fmt: skip


def test_months_are_kept_at_or_above_the_threshold_only() -> None:
    rows = [CONTACTS, *(["1", day(20 * number), "Consult"] for number in range(4))]
    outcome = parsed(csv_of([*rows, ["2", day(1), "Consult"]]), threshold=4)
    assert outcome.patients.by_month == {"1": {"2023-04": 2, "2023-05": 2}}


def test_a_repeated_contact_number_is_rejected() -> None:
    header = ["Contactnr", *CONTACTS]
    rows = [
        header,
        ["C1", "1", "30-02-2024", "Consult"],
        ["C1", "1", day(1), "Consult"],
        [" C1 ", "1", day(1), "Consult"],
        ["", "1", day(2), "Consult"],
        ["", "1", day(2), "Consult"],
        ["C2", "1", day(1), "Consult"],
    ]
    outcome = parsed(csv_of(rows))
    assert [(error.row, error.column) for error in outcome.errors] == [
        (2, "Contactdatum"),
        (4, "Contactnr"),
    ]
    assert "3" in outcome.errors[1].message
    assert contacts_of(outcome) == {"1": 4}
    assert "equal_contacts" in codes(outcome)


def test_plain_contact_numbers_repeat_too() -> None:
    rows = [["Contactnr", *CONTACTS], *([n, "1", day(1), "Consult"] for n in (5, 6, 5, 7, 6))]
    assert rejected(parsed(csv_of(rows))) == [4, 6]


def test_equal_lines_without_a_number_count_with_a_warning() -> None:
    header = [*CONTACTS, "Medewerker"]
    rows = [header, *([["1", day(1), "Consult", "HA"]] * 3), ["1", day(1), "Consult", "POH"]]
    outcome = parsed(csv_of(rows))
    assert contacts_of(outcome) == {"1": 4}
    (warning,) = [one for one in outcome.warnings if one.code == "equal_contacts"]
    assert "2" in warning.message
    assert "equal_contacts" not in codes(parsed(csv_of([header, rows[1], rows[4]])))


def test_without_a_type_column_every_row_counts_with_a_warning() -> None:
    outcome = parsed(csv_of([["Patnr", "Datum"], ["1", day(1)], ["1", day(1)], ["2", day(5)]]))
    assert contacts_of(outcome) == {"1": 2, "2": 1}
    assert "unknown_type" in codes(outcome)


def test_a_date_that_is_none_rejects_the_row() -> None:
    rows = [["Patnr", "Datum"], ["1", "13-13-2023"], ["1", ""], ["1", "04/05/2023"], ["1", day(5)]]
    outcome = parsed(csv_of([*rows, ["2", "45100"]]))
    # A line with only its patient number filled is a total line.
    assert rejected(outcome) == [2, 4]
    assert contacts_of(outcome) == {"1": 1, "2": 1}


def test_dates_of_a_workbook() -> None:
    rows = [CONTACTS, [1, date(2023, 5, 1), 12010], [1, 45100, "12010"], ["1", "45100", "Consult"]]
    outcome = parsed(xlsx_of(rows))
    assert contacts_of(outcome) == {"1": 3}
    assert outcome.patients.by_type.iloc[0].to_dict() == {
        "consultation/practice": 1, "consultation_by_length/unknown": 2,
    }  # fmt: skip


def test_every_column_that_is_not_stored_is_named() -> None:
    header = ["Patnr", "Naam", "BSN", "Geb.datum", "Arts", "Geslacht", "Contacten"]
    rows = [header, ["1", "Voorbeeld", bsn(1), "18-07-1930", "A", "V", "40"]]
    outcome = parsed(csv_of([*rows, ["2", "Voorbeeld", bsn(2), "1-4-31", "B", "M", "0"]]))
    assert outcome.dropped_columns == ["Naam", "BSN", "Geb.datum", "Arts"]
    assert outcome.mapping["birth_year"] == "Geb.datum"
    assert outcome.patients.frame["birth_year"].tolist() == [1930, 0]
    assert outcome.patients.frame["sex"].tolist() == ["F", "M"]


def test_a_birth_year_column_with_whole_dates_is_dropped_too() -> None:
    rows = [["Patnr", "Geboortejaar", "Contacten"], ["1", "18-07-1930", "40"], ["2", "1950", "1"]]
    outcome = parsed(csv_of(rows))
    assert outcome.dropped_columns == ["Geboortejaar"]
    assert outcome.patients.frame["birth_year"].tolist() == [1930, 1950]


@pytest.mark.parametrize("written", ["{}", "{:.1f}", "plain"])
def test_a_patient_column_of_bsns_is_refused(written: str) -> None:
    numbers = [bsn(place) for place in range(8)] + ["123456789", "987654320"]
    rows = [["Patnr", "Contacten"]]
    rows += [[number if written == "plain" else written.format(float(number)), "3"]
             for number in numbers]  # fmt: skip
    with pytest.raises(Refused, match="Patnr") as refused:
        parsed(csv_of(rows))
    assert "BSN" in refused.value.message
    assert numbers[0] not in refused.value.message


def test_bsns_that_lost_their_zero_are_known_as_such() -> None:
    short = [number for number in range(10_000_001, 10_002_000) if _passes(f"{number:09d}")][:12]
    with pytest.raises(Refused, match="BSN"):
        parsed(xlsx_of([["Patnr", "Contacten"], *([number, 3] for number in short)]))


def _passes(digits: str) -> bool:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11 == 0


def test_fewer_than_ten_values_or_eighty_percent_are_no_bsns() -> None:
    header = ["Patnr", "Contacten"]
    nine = [[bsn(place), "3"] for place in range(9)]
    assert parsed(csv_of([header, *nine])).rows == 9
    three_others = [["123456789", "3"], ["123456788", "3"], ["123456787", "3"]]
    assert parsed(csv_of([header, *nine, *three_others])).rows == 12


def test_a_column_of_bsns_makes_way_for_the_real_patient_number() -> None:
    rows = [["Patiëntnummer", "Patnr", "Contacten"]]
    rows += [[bsn(place), str(place), "3"] for place in range(12)]
    outcome = parsed(csv_of(rows))
    assert outcome.mapping["patient"] == "Patnr"
    assert outcome.dropped_columns == ["Patiëntnummer"]


def test_a_chosen_column_of_bsns_is_refused() -> None:
    rows = [["Nummer", "Contacten"], *([bsn(place), "3"] for place in range(12))]
    with pytest.raises(Refused, match="BSN"):
        parsed(csv_of(rows), choices={Field.PATIENT: "Nummer"})


@pytest.mark.parametrize("field", [Field.PATIENT, Field.TOTAL])
def test_a_chosen_column_is_known_however_its_name_is_written(field: Field) -> None:
    header = ["Kol. Één", "Patnr" if field is Field.TOTAL else "Contacten"]
    rows = [header, *([bsn(place), str(place)] for place in range(12))]
    with pytest.raises(Refused, match="BSN"):
        parsed(csv_of(rows), choices={field: "kol een"})


def test_parts_without_the_consultations_are_no_total() -> None:
    with pytest.raises(Refused, match="Consult kort"):
        parsed(csv_of([["Patnr", "Consult kort", "Visites"], ["1", "3", "4"]]))


def test_patient_numbers_that_an_export_protected() -> None:
    rows = [["Patnr", "Contacten"], ['="0012"', "3"], ["13", '="40"']]
    assert contacts_of(parsed(csv_of(rows))) == {"12": 3, "13": 40}


def test_a_patient_column_of_names_is_refused() -> None:
    rows = [["Patiënt", "Contacten"], *([f"Voorbeeld {chr(65 + n)}.", "3"] for n in range(12))]
    with pytest.raises(Refused, match="Patiënt"):
        parsed(csv_of(rows))


def test_total_lines_hide_no_bsns_and_are_no_names() -> None:
    subtotals = [["Subtotaal", "", "3"]] * 9
    numbers = [[bsn(place), "M", "3"] for place in range(10)]
    with pytest.raises(Refused, match="BSN"):
        parsed(csv_of([TOTALS, *numbers, *subtotals]))
    assert parsed(csv_of([TOTALS, ["1", "M", "3"], *subtotals, *subtotals])).rows == 1


def test_a_file_without_an_accepted_row_names_its_headers() -> None:
    with pytest.raises(Refused, match="Patnr, Geslacht, Contacten") as refused:
        parsed(csv_of([TOTALS, ["1", "M", "veel"], ["2", "M", "geheim"]]))
    assert "geheim" not in refused.value.message
    with pytest.raises(Refused, match="Patnr, Geslacht, Contacten"):
        parsed(csv_of([TOTALS]))


def test_contacts_that_all_lie_outside_the_period_are_accepted_rows() -> None:
    outcome = parsed(csv_of([CONTACTS, ["1", "01-01-2010", "Consult"]]))
    assert (outcome.rows, outcome.number_of_patients, outcome.high_users) == (1, 0, 0)


def test_progress_is_told_up_to_the_last_row() -> None:
    for quote in ("", '"'):
        told: list[tuple[int, int]] = []
        rows = [CONTACTS, *([f"{quote}1{quote}", day(n), "Consult"] for n in range(50))]
        parsed(csv_of(rows), progress=lambda done, total, told=told: told.append((done, total)))
        assert told[-1] == (50, 50)
        assert told == sorted(told)


def test_a_suggestion_shows_examples_of_kept_columns_only() -> None:
    header = ["Patnr", "Naam", "Geb.datum", "Contacten", "Contacten 2"]
    rows = [header, *([str(n), "Voorbeeld", "18-07-1930", str(n), "1"] for n in range(5))]
    suggestion = suggest(csv_of(rows))
    assert suggestion.problem == ""
    assert suggestion.chosen == {Field.PATIENT: 0, Field.TOTAL: 3, Field.BIRTH_YEAR: 2}
    assert suggestion.examples == {0: ["0", "1", "2"], 3: ["0", "1", "2"], 4: ["1"]}
    assert suggestion.forbidden == ["Naam", "Geb.datum"]


def test_a_suggestion_with_a_tie_leaves_the_field_open() -> None:
    suggestion = suggest(csv_of([["Patnr", "Patiëntnummer", "Contacten"], ["1", "2", "3"]]))
    assert "Patiëntnummer" in suggestion.problem
    assert suggestion.chosen == {Field.TOTAL: 2}
    settled = suggest(
        csv_of([["Patnr", "Patiëntnummer", "Contacten"], ["1", "2", "3"]]),
        choices={Field.PATIENT: 1},
    )
    assert (settled.problem, settled.chosen[Field.PATIENT]) == ("", 1)


def test_a_suggestion_hides_bsns_known_by_content() -> None:
    rows = [["Nummer", "Patnr", "Contacten"], *([bsn(n), str(n), "3"] for n in range(12))]
    suggestion = suggest(csv_of(rows))
    assert suggestion.forbidden == ["Nummer"]
    assert 0 not in suggestion.examples
