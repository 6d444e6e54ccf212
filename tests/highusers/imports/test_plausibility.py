"""The warnings, one by one; none of them blocks."""

from datetime import date

import pytest
from django.utils import translation

from tests.highusers.imports.files import codes, csv_of, day, parsed


def _totals(*contacts: int, birth_year: int = 1940) -> bytes:
    rows = [[str(place), str(birth_year), str(number)] for place, number in enumerate(contacts)]
    return csv_of([["Patnr", "Geboortejaar", "Contacten"], *rows])


def _contacts(*types: str) -> bytes:
    rows = [["1", day(place), text] for place, text in enumerate(types)]
    return csv_of([["Patnr", "Contactdatum", "Soort contact"], *rows])


def _message(data: bytes, code: str) -> str:
    (message,) = [one.message for one in parsed(data).warnings if one.code == code]
    return message


def test_an_ordinary_file_gives_no_warning() -> None:
    assert codes(parsed(_totals(*[3] * 98, 40, 31))) == []


@pytest.mark.parametrize(
    ("period", "warned"),
    [
        ((date(2023, 4, 1), date(2024, 3, 31)), False),
        ((date(2023, 3, 1), date(2024, 2, 29)), False),
        ((date(2023, 4, 1), date(2024, 3, 30)), True),
        ((date(2023, 4, 1), date(2024, 4, 1)), True),
        ((date(2023, 4, 1), date(2025, 3, 31)), True),
    ],
)
def test_another_length_than_twelve_months(period: tuple[date, date], warned: bool) -> None:
    assert ("period_length" in codes(parsed(_totals(*[3] * 98, 40, 31), period=period))) is warned


def test_the_share_of_high_users_in_the_file() -> None:
    assert codes(parsed(_totals(*[3] * 334, 40))) == ["share_low"]
    assert codes(parsed(_totals(*[3] * 332, 40))) == []
    assert codes(parsed(_totals(*[3] * 19, 40))) == []
    assert codes(parsed(_totals(*[3] * 18, 40))) == ["share_high"]


def test_a_list_of_high_users_only_is_not_compared_with_itself() -> None:
    assert codes(parsed(_totals(30, 40, 50))) == []
    assert codes(parsed(_totals(30, 40, 50), panel=2095)) == ["share_low"]
    assert codes(parsed(_totals(30, 40, 50), panel=59)) == ["share_high"]
    assert codes(parsed(_totals(30, 40, 50), panel=100)) == []


def test_a_file_of_another_year_is_not_said_to_have_few_high_users() -> None:
    other_year = (date(2019, 4, 1), date(2020, 3, 31))
    outside = parsed(_contacts("Consult", "Visite"), period=other_year, panel=2095)
    assert outside.number_of_patients == 0
    assert codes(outside) == ["outside_period"]


def test_nobody_at_the_threshold_is_said_in_words_and_not_as_a_share() -> None:
    message = _message(_totals(*[3] * 1_234), "share_low")
    assert "1234" in message
    assert "0,00" not in message
    assert "0.00" not in message


def test_pages_show_points_of_thousands_and_outsiders_read_digits() -> None:
    (notice,) = parsed(_totals(*[3] * 1_234)).warnings
    with translation.override("nl"):
        assert "1.234" in notice.shown
    with translation.override("en"):
        assert "1,234" in notice.shown
    assert notice.message.isprintable()


def test_nobody_of_65() -> None:
    usual = [3] * 98
    assert codes(parsed(_totals(*usual, 40, 31, birth_year=1960))) == ["nobody_over_65"]
    assert codes(parsed(_totals(*usual, 40, 31, birth_year=1959))) == []


def test_more_contacts_than_days() -> None:
    message = _message(_totals(*[3] * 98, 366, 367), "many_contacts")
    assert "101" in message
    assert "many_contacts" not in codes(parsed(_totals(*[3] * 99, 366)))


def test_no_remote_contacts() -> None:
    assert "no_remote_contacts" in codes(parsed(_contacts("Consult", "Visite")))
    for remote in ("Telefonisch consult", "E-consult", "12010", "Raar"):
        assert "no_remote_contacts" not in codes(parsed(_contacts("Consult", "Visite", remote)))


def test_channel_totals_without_remote_contacts() -> None:
    header = ["Patnr", "Consulten", "Telefonisch", "Totaal contacten"]
    for telephone, warned in (("0", True), ("1", False)):
        rows = [[str(place), "3", telephone, "3"] for place in range(100)]
        assert ("no_remote_contacts" in codes(parsed(csv_of([header, *rows])))) is warned


def test_common_unknown_types_are_named() -> None:
    message = _message(_contacts(*["Preventie"] * 10, *["Ketenzorg"] * 11), "unknown_type")
    assert "Ketenzorg (11)" in message
    assert "Preventie (10)" in message


@pytest.mark.parametrize(
    ("text", "rows"),
    [("Preventie", 9), ("Jansen 1950", 30), ("x" * 41, 30), ("Dossier \u00b2", 30)],
)
def test_other_unknown_types_are_only_counted(text: str, rows: int) -> None:
    message = _message(_contacts("Consult", *[text] * rows), "unknown_type")
    assert text not in message
    assert "1" in message


def test_known_types_give_no_warning() -> None:
    assert "unknown_type" not in codes(parsed(_contacts("Consult", "12006", "Laboratorium")))
    assert "unknown_type" not in codes(parsed(_totals(1, 2)))


def test_rows_without_a_type_are_counted() -> None:
    assert "3" in _message(_contacts("Consult", "", "", ""), "unknown_type")


def test_many_total_lines_are_listed_briefly() -> None:
    rows = [["Patnr", "X", "Contacten"], ["1", "a", "3"], *([["Subtotaal", "", "3"]] * 15)]
    message = _message(csv_of(rows), "total_line")
    assert "15" in message
    assert "12, …" in message
    assert "13" not in message
