"""Bytes to tables of text."""

import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

from monitoring.region_import import read
from monitoring.region_import.read import (
    files_of_folder,
    read_tables,
)

HEADER = ("practice", "date", "time_out_discussed")
TEXT = "practice,date,time_out_discussed\n01000001,2024-02-03,yes\n"


def only(name: str, content: bytes) -> read.RawTable:
    tables, findings = read_tables([(name, content)])
    assert findings.errors == []
    return tables[0]


def refusal(name: str, content: bytes) -> str:
    tables, findings = read_tables([(name, content)])
    assert tables == []
    return findings.errors[0].message


def workbook(rows: list[list[object]], first_sheet_empty: bool = False) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    if first_sheet_empty:
        book.add_worksheet("Leeg")
    sheet = book.add_worksheet("Blad1")
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            if isinstance(value, (date, datetime)):
                sheet.write_datetime(y, x, value, day)
            else:
                sheet.write(y, x, value)
    book.close()
    return target.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_delimiters_and_line_ends(encoding: str, delimiter: str, newline: str) -> None:
    text = "practice,pattern,in_use_from\n01000001,Privé,2024-02-03\n"
    content = text.replace(",", delimiter).replace("\n", newline).encode(encoding)
    table = only("schedules.csv", content)
    assert table.header == ("practice", "pattern", "in_use_from")
    assert table.rows == ((2, ["01000001", "Privé", "2024-02-03"]),)
    assert table.semicolons == (delimiter == ";")


def test_a_sep_line_is_obeyed_and_is_no_row() -> None:
    content = b"sep=;\r\npractice;date;time_out_discussed\r\n01000001;3-2-2024;yes\r\n"
    table = only("visits.csv", content)
    assert (table.header, table.rows) == (HEADER, ((2, ["01000001", "3-2-2024", "yes"]),))


def test_blank_rows_are_skipped_and_keep_their_numbers() -> None:
    content = (
        b"practice;date;time_out_discussed\n;;\n01000001;3-2-2024;yes\n\n01000001;4-2-2024;no\n"
    )
    assert [number for number, _cells in only("visits.csv", content).rows] == [3, 5]


def test_a_header_below_empty_rows_is_found() -> None:
    content = b";;;\r\n;;;\r\npractice;date;time_out_discussed\r\n01000001;3-2-2024;yes\r\n"
    table = only("visits.csv", content)
    assert (table.header, [number for number, _cells in table.rows]) == (HEADER, [4])


def test_quoted_delimiters_and_line_ends_belong_to_the_cell() -> None:
    content = b'practice,pattern,in_use_from\n01000001,"a, b\nc",\n01000001,d,\n'
    rows = only("schedules.csv", content).rows
    assert rows == ((2, ["01000001", "a, b\nc", ""]), (3, ["01000001", "d", ""]))


def test_names_and_headers_in_any_case() -> None:
    table = only("Visits.CSV", b"Practice, DATE ,Time_Out_Discussed\n01000001,2024-02-03,yes\n")
    assert (table.table.name, table.file, table.header) == ("visits", "Visits.CSV", HEADER)


@pytest.mark.parametrize("name", ["visits.xlsx", "visits.csv"])
def test_a_workbook_under_either_ending(name: str) -> None:
    rows = [list(HEADER), [1000001, date(2024, 2, 3), "yes"]]
    table = only(name, workbook(rows, first_sheet_empty=True))
    assert table.rows == ((2, ["1000001", "2024-02-03", "yes"]),)


def test_numbers_of_a_workbook_as_people_see_them() -> None:
    header = ["practice", "year", "indicator", "numerator", "denominator", "national"]
    rows = [header, ["01000001", 2024, "referrals", 0.1 + 0.2, 12.0, 4.6]]
    cells = only("indicators.xlsx", workbook(rows)).rows[0][1]
    assert cells == ["01000001", "2024", "referrals", "0.3", "12", "4.6"]


def test_unknown_files_are_skipped_with_a_warning() -> None:
    tables, findings = read_tables([("notities.csv", b"a,b\n1,2\n"), ("visits.csv", TEXT.encode())])
    assert [table.file for table in tables] == ["visits.csv"]
    assert [(w.file, w.code) for w in findings.warnings] == [("notities.csv", "unknown_file")]


def test_the_same_table_twice_is_an_error() -> None:
    both = [("visits.csv", TEXT.encode()), ("visits.xlsx", workbook([list(HEADER)]))]
    _tables, findings = read_tables(both)
    assert [error.file for error in findings.errors] == ["visits.xlsx"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \r\n\r\n",
        b"\xd0\xcf\x11\xe0rest of an old or protected workbook",
        b"PK\x03\x04 is no zip",
        b'practice,date\n01000001,"open\n',
        b"\xff\xfe\x00",
        b"\x81\x8d\x8f",
    ],
)
def test_what_is_no_table_is_refused_without_repeating_it(content: bytes) -> None:
    message = refusal("visits.csv", content)
    assert message
    assert "01000001" not in message


def zipped(**entries: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_a_zip_gives_its_tables_whatever_folder_they_lie_in() -> None:
    content = zipped(
        **{
            "regio/visits.csv": TEXT.encode(),
            "__MACOSX/regio/._visits.csv": b"b",
            "regio/lees mij.txt": b"c",
            "regio/~$staff.xlsx": b"d",
        }
    )
    tables, findings = read_tables([("Regio.ZIP", content), ("schedules.csv", b"practice\n1")])
    assert [(one.file, one.table.name) for one in tables] == [
        ("visits.csv", "visits"),
        ("schedules.csv", "schedules"),
    ]
    assert (findings.errors, findings.warnings) == ([], [])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"text"])
def test_a_zip_that_does_not_open_is_an_error_of_that_file(content: bytes) -> None:
    tables, findings = read_tables([("regio.zip", content), ("visits.csv", TEXT.encode())])
    assert [one.file for one in tables] == ["visits.csv"]
    assert [one.file for one in findings.errors] == ["regio.zip"]


def test_a_zip_that_was_cut_short_is_not_read_in_part() -> None:
    whole = zipped(**{"visits.csv": TEXT.encode()})
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        entry = archive.getinfo("visits.csv")
    spot = entry.header_offset + 30 + len("visits.csv") + 40
    assert refusal("regio.zip", whole[:spot] + b"?" + whole[spot + 1 :])


def test_a_folder_gives_its_spreadsheets_only(tmp_path: object) -> None:
    for name in ("visits.csv", "staff.XLSX", "compliance.json", "leesmij.md"):
        (tmp_path / name).write_bytes(b"x")  # type: ignore[operator]
    (tmp_path / "sub.csv").mkdir()  # type: ignore[operator]
    assert list(files_of_folder(tmp_path)) == [("staff.XLSX", b"x"), ("visits.csv", b"x")]  # type: ignore[arg-type]
