"""Papers as files to download."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse

from mtvp.documents.csv import table_csv
from mtvp.documents.model import Document, Table
from mtvp.documents.pdf import write_pdf
from mtvp.documents.xlsx import workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pdf_file(document: Document, name: str, day: date) -> HttpResponse:
    fonts = Path(settings.BASE_DIR) / "static" / "dist" / "fonts"
    return _file(write_pdf(document, fonts=fonts), "application/pdf", f"{name}-{day}.pdf")


def xlsx_file(document: Document, name: str) -> HttpResponse:
    return _file(workbook(document), XLSX, f"{name}.xlsx")


def csv_file(table: Table, name: str) -> HttpResponse:
    return _file(table_csv(table), "text/csv; charset=utf-8", f"{name}.csv")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    """The name is ours and plain: letters, digits and hyphens."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
