"""All training of a practice in one place; and of the region, by practice."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from mtvp.documents.html import page_html
from practices.audit import record
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import PracticeRequest, SignedInRequest, practice_page, region_page
from training.efforts.exports import efforts_document, lines_table, people_table
from training.efforts.rows import Effort, by_practice, efforts
from training.files import csv_file, xlsx_file
from training.models import CoachingRequest, Course, TrainingClaim

YEARS_BACK = 4


@require_safe
@practice_page(Permission.SEE_PRACTICE)
def practice_training(request: PracticeRequest) -> HttpResponse:
    """Who followed what; with what is under way: training claimed, coaching asked for."""
    year, practice = _year(request), request.practice
    found = efforts(year, today=timezone.localdate(), practice=practice)
    may_claim = Permission.CLAIM_FOR_COLLEAGUES in request.access
    claims = TrainingClaim.objects.of_practice(practice).select_related("person")
    context = {
        "year": year,
        "years": _years(),
        "found": found,
        "table": page_html([people_table(found)]),
        "summary": by_practice(found)[0] if found else None,
        "claims": claims if may_claim else claims.filter(person=request.user.person),
        "may_claim": may_claim,
        "may_ask": Permission.ENROL_COLLEAGUES in request.access
        and Course.objects.filter(active=True, in_practice=True).exists(),
        "requests": CoachingRequest.objects.filter(practice=practice)
        .select_related("course", "session")
        .prefetch_related("people"),
    }
    return TemplateResponse(request, "training/efforts/practice.html", context)


@require_safe
@practice_page(Permission.SEE_PRACTICE)
def practice_training_file(request: PracticeRequest, kind: str) -> HttpResponse:
    """`kind` is xlsx or csv; the address allows no other."""
    year, practice = _year(request), request.practice
    found = efforts(year, today=timezone.localdate(), practice=practice)
    return _file(request, year, kind, found)


@require_safe
@region_page(Permission.RUN_SESSIONS)
def region_training(request: SignedInRequest) -> HttpResponse:
    year = _year(request)
    summary = by_practice(efforts(year, today=timezone.localdate()))
    context = {"year": year, "years": _years(), "rows": summary}
    return TemplateResponse(request, "training/efforts/region.html", context)


@require_safe
@region_page(Permission.RUN_SESSIONS)
def region_training_file(request: SignedInRequest, kind: str) -> HttpResponse:
    year = _year(request)
    return _file(request, year, kind, efforts(year, today=timezone.localdate()))


def _file(request: SignedInRequest, year: int, kind: str, found: list[Effort]) -> HttpResponse:
    practice = getattr(request, "practice", None)
    record(
        actor=request.user,
        action=AuditAction.EXPORT,
        obj=("training.efforts", year),
        practice=practice,
        kind=kind,
    )
    name = f"scholing-{practice.slug}-{year}" if practice else f"scholing-{year}"
    if kind == "csv":
        return csv_file(lines_table(found), name)
    made_on = timezone.localdate()
    return xlsx_file(efforts_document(year, by_practice(found), found, made_on=made_on), name)


def _years() -> list[int]:
    this = timezone.localdate().year
    return [this - back for back in range(YEARS_BACK + 1)]


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("jaar", "")
    return int(asked) if asked in map(str, _years()) else _years()[0]
