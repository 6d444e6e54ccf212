"""Files as bytes: kinds, encodings, delimiters, sizes."""

import io
import struct
import zipfile
import zlib

import openpyxl
import pytest
import xlsxwriter
from celery.exceptions import SoftTimeLimitExceeded

from highusers.imports import delimited, table, workbook
from highusers.imports.refusal import Refused
from highusers.imports.unread import part_of_sheet, unread_cells
from tests.highusers.imports.files import contacts_of, csv_of, parsed, xlsx_of

ROWS = [["Patiëntnr", "Aantal contacten"], ["1", "3"], ["2", "31"]]
ANSWER = {"1": 3, "2": 31}


@pytest.mark.parametrize("sep", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_delimiters_and_line_ends(sep: str, end: str) -> None:
    outcome = parsed(csv_of(ROWS, sep=sep, end=end))
    assert outcome.delimiter == sep
    assert contacts_of(outcome) == ANSWER


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8-bom"), ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"), ("utf-16-be", "utf-16"), ("cp1252", "windows-1252"),
    ],
)  # fmt: skip
def test_encodings(codec: str, name: str) -> None:
    outcome = parsed(csv_of(ROWS).decode().encode(codec))
    assert outcome.encoding == name
    assert outcome.mapping["patient"] == "Patiëntnr"
    assert contacts_of(outcome) == ANSWER


def test_utf16_with_big_endian_mark() -> None:
    outcome = parsed(b"\xfe\xff" + csv_of(ROWS).decode().encode("utf-16-be"))
    assert contacts_of(outcome) == ANSWER


@pytest.mark.parametrize("line", ["sep=|", "SEP=|", '"sep=|"'])
def test_a_sep_line_is_obeyed_and_is_no_row(line: str) -> None:
    data = f"{line}\r\nPatnr|Contacten\r\n1|x;3\r\n2|31\r\n".encode("utf-8-sig")
    outcome = parsed(data)
    assert outcome.delimiter == "|"
    assert [error.row for error in outcome.errors] == [2]


def test_title_lines_with_other_delimiters() -> None:
    data = (
        "Overzicht, van alle, patiënten, in, de, praktijk\r\n"
        "Periode: 1 april; 31 maart; 12 maanden; alles\r\n\r\n"
        "Patnr\tContacten\r\n1\t3\r\n2\t31\r\n"
    )
    outcome = parsed(data.encode())
    assert outcome.delimiter == "\t"
    assert contacts_of(outcome) == ANSWER


def test_quoted_cells_hold_delimiters_quotes_and_line_ends() -> None:
    data = (
        '"Patnr";"Toelichting";"Aantal\r\ncontacten"\r\n'
        '"1";"zegt: ""ja; nee""";"3"\r\n'
        '"2";"regel 1\r\nregel 2\r\nregel 3";"31"\r\n'
        '"3";"";"veel"\r\n'
    )
    outcome = parsed(data.encode())
    assert contacts_of(outcome) == ANSWER
    assert [(error.row, error.column) for error in outcome.errors] == [(4, "Aantal\r\ncontacten")]


def test_ragged_lines() -> None:
    data = "Patnr;Contacten;Sexe\r\n1;3\r\n2;31;M;extra;nog\r\n3;;V\r\n;;;;\r\n4;5;V;;\r\n"
    outcome = parsed(data.encode())
    assert contacts_of(outcome) == {**ANSWER, "4": 5}
    assert [error.row for error in outcome.errors] == [4]
    assert outcome.rows == 4


def test_blank_lines_keep_their_row_numbers() -> None:
    data = "\r\nPatnr;Contacten;M\r\n\r\n1;3;x\r\n;;\r\n   \r\n2;veel;x\r\n3;31;x\r\n\r\n\r\n"
    outcome = parsed(data.encode())
    assert (outcome.rows, outcome.rejected_rows) == (3, 1)
    assert [error.row for error in outcome.errors] == [7]


def test_a_text_that_is_never_closed_is_refused_with_its_row() -> None:
    data = 'Patnr;Naam;Contacten\r\n1;"Jansen";3\r\n2;"Pietersen;4\r\n3;Smit;5\r\n4;Smit;5\r\n'
    with pytest.raises(Refused, match="3"):
        parsed(data.encode())
    with pytest.raises(Refused, match="3"):
        parsed(data.encode() + b"5;Smit;5\r\n" * 20_000)


