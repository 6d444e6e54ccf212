"""What a plan read when it was handed in, what changed since, and the plan on paper."""

from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from interventions.models import PlanVersion
from interventions.practice_plan import services
from interventions.practice_plan.differences import (
    Piece,
    SectionChange,
    section_differences,
)
from interventions.practice_plan.document import plan_document, section_name
from interventions.practice_plan.page import period_of, words_of
from interventions.practice_plan.states import Field, PlanState
from interventions.practice_plan.views import READ, plan_of
from mtvp.documents.pdf import write_pdf
from practices.audit import record
from practices.states import AuditAction
from practices.tenancy import PracticeRequest, practice_page

NAMES = ("handed_in_by__person", "practice_agreed_by__person", "consultant_agreed_by__person")


@require_safe
@practice_page(READ)
def versions(request: PracticeRequest, year: int) -> HttpResponse:
    plan = plan_of(request, year)
    context = {
        "plan": plan,
        "year": year,
        "period": period_of(request.practice, year),
        "versions": plan.versions.select_related(*NAMES),
    }
    return TemplateResponse(request, "interventions/practice_plan/versions.html", context)


@require_safe
@practice_page(READ)
def version(request: PracticeRequest, year: int, number: int) -> HttpResponse:
    """With what changed since the version before it; of the first, what it says."""
    plan = plan_of(request, year)
    found = get_object_or_404(PlanVersion.objects.select_related(*NAMES), plan=plan, number=number)
    before = plan.versions.filter(number__lt=number).first()
    changes = section_differences(before.contents if before else found.contents, found.contents)
    context = {
        "plan": plan,
        "year": year,
        "period": period_of(request.practice, year),
        "version": found,
        "before": before,
        "sections": [(section_name(one.section), one, _lines(one)) for one in changes],
        "changed": any(one.changed for one in changes),
    }
    return TemplateResponse(request, "interventions/practice_plan/version.html", context)


def _lines(change: SectionChange) -> list[tuple[str, tuple[Piece, ...]]]:
    """Label and pieces of the fields that say something, in the order of the format."""
    lines = []
    for name in Field:
        pieces = change.texts.get(name, ())
        if name == Field.BY_ON:
            pieces = tuple(Piece(one.change, words_of(name, one.text)) for one in pieces)
        if pieces:
            lines.append((str(name.label), pieces))
    return lines


@require_safe
@practice_page(READ)
def pdf(request: PracticeRequest, year: int) -> HttpResponse:
    """As it stands now; once agreed, the version that both sides agreed to."""
    plan = plan_of(request, year)
    last = plan.versions.select_related(*NAMES).first()
    agreed = plan.state == PlanState.AGREED and last is not None
    contents = last.contents if agreed and last else services.contents_of(plan)
    document = plan_document(plan, contents, last, timezone.localdate())
    record(actor=request.user, action=AuditAction.EXPORT, obj=plan, practice=request.practice)
    name = f"plan-{request.practice.slug}-jaar-{year}.pdf"
    return HttpResponse(
        write_pdf(document, fonts=Path(settings.BASE_DIR) / "static" / "dist" / "fonts"),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
