from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from highusers.imports import values


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0), ("12", 12), (" 12 ", 12), ("\u00a012\u00a0", 12), ("0034", 34),
        ("1.234", 1234), ("12.345.678", 12345678), ("12,0", 12), ("12.0", 12), ("1.234,0", 1234),
        ("\ufeff7", 7), ("999999999", 999999999),
    ],
)  # fmt: skip
def test_whole_numbers(text: str, number: int) -> None:
    assert values.whole_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\u00a0", "1.23", "1.2345", "1234.567", "12,5", "12.5", "12,00", "1,234", "1e3",
        "+5", "-5", "5-", "n.v.t.", "12 x", "-", ".0", "12.", "1.234.56", "\u0661\u0662",
        "\uff11\uff12", "\u00b2", "\u00bd", "1 234", "1_000", "0x1f", "=1+1", "9999999999", "nan",
        "inf", "TRUE",
    ],
)  # fmt: skip
def test_what_is_no_whole_number(text: str) -> None:
    assert values.whole_number(text) is None


@given(st.integers(min_value=0, max_value=999_999_999))
def test_thousands_points_change_nothing(number: int) -> None:
    written = f"{number:,}".replace(",", ".")
    assert values.whole_number(written) == number
    assert values.whole_number(f"{written},0") == number


@pytest.mark.parametrize(
    "text",
    [
        "05-04-2023", "5-4-2023", "5-4-23", "05-04-23", "2023-04-05", "05-04-2023 08:53",
        "05-04-2023 8:53:10", "2023-04-05T08:53:10.123Z", "2023-04-05 23:59:59", "45021",
        "45021,5", "45021.0", " 05-04-2023 ", "20230405", "\u00a05-4-2023",
    ],
)  # fmt: skip
def test_days(text: str) -> None:
    assert values.calendar_day(text) == date(2023, 4, 5)


@pytest.mark.parametrize(
    "text",
    [
        "", "04/13/2023", "04-13-2023", "31-02-2023", "29-02-2023", "2023-13-01", "2023-02-30",
        "05-04-2023 25:00", "05-04-2023 10:61", "36525", "55154", "5-4-203", "00-00-2023",
        "gisteren", "05-04-2023x", "\u0660\u0665-04-2023", "2023-4-5-6", "4502",
    ],
)  # fmt: skip
def test_what_is_no_day(text: str) -> None:
    assert values.calendar_day(text) is None


def test_day_numbers_at_their_limits() -> None:
    assert values.calendar_day("36526") == date(2000, 1, 1)
    assert values.calendar_day("55153") == date(2050, 12, 31)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2050, 12, 31)))
def test_every_day_is_read_in_every_spelling(day: date) -> None:
    number = (day - date(1899, 12, 30)).days
    spellings = [
        day.isoformat(), day.strftime("%d-%m-%Y"), f"{day.day}-{day.month}-{day:%y}",
        str(number), f"{day.isoformat()}T00:00:00",
    ]  # fmt: skip
    assert {values.calendar_day(text) for text in spellings} == {day}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("123", "123"), ("000123", "123"), (" 123 ", "123"), ("1\u00a0234", "1234"),
        ("123,0", "123"), ("123.0", "123"), ("1.234", "1234"), ("1.234,0", "1234"),
        ("12.345.678", "12345678"), ("P0012", "P0012"), ("p.12", "p12"), ("000", "0"),
        ("100.0", "100"), ("100", "100"), ("1.250", "1250"), ("A-12", "A-12"), ("", ""),
        ("\u00a0", ""), (".", ""), ("00.123", "123"),
    ],
)  # fmt: skip
def test_patient_keys(text: str, key: str) -> None:
    assert values.patient_key(text) == key


@given(st.text(max_size=12))
def test_a_patient_key_is_its_own_key_once_it_is_plain(text: str) -> None:
    key = values.patient_key(text)
    assert key == key.strip()
    assert "." not in key
    assert "\u00a0" not in key


@given(st.from_regex(values.PLAIN_KEY, fullmatch=True))
def test_a_plain_number_is_its_own_key(text: str) -> None:
    assert values.patient_key(text.rstrip("\n")) == text.rstrip("\n")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1955", 1955), ("1955,0", 1955), ("18-07-1930", 1930), ("1930-07-18", 1930),
        ("18-07-1930 00:00:00", 1930), ("18/07/1930", 1930), ("00-00-1930", 1930),
        ("1894", None), ("2031", None), ("55", None), ("1-4-55", None), ("", None),
        ("12345", None), ("onbekend", None),
    ],
)  # fmt: skip
def test_birth_years(text: str, year: int | None) -> None:
    assert values.birth_year(text, latest=2024) == year


@pytest.mark.parametrize(
    ("text", "sex"),
    [("M", "M"), ("man", "M"), ("V", "F"), ("Vrouw", "F"), ("f", "F"), ("", ""), ("?", "")],
)
def test_sex(text: str, sex: str) -> None:
    assert values.sex(text) == sex


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("258813994", True), ("258.813.994", True), ("258813994,0", True), ("258813995", False),
        ("000000000", False), ("", False), ("0", False), ("12345672", True), ("012345672", True),
        ("A58813994", False), ("2588139940", False), ("24", False),
    ],
)  # fmt: skip
def test_eleven_test(text: str, passes: bool) -> None:
    assert values.may_be_bsn(text) is passes
