import pytest

from highusers.imports.definitions import Kind
from highusers.imports.headers import column_letter, read_headers
from highusers.imports.mapping import Shape, choose_columns, find_header_row
from highusers.imports.refusal import Refused
from highusers.imports.synonyms import Field


def chosen(*texts: str, choices: dict[Field, str | int] | None = None) -> dict[str, str]:
    return choose_columns(read_headers(texts), choices or {}, set()).by_name


def shape(*texts: str, choices: dict[Field, str | int] | None = None) -> Shape:
    return choose_columns(read_headers(texts), choices or {}, set()).shape


@pytest.mark.parametrize(
    "header",
    [
        "Patnr", "PATNR", "Patnr.", "Pat.nr.", "Patiëntnummer", "Patientnummer", "Patiëntnr.",
        "Patiënt nummer", "Patiënt-\nnummer", "Patiënt\u00a0nr", " Patiëntnr ", "Patie\u0308ntnr",
        "Patiënt ID", "Nummer patiënt", "Patnr HIS", "\ufeffPatnr", "Patiënt_nummer",
    ],
)  # fmt: skip
def test_patient_headers(header: str) -> None:
    assert chosen(header, "Contacten") == {
        "patient": header.replace("\ufeff", "").strip(),
        "total": "Contacten",
    }


@pytest.mark.parametrize(
    "header",
    [
        "Contacten", "Aantal contacten", "AantContact", "Aant. contact", "Totaal contacten",
        "Totaal aantal contacten", "Aantal\ncontacten", "Contacten (12 mnd)", "Contacten 2023",
        "Contacten laatste 12 maanden", "Aantal contacten per jaar", "Contacten totaal", "Aantal",
        "# contacten",
    ],
)  # fmt: skip
def test_total_headers(header: str) -> None:
    assert chosen("Patnr", header)["total"] == header


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Contactdatum", "date"), ("Datum", "date"), ("Datum contact", "date"),
        ("Contactdatum (dd-mm-jjjj)", "date"), ("Soort contact", "type"),
        ("Contactwijze", "type"), ("Prestatiecode", "type"), ("Contactnr", "number"),
        ("Contactnr.", "number"), ("Geboortejaar", "birth_year"), ("Geslacht", "sex"),
        ("M/V", "sex"),
    ],
)  # fmt: skip
def test_headers_of_contact_rows(header: str, field: str) -> None:
    others = [] if field == "date" else ["Contactdatum"]
    assert chosen("Patnr", *others, header)[field] == header


def test_a_total_wins_over_its_parts() -> None:
    mapping = chosen("Patnr", "Consulten", "E-consulten", "Visites", "Totaal contacten")
    assert mapping == {
        "patient": "Patnr", "total": "Totaal contacten", "consultation": "Consulten",
        "e_consultation": "E-consulten", "visit": "Visites",
    }  # fmt: skip
    assert chosen("Patnr", "Contacten", "Totaal contacten")["total"] == "Totaal contacten"


def test_parts_alone_are_contacts_too() -> None:
    columns = choose_columns(read_headers(["Patnr", "Consulten", "Telefonisch"]), {}, set())
    assert columns.shape is Shape.TOTALS
    assert set(columns.parts) == {Kind.CONSULTATION, Kind.TELEPHONE}


