"""One cell, one reading."""

from datetime import date
from decimal import Decimal

import pytest

from monitoring.region_import.schema import TABLE, TABLES, Column, Kind
from monitoring.region_import.values import UnreadableCellError, plan_reference, read_value


def value(text: str, kind: Kind, name: str = "x", **bounds: int) -> object:
    return read_value(text, Column(name, kind, **bounds))


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (Kind.AGB, "01000001", "01000001"),
        (Kind.AGB, "1000001", "01000001"),
        (Kind.DATE, "2024-02-29", date(2024, 2, 29)),
        (Kind.DATE, "29-02-2024", date(2024, 2, 29)),
        (Kind.DATE, "1-2-2024", date(2024, 2, 1)),
        (Kind.DATE, "2024-02-29 00:00:00", date(2024, 2, 29)),
        (Kind.WHOLE, "0", 0),
        (Kind.WHOLE, "12,0", 12),
        (Kind.WHOLE, "12.0", 12),
        (Kind.DECIMAL, "4,6", Decimal("4.6000")),
        (Kind.DECIMAL, "4.60005", Decimal("4.6001")),
        (Kind.DECIMAL, "0", Decimal("0.0000")),
        (Kind.YES_NO, "yes", True),
        (Kind.YES_NO, "No", False),
        (Kind.EMAIL, "Anna@Linde.example", "anna@linde.example"),
        (Kind.QUARTER, "2024q4", "2024Q4"),
        (Kind.ROLE, "POH", "poh"),
        (Kind.SESSION_KIND, "question_hour", "question_hour"),
        (Kind.INDICATOR, "referrals", ("referrals", "")),
        (Kind.INDICATOR, "referrals: cardiologie", ("referrals", "cardiologie")),
        (Kind.TEXT, "vrij", "vrij"),
    ],
)
def test_what_is_read(kind: Kind, text: str, expected: object) -> None:
    assert value(text, kind) == expected


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.AGB, "100001"),
        (Kind.AGB, "010000011"),
        (Kind.AGB, "0100000A"),
        (Kind.AGB, "٠١٠٠٠٠٠١"),
        (Kind.DATE, "2023-02-29"),
        (Kind.DATE, "31-04-2024"),
        (Kind.DATE, "02/31/2024"),
        (Kind.DATE, "1-2-24"),
        (Kind.DATE, "45352"),
        (Kind.DATE, "0203-01-01"),
        (Kind.DATE, "9999-12-31"),
        (Kind.WHOLE, "-1"),
        (Kind.WHOLE, "1.5"),
        (Kind.WHOLE, "1.000"),
        (Kind.WHOLE, "12,00"),
        (Kind.WHOLE, "1e3"),
        (Kind.WHOLE, "twaalf"),
        (Kind.WHOLE, "2147483648"),
        (Kind.DECIMAL, "-0.5"),
        (Kind.DECIMAL, "1.234,5"),
        (Kind.DECIMAL, "99999999999"),
        (Kind.DECIMAL, "NaN"),
        (Kind.YES_NO, "ja"),
        (Kind.YES_NO, "1"),
        (Kind.YES_NO, "maybe"),
        (Kind.EMAIL, "anna"),
        (Kind.QUARTER, "2024Q5"),
        (Kind.QUARTER, "0000Q1"),
        (Kind.QUARTER, "9999Q4"),
        (Kind.QUARTER, "2024-1"),
        (Kind.ROLE, "soh"),
        (Kind.SESSION_KIND, "feest"),
        (Kind.INDICATOR, "referrals:"),
        (Kind.INDICATOR, "diagnostics:bloed"),
        (Kind.TEXT, "x" * 121),
        (Kind.TEXT, "a\x00b"),
    ],
)
def test_what_is_refused_in_words_that_do_not_repeat_it(kind: Kind, text: str) -> None:
    with pytest.raises(UnreadableCellError) as refusal:
        value(text, kind)
    assert refusal.value.message
    if len(text) > 4:
        assert text not in refusal.value.message


def test_until_may_lie_as_far_away_as_people_write_for_no_end() -> None:
    assert value("31-12-9999", Kind.DATE, name="until") == date(9999, 12, 31)


def test_whole_numbers_have_bounds() -> None:
    assert value("6", Kind.WHOLE, lowest=1, highest=6) == 6
    for text in ("0", "7"):
        with pytest.raises(UnreadableCellError, match=r"1.*6"):
            value(text, Kind.WHOLE, lowest=1, highest=6)


def test_a_reference_keeps_its_identity_when_a_spreadsheet_drops_zeros() -> None:
    spellings = ["V-01", "0012", "12", "000", "12a"]
    assert [plan_reference(text) for text in spellings] == ["V-01", "12", "12", "0", "12a"]


def test_what_may_be_blank_is_what_the_contract_says() -> None:
    blank = {c.name for table in TABLES for c in table.columns if c.blank}
    pipeline = {"invited_on", "information_on", "enrolled_on", "requested_on", "stopped_on"}
    people = {"email", "until", "fte", "registration", "facilitator", "consultant_email"}
    rest = {"start", "preferred_insurer", "neighbourhood", "stop_reason", "national", "capacity"}
    assert blank == pipeline | people | rest | {"in_use_from", "practice"}


def test_the_practice_is_blank_in_indicators_only() -> None:
    with_practice = [t for t in TABLES if any(c.name == "practice" for c in t.columns)]
    assert [t.name for t in with_practice if t.column("practice").blank] == ["indicators"]


def test_the_keys_are_those_of_the_contract() -> None:
    assert {name: table.key for name, table in TABLE.items()} == {
        "cohorts": ("number",),
        "practices": ("code",),
        "panels": ("practice", "quarter", "insurer"),
        "staff": ("practice", "person", "role", "from"),
        "sessions": ("session",),
        "attendance": ("session", "person"),
        "extracts": ("practice", "period_end"),
        "plans": ("practice", "patient", "drafted_on"),
        "visits": ("practice", "date"),
        "questionnaires": ("practice", "programme_year"),
        "schedules": ("practice", "pattern"),
        "exemptions": ("practice", "intervention", "programme_year"),
        "indicators": ("practice", "year", "indicator"),
        "regional_fee": ("practice", "insurer", "from"),
    }
