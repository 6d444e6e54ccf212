"""What points to a person in a text: certain for a BSN, a guess for names and dates."""

from datetime import date

import pytest

from mtvp.privacy.identifying import Sign, identifying, is_bsn, without_bsn

TODAY = date(2026, 11, 22)
BSN, DATE, NAME = Sign.BSN, Sign.BIRTH_DATE, Sign.NAME


def found(text: str) -> list[tuple[Sign, str]]:
    return [(one.sign, one.text) for one in identifying(text, today=TODAY)]


@pytest.mark.parametrize("digits", ["111222333", "123456782", "010000008", "10000008"])
def test_a_number_that_passes_the_eleven_test_is_a_bsn(digits):
    assert is_bsn(digits)


@pytest.mark.parametrize("digits", ["111222334", "123456789", "000000000", "1112223", "", "abc"])
def test_another_number_is_none(digits):
    assert not is_bsn(digits)


def test_of_all_numbers_one_in_eleven_passes():
    passing = sum(is_bsn(f"{number:09}") for number in range(100_000_000, 100_011_000))
    assert passing == 1000


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("bsn 111222333", "111222333"),
        ("(111222333)", "111222333"),
        ("bsn: 1112.22.333, rugpijn", "1112.22.333"),
        ("111-222-333", "111-222-333"),
        ("111 222 333", "111 222 333"),
    ],
)
def test_a_bsn_in_a_text_is_found_however_it_is_written(text, number):
    assert found(text) == [(BSN, number)]


@pytest.mark.parametrize(
    "text",
    [
        "bel 013-5344521",
        "06-12345678",
        "0612345678",
        "in 2023 kwam zij 41 keer",
        "1.234.567 euro",
        "artikel 1112223334",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12-03-1956", "12-03-1956"),
        ("12/3/56", "12/3/56"),
        ("1956-03-12", "1956-03-12"),
        ("19560312", "19560312"),
        ("12031956", "12031956"),
        ("op 12 maart 1956 geboren", "12 maart 1956"),
        ("12 mrt 1956", "12 mrt 1956"),
        ("geb. 01-02-2026", "01-02-2026"),
    ],
)
def test_a_day_long_ago_looks_like_a_birth(text, day):
    assert found(text) == [(DATE, day)]


@pytest.mark.parametrize(
    "text",
    ["vorige week, 14 maart 2026", "31-02-1956", "geboren in 1956", "54 jaar", "NHG 2019", "1/2"],
)
def test_a_recent_day_a_year_or_an_age_does_not(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mevrouw Jansen belde", "Mevrouw Jansen"),
        ("ik zag mw. de Vries-Bakker", "mw. de Vries-Bakker"),
        ("de heer El Amrani", "de heer El Amrani"),
        ("patiënt Yilmaz kwam", "patiënt Yilmaz"),
        ("J.P. van den Berg", "J.P. van den Berg"),
        ("Jan de Vries uit Goirle", "Jan de Vries"),
        ("zij heet Fatima", "Fatima"),
        ("de buurman van Pietersen", "Pietersen"),
        ("Naam: Öztürk", "Naam: Öztürk"),
    ],
)
def test_what_looks_like_a_name_is_found(text, name):
    assert found(text) == [(NAME, name)]


@pytest.mark.parametrize(
    "text",
    [
        "Mevrouw twijfelde. De heer des huizes ook.",
        "Vrouw, 54 jaar, derde keer met rugpijn. Wel of geen MRI?",
        "Dr. Bakker keek mee, prof. Smit ook",
        "Training Positieve Gezondheid in het Elisabeth-TweeSteden Ziekenhuis",
        "M.R.I. van de knie, volgens de NHG-Standaard",
        "De patiënt wil. Zij bakt bij de bakker.",
    ],
)
def test_ordinary_sentences_are_left_alone(text):
    assert found(text) == []


def test_everything_in_one_text_is_found_once_and_in_order():
    text = "Mevrouw Jansen (geb. 12-03-1956, bsn 111222333) zag J. Smit."
    assert found(text) == [
        (NAME, "Mevrouw Jansen"),
        (DATE, "12-03-1956"),
        (BSN, "111222333"),
        (NAME, "J. Smit"),
    ]


def test_a_long_text_takes_no_long_time():
    assert found("a. " * 20_000) == []
    assert found("van de " * 20_000) == []
    assert found("1 " * 20_000) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("BSN 111222333.", "BSN …."),
        ("111222333 en 123456782", "… en …"),
        ("12 345 67 82", "…"),
        ("telefoon 111222334", "telefoon 111222334"),
        ("geen nummer", "geen nummer"),
    ],
)
def test_a_bsn_can_be_left_out_of_a_text(text, left):
    assert without_bsn(text) == left
