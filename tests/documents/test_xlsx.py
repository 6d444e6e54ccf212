import io
import zipfile
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from django.utils import translation
from openpyxl import load_workbook

from mtvp.documents.model import Column, Figure, Kind, Mark, Table
from mtvp.documents.words import mark_words
from mtvp.documents.xlsx import number_format, workbook
from tests.documents.sample import ATTACK, FEE, LENGTHY, sample


@pytest.fixture(scope="module")
def content() -> bytes:
    with translation.override("nl"):
        return workbook(sample())


def test_every_table_has_a_sheet_of_its_own_with_a_name_excel_takes(content: bytes) -> None:
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames[1:] == [
        "Regioprestatie",
        "Namen die op een formule lijken",
        "Praktijken",
        "Praktijken (2)",
    ]
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_cells_are_typed_and_equal_the_table(content: bytes) -> None:
    sheet = load_workbook(io.BytesIO(content))["Regioprestatie"]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    with translation.override("nl"):
        hidden, nothing = mark_words(Mark.HIDDEN), mark_words(Mark.NO_FIGURE)
    assert rows[0] == tuple(column.title for column in FEE.columns)
    assert rows[1] == ("2023Q1", 2, hidden, hidden, nothing, 0.5, datetime(2023, 1, 1))
    assert rows[2] == ("2023Q2", 12, 12345, 6172.5, 0.725, 0.5, datetime(2023, 4, 1))
    assert len(rows) == 1 + len(FEE.rows)
    assert [cell.number_format for cell in sheet[6]][1:6] == [
        "#,##0", "#,##0", '"€" #,##0.00', "0.0%", "#,##0.00",
    ]  # fmt: skip


def test_data_never_becomes_a_formula_or_a_link(content: bytes) -> None:
    sheet = load_workbook(io.BytesIO(content))["Namen die op een formule lijken"]
    cells = [cell for row in sheet.iter_rows(min_row=5) for cell in row]
    assert [cell.value for cell in cells] == [value for row in ATTACK.rows for value in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)


def test_headers_stay_in_sight_and_are_printed_on_each_page(content: bytes) -> None:
    sheet = load_workbook(io.BytesIO(content))["Praktijken"]
    assert sheet.freeze_panes == "B5"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet["A4"].font.bold
    assert sheet.max_row == 4 + len(LENGTHY.rows)
    assert sheet.column_dimensions["A"].width >= 40


def test_the_overview_holds_cover_key_figures_and_texts(content: bytes) -> None:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    values = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert values[:2] == [sample().title, sample().subtitle]
    assert 40 in values
    assert 123456.5 in values
    assert 4.55 in values
    assert "Van 40 praktijken ronden er 18 jaar 1 af." in values
    assert "Tot slot." in values


def test_equal_documents_give_equal_files(content: bytes) -> None:
    with translation.override("nl"):
        assert workbook(sample()) == content
    properties = zipfile.ZipFile(io.BytesIO(content)).read("docProps/core.xml").decode()
    assert "2023-12-31T00:00:00Z" in properties
    assert "<dc:creator>PrimaCura</dc:creator>" in properties


def test_patterns_follow_the_kind() -> None:
    assert number_format(Column("a", Kind.DECIMAL, 1)) == "#,##0.0"
    assert number_format(Column("a", Kind.PERCENT)) == "0%"
    assert number_format(Column("a")) == "General"


def test_a_row_that_does_not_fit_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="another number of cells"):
        Table("t", (Column("a"), Column("b")), (("x", 1, Decimal(2)),))


def test_a_long_name_of_a_sheet_ends_at_a_word() -> None:
    tables = tuple(
        Table("Ingeschreven patiënten per fte huisarts per jaar", (Column("a"),), (("x",),))
        for _one in range(2)
    )
    names = load_workbook(io.BytesIO(workbook(replace(sample(), blocks=tables)))).sheetnames
    assert names[1:] == ["Ingeschreven patiënten per fte", "Ingeschreven patiënten per (2)"]


def test_the_overview_says_how_to_read_a_cell_and_what_a_conclusion_is_about(
    content: bytes,
) -> None:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    values = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
    with translation.override("nl"):
        assert {mark_words(Mark.HIDDEN), mark_words(Mark.NO_FIGURE)} <= set(values)
    figure = next(block for block in sample().blocks if isinstance(block, Figure))
    assert f"{figure.chart.title}: {figure.chart.conclusion}" in values
    assert "Regioprestatie" in values[: values.index("Samenvatting")]  # its sheet
    assert "Regioprestatie" not in values[values.index("Samenvatting") :]  # tables alone


def test_a_note_is_read_whole_above_the_headers(content: bytes) -> None:
    sheet = load_workbook(io.BytesIO(content))["Regioprestatie"]
    assert sheet["A3"].value == FEE.note
    assert sheet["A3"].alignment.wrap_text
    (merged,) = sheet.merged_cells.ranges
    assert (merged.min_row, merged.max_row, merged.min_col) == (3, 3, 1)
