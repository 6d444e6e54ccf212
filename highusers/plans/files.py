"""A document about a patient as the file that a browser gets."""

from pathlib import Path

from django.conf import settings
from django.http import HttpResponse

from mtvp.documents.model import Document
from mtvp.documents.pdf import write_pdf


def pdf_response(document: Document, name: str) -> HttpResponse:
    """Opens in the browser; nothing is kept on our side."""
    fonts = Path(settings.BASE_DIR) / "static" / "dist" / "fonts"
    return HttpResponse(
        write_pdf(document, fonts=fonts),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
