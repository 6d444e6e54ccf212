"""The sheet for a visit on screen and on paper: of one practice, or of all visits of a week."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from monitoring.visit_planning.document import sheet_blocks, sheets_document
from monitoring.visit_planning.home_views import visits_in_week, week_of
from monitoring.visit_planning.sheet import Sheet, sheets
from mtvp.documents.html import page_html
from mtvp.documents.model import Block, Document, Heading, Paragraph, WriteOn
from mtvp.documents.pdf import write_pdf
from practices.audit import record
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import PracticeRequest, SignedInRequest, practice_page, region_page

NEW_AGREEMENTS = 2
"""The last blocks of a sheet: a heading and an empty table, to fill in by pen."""


@require_safe
@practice_page(Permission.PLAN_VISITS)
def visit_sheet(request: PracticeRequest) -> HttpResponse:
    """With the questions and without lines to write on: those are for paper."""
    today = timezone.localdate()
    sheet = _sheet(request, today)
    blocks = sheet_blocks(sheet, today)[1:-NEW_AGREEMENTS] if sheet else []
    context = {
        "content": page_html(_on_screen(block) for block in blocks),
        "known": sheet and sheet.known,
    }
    return TemplateResponse(request, "monitoring/visit_planning/sheet.html", context)


@require_safe
@practice_page(Permission.PLAN_VISITS)
def visit_sheet_pdf(request: PracticeRequest) -> HttpResponse:
    today = timezone.localdate()
    sheet = _sheet(request, today)
    if sheet is None:
        raise Http404
    record(
        actor=request.user,
        practice=request.practice,
        action=AuditAction.PRINT,
        obj=("visit_sheet", request.practice.pk),
    )
    title = _("Visit sheet %(practice)s") % {"practice": request.practice.name}
    document = sheets_document([sheet], title, today)
    return _pdf(document, f"gespreksblad-{request.practice.slug}.pdf")


@require_safe
@region_page(Permission.SEE_OWN_VISITS)
def week_sheets_pdf(request: SignedInRequest, day: str) -> HttpResponse:
    """Of all own visits in the week of this day, in one file."""
    try:
        monday = week_of(date.fromisoformat(day))[0]
    except (ValueError, OverflowError):
        raise Http404 from None
    today = timezone.localdate()
    practices = {one.practice_id: one.practice for one in visits_in_week(request.user, monday)}
    own = [one for one in practices.values() if one.consultant_id == request.user.pk]
    found = sheets(own, today)
    for sheet in found:
        record(
            actor=request.user,
            practice=sheet.practice,
            action=AuditAction.PRINT,
            obj=("visit_sheet", sheet.practice.pk),
        )
    title = _("Visits in the week of %(day)s") % {"day": date_format(monday)}
    return _pdf(sheets_document(found, title, today), f"gespreksbladen-{monday}.pdf")


def _on_screen(block: Block) -> Block:
    """A question in place of lines to write on; the page has the name of the practice above it."""
    if isinstance(block, WriteOn):
        return Paragraph(block.label, "note")
    return replace(block, level=2) if isinstance(block, Heading) else block


def _sheet(request: PracticeRequest, today: date) -> Sheet | None:
    """None for a practice that did not begin yet or stopped."""
    found = sheets([request.practice], today)
    return found[0] if found else None


def _pdf(document: Document, name: str) -> HttpResponse:
    fonts = Path(settings.BASE_DIR) / "static" / "dist" / "fonts"
    return HttpResponse(
        write_pdf(document, fonts=fonts),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
