"""The tables of a report as one CSV: a line per cell, with where it stands."""

from monitoring.report.document import document_of
from monitoring.report.value import Report
from mtvp.documents.csv import formula_safe, rows_csv
from mtvp.documents.words import cell_words

HEADER = ("onderdeel", "tabel", "rij", "kolom", "waarde")


def report_csv(report: Report, *, draft: bool) -> bytes:
    """In the order of the report; figures as the PDF writes them. The header is Dutch whatever
    the reader's language, so that a spreadsheet built on it goes on working."""
    document = document_of(report, draft=draft)
    lines = (
        [
            section,
            table.title,
            cell_words(row[0], table.columns[0]),
            column.title,
            cell_words(value, column),
        ]
        for section, table in document.tables()
        for row in table.rows
        for column, value in zip(table.columns[1:], row[1:], strict=True)
    )
    return rows_csv(HEADER, ([formula_safe(cell) for cell in line] for line in lines))