def test_an_old_end_of_file_sign_is_no_row() -> None:
    assert parsed(csv_of(ROWS) + b"\x1a").warnings[0].code != "total_line"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xef\xbb\xbf", b"\r\n \r\n", b"\xff\xfe", b"%PDF-1.7\n1 0 obj", b"\x1f\x8b\x08abc",
        b"{\\rtf1 Patnr;Contacten}", b"<html><table><tr><td>Patnr</td></tr></table>",
        b"<?xml version='1.0'?><Workbook/>", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04 no zip at all",
        b"Patnr;Contacten\x00\n1;3\n", bytes(range(256)) * 20,
    ],
)  # fmt: skip
def test_other_kinds_are_refused(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        parsed(data)
    assert refused.value.message


def test_old_and_locked_workbooks_are_told_apart() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    with pytest.raises(Refused) as plain:
        parsed(old)
    with pytest.raises(Refused) as locked:
        parsed(old + "EncryptedPackage".encode("utf-16-le"))
    assert plain.value.message != locked.value.message


def test_another_zip_is_no_workbook() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    with pytest.raises(Refused, match=r"."):
        parsed(target.getvalue())


def test_without_header_row_the_size_is_named() -> None:
    with pytest.raises(Refused, match=r"3.*4") as refused:
        parsed(b"10001;M;3\r\n10002;V;4\r\n10003;V;5\r\n10004;V;6\r\n")
    assert "10001" not in refused.value.message


def test_too_large_is_refused_before_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("highusers.imports.read.MAX_BYTES", 20)
    with pytest.raises(Refused, match="64"):
        parsed(csv_of(ROWS))


@pytest.mark.parametrize("quote", ["", '"'])
def test_the_limit_of_rows(monkeypatch: pytest.MonkeyPatch, quote: str) -> None:
    monkeypatch.setattr(delimited, "MAX_ROWS", 3)
    body = "".join(f"{quote}{number}{quote};3\r\n" for number in range(3))
    assert parsed(f"Titel\r\nPatnr;Contacten\r\n{body}".encode()).rows == 3
    with pytest.raises(Refused, match=r"3"):
        parsed(f"Titel\r\nPatnr;Contacten\r\n{body}9;3\r\n".encode())


def test_limits_are_those_of_the_contract() -> None:
    assert (table.MAX_BYTES, table.MAX_UNPACKED_BYTES) == (64 * 2**20, 300 * 2**20)
    assert table.MAX_ROWS == 1_500_000


def test_a_workbook_is_known_by_its_content() -> None:
    outcome = parsed(xlsx_of(ROWS))
    assert (outcome.encoding, outcome.delimiter) == (None, None)
    assert contacts_of(outcome) == ANSWER


def test_numbers_texts_and_dates_in_a_workbook() -> None:
    rows = [
        ["Patnr", "Geb.datum", "Contacten"],
        [10001, "18-07-1930", 3],
        ["0010002", "", "1.234"],
        [10003, "", 1.234],
        [10004, "", "3,0"],
        [10005, "", True],
        [10006, "", 12.5],
    ]
    outcome = parsed(xlsx_of(rows))
    assert contacts_of(outcome) == {"10001": 3, "10002": 1234, "10004": 3}
    assert [error.row for error in outcome.errors] == [4, 6, 7]
    assert outcome.patients.frame["birth_year"].tolist()[0] == 1930


def test_a_formula_counts_by_the_value_stored_with_it() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Patnr", "Contacten", "Geslacht"])
    sheet.write_row(1, 0, [1])
    sheet.write_formula(1, 1, "=1+2", None, 3)
    sheet.write_row(2, 0, [2, "", "M"])
    sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
    book.close()
    outcome = parsed(target.getvalue())
    assert contacts_of(outcome) == {"1": 3}
    assert [error.row for error in outcome.errors] == [3]


def test_the_first_usable_sheet_below_a_merged_title() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Toelichting bij de uitdraai"])
    book.create_sheet("Leeg")
    sheet = book.create_sheet("Uitdraai")
    sheet["B3"] = "Veelgebruikers"
    sheet.merge_cells("B3:D3")
    for column, text in zip("BCD", ["Patnr", "Geslacht", "Totaal\ncontacten"], strict=True):
        sheet[f"{column}5"] = text
    for row, cells in enumerate([(1, "M", 3), (2, "V", "veel"), (3, "V", 31)], start=6):
        for column, value in zip("BCD", cells, strict=True):
            sheet[f"{column}{row}"] = value
    later = book.create_sheet("Later")
    later.append(["Patnr", "Contacten"])
    later.append([99, 99])
    target = io.BytesIO()
    book.save(target)
    outcome = parsed(target.getvalue())
    assert contacts_of(outcome) == {"1": 3, "3": 31}
    assert [(error.row, error.column) for error in outcome.errors] == [(7, "Totaal\ncontacten")]


def test_a_workbook_that_unpacks_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_UNPACKED_BYTES", 2000)
    with pytest.raises(Refused, match=r"."):
        parsed(xlsx_of(ROWS))


def test_a_zip_that_lies_about_its_size_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_UNPACKED_BYTES", 5_000_000)
    data = _zip_with(b"xl/bomb.xml", bytes(10_000_000), stated=10)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert sum(entry.file_size for entry in archive.infolist()) < 1000
    with pytest.raises(Refused, match=r"uitgepakt|unpacked"):
        parsed(data)


def _zip_with(name: bytes, content: bytes, *, stated: int) -> bytes:
    """A workbook with one more part, whose headers state a size of `stated` bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr(name.decode(), content)
    data = target.getvalue()
    size = struct.pack("<I", len(content))
    return data.replace(size, struct.pack("<I", stated))


def test_two_far_corners_are_refused() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Patnr"
    book.active["B1"] = "Contacten"
    book.active["XFD1048576"] = 1
    target = io.BytesIO()
    book.save(target)
    with pytest.raises(Refused, match=r"."):
        parsed(target.getvalue())


def test_a_damaged_workbook_is_refused() -> None:
    data = xlsx_of(ROWS)
    with pytest.raises(Refused, match=r"."):
        parsed(data[: len(data) // 2])
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", "no xml at all")
    with pytest.raises(Refused, match=r"."):
        parsed(target.getvalue())


def test_a_workbook_that_takes_too_long_is_not_called_damaged() -> None:
    def slow() -> None:
        raise SoftTimeLimitExceeded

    with pytest.raises(SoftTimeLimitExceeded):
        workbook.guarded(slow)


def test_a_stream_that_is_no_deflate_is_refused() -> None:
    data = xlsx_of(ROWS)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
        start = entry.header_offset + 30 + len(entry.filename)
    assert zlib.decompress(data[start : start + entry.compress_size], -15)
    with pytest.raises(Refused, match=r"."):
        parsed(data[:start] + b"\xff" * entry.compress_size + data[start + entry.compress_size :])


@pytest.mark.parametrize("written", ['r="XFD1048576"', "r='XFD1048576'", 'r = "XFD1048576"'])
def test_far_corners_are_seen_however_they_are_written(written: str) -> None:
    sheet = (
        f'<worksheet><sheetData><row r="1"><c\t{written}><v>1</v></c></row></sheetData></worksheet>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    with pytest.raises(Refused) as refused:
        parsed(target.getvalue())
    assert isinstance(refused.value, workbook.TooLargeUnpacked)


def cells_without_value() -> bytes:
    """Errors, a formula that was never computed, one that gave nothing, and a blank."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Patnr", "Contacten"])
        for row in range(1, 7):
            sheet.write_number(row, 0, row)
        sheet.write_number(1, 1, 40)
        sheet.write_formula(2, 1, "=NA()", None, "#N/A")
        sheet.write_formula(3, 1, "=A1&B1", None, "")
        sheet.write_formula(4, 1, "=20+21", None, 41)
        sheet.write_formula(5, 1, '=IF(A1="<","",1)', None, "#DIV/0!")
    return target.getvalue()


def test_an_error_or_an_uncomputed_formula_is_a_rejected_row_and_no_total_line() -> None:
    outcome = parsed(cells_without_value())
    assert (outcome.rows, outcome.number_of_patients) == (5, 2)
    assert [(error.row, error.column, error.cell) for error in outcome.errors] == [
        (3, "Contacten", "#N/A"),
        (4, "Contacten", "=A1&B1"),
        (6, "Contacten", "#DIV/0!"),
    ]
    # A blank stays the contract's own "one filled cell only".
    notice = next(one for one in outcome.warnings if one.code == "total_line")
    assert "7" in notice.message


def test_cells_without_value_are_found_wherever_the_pieces_end() -> None:
    with zipfile.ZipFile(io.BytesIO(cells_without_value())) as archive:
        assert part_of_sheet(archive, 0) == "xl/worksheets/sheet1.xml"
        assert part_of_sheet(archive, 1) is None
        content = archive.read("xl/worksheets/sheet1.xml")
    whole = {(2, 1): "#N/A", (3, 1): "=A1&B1", (5, 1): "#DIV/0!"}
    for size in (1, 7, 64, len(content)):
        pieces = (content[place : place + size] for place in range(0, len(content), size))
        assert unread_cells(pieces) == whole
