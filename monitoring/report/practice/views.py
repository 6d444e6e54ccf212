"""The practice's own year, as a page and a PDF."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from monitoring.report.build import LANGUAGE
from monitoring.report.downloads import as_file
from monitoring.report.files import font_folder
from monitoring.report.practice.document import practice_document
from mtvp.documents.html import page_parts
from mtvp.documents.model import Document
from mtvp.documents.pdf import write_pdf
from practices.audit import record
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import PracticeRequest, practice_page

SEE = Permission.SEE_PRACTICE_REPORT


@require_safe
@practice_page(SEE)
def practice_reports(request: PracticeRequest) -> HttpResponse:
    """The latest year there is something to tell of: this one."""
    return redirect("practice_report", request.practice.slug, _years(request)[0])


@require_safe
@practice_page(SEE)
def practice_report(request: PracticeRequest, year: int) -> HttpResponse:
    document = _document(request, year)
    context = {
        "document": document,
        "parts": page_parts(document.blocks),
        "year": year,
        "years": _years(request),
    }
    return TemplateResponse(request, "monitoring/report/practice.html", context)


@require_safe
@practice_page(SEE)
def practice_report_pdf(request: PracticeRequest, year: int) -> HttpResponse:
    with translation.override(LANGUAGE):
        content = write_pdf(_document(request, year), fonts=font_folder())
    record(
        actor=request.user,
        action=AuditAction.EXPORT,
        obj=("practice_report", str(year)),
        practice=request.practice,
    )
    return as_file(content, "pdf", f"mtvp-{year}-{request.practice.slug}.pdf")


def _document(request: PracticeRequest, year: int) -> Document:
    """404 for a year before the practice began, or that is yet to come."""
    if year not in _years(request):
        raise Http404
    return practice_document(request.practice, year, timezone.localdate())


def _years(request: PracticeRequest) -> list[int]:
    """From the year in which the practice began, the latest first."""
    this_year = timezone.localdate().year
    return list(range(this_year, min(request.practice.start.year, this_year) - 1, -1))