@pytest.mark.parametrize(
    "headers",
    [
        ("Patnr", "Patiëntnummer", "Contacten"), ("Patnr", "Contacten", "Aantal contacten"),
        ("Patnr", "Aantal contacten 2022", "Aantal contacten 2023"),
        ("Patnr", "Contactdatum", "Soort contact", "Contactwijze"),
    ],
)  # fmt: skip
def test_a_tie_names_the_candidates(headers: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as refused:
        chosen(*headers)
    tied = headers[1:] if headers[1] != "Patiëntnummer" else headers[:2]
    assert all(name in refused.value.message for name in tied[-2:])


def test_equal_headers_are_told_apart_by_their_letter() -> None:
    with pytest.raises(Refused) as refused:
        chosen("Patnr", "Contacten", "Contacten")
    assert "B" in refused.value.message
    assert "C)" in refused.value.message
    assert chosen("Patnr", "Contacten", "Contacten", choices={Field.TOTAL: 2})["total"]


def test_a_plain_name_wins_over_a_loose_one() -> None:
    assert chosen("Patnr", "Contacten 2022", "Contacten")["total"] == "Contacten"
    assert chosen("Patnr", "Datum", "Contactdatum", "Soort contact")["date"] == "Contactdatum"


def test_a_choice_overrules() -> None:
    headers = ("Patnr", "Patiëntnummer", "Contacten")
    assert chosen(*headers, choices={Field.PATIENT: "patnr"})["patient"] == "Patnr"
    assert chosen(*headers, choices={Field.PATIENT: "PATIENTNUMMER"})["patient"] == "Patiëntnummer"
    assert chosen("A", "B", choices={Field.PATIENT: "A", Field.TOTAL: "b"})["total"] == "B"


def test_a_field_can_be_left_out() -> None:
    headers = ("Patnr", "Contactdatum", "Soort contact", "Contactwijze")
    assert "type" not in chosen(*headers, choices={Field.TYPE: ""})


def test_a_choice_that_is_not_in_the_file_names_the_headers() -> None:
    with pytest.raises(Refused, match=r"Totaal.*Patnr, Contacten"):
        chosen("Patnr", "Contacten", choices={Field.TOTAL: "Totaal"})


def test_one_column_cannot_be_two_fields() -> None:
    with pytest.raises(Refused, match="Patnr"):
        chosen("Patnr", "Contacten", choices={Field.PATIENT: "Patnr", Field.TOTAL: "Patnr"})


@pytest.mark.parametrize(
    "header",
    [
        "BSN", "B.S.N.", "Burgerservicenummer", "Naam", "Achternaam", "Patiëntnaam", "Adres",
        "Straat", "Postcode", "Woonplaats", "Telefoon", "Telefoonnummer", "Tel.", "Mobiel",
        "E-mail", "E-mailadres", "Geboortedatum", "Geb.datum", "Opmerking", "Naam patiënt",
        "Omschrijving", "Reden van contact",
    ],
)  # fmt: skip
def test_forbidden_headers_cannot_be_chosen(header: str) -> None:
    (read,) = read_headers([header])
    assert read.forbidden
    with pytest.raises(Refused, match=r"."):
        chosen("Patnr", "Contacten", header, choices={Field.PATIENT: header})


def test_a_birth_date_may_give_its_year() -> None:
    assert chosen("Patnr", "Contacten", "Geb.datum")["birth_year"] == "Geb.datum"
    mapping = chosen("Patnr", "Contacten", "Geboortedatum", "Geboortejaar")
    assert mapping["birth_year"] == "Geboortejaar"


def test_shapes() -> None:
    assert shape("Patnr", "Contacten") is Shape.TOTALS
    assert shape("Patnr", "Contactdatum") is Shape.CONTACTS
    assert shape("Patnr", "Datum", "Aantal contacten") is Shape.TOTALS
    assert shape("Patnr", "Contactdatum", "Soort contact", "Aantal") is Shape.CONTACTS
    assert shape("Patnr", "Datum", "Aantal", choices={Field.TOTAL: "Aantal"}) is Shape.TOTALS
    assert shape("Patnr", "Datum", "Totaal contacten", choices={Field.DATE: "Datum"}) is (
        Shape.CONTACTS
    )


def test_a_missing_column_names_the_headers() -> None:
    with pytest.raises(Refused, match="Patnr, Plaats"):
        chosen("Patnr", "Plaats")
    with pytest.raises(Refused, match="Nummer, Contacten"):
        chosen("Nummer", "Contacten")


def test_the_header_row_lies_below_title_lines() -> None:
    head = [
        ["Overzicht contacten per patiënt", "", ""],
        ["Praktijk: De Linde; locatie A", "", ""],
        [],
        ["Periode", "01-04-2023", "31-03-2024"],
        ["Patnr", "Geslacht", "Contacten"],
        ["1", "M", "3"],
    ]
    assert find_header_row(head, {}) == 4


def test_a_title_spread_over_cells_does_not_go_before_the_header_row() -> None:
    head = [
        ["Rapport", "Veelgebruikers", "2023"],
        ["Aantal", "contacten", "per patient"],
        ["Patnr", "Contacten", "X"],
        ["1", "30", ""],
    ]
    assert find_header_row(head, {}) == 2
    assert find_header_row(head[:2], {}) == 1


def test_a_data_row_is_never_taken_for_headers() -> None:
    rows = [["P243", "10-07-2011", "Consult"], ["10001", "M", "contact"]]
    assert find_header_row(rows, {}) is None


def test_a_row_with_the_chosen_headers_is_the_header_row() -> None:
    head = [["Patnr", "Contacten"], ["Kol1", "Kol2"], ["1", "2"]]
    assert find_header_row(head, {Field.PATIENT: "kol1", Field.TOTAL: "Kol2"}) == 1


def test_column_letters() -> None:
    assert [column_letter(index) for index in (0, 25, 26, 51, 701, 702)] == [
        "A", "Z", "AA", "AZ", "ZZ", "AAA",
    ]  # fmt: skip
