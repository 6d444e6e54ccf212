"""What training costs: the region by practice and quarter, a practice its own sessions."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from mtvp.documents.html import page_html
from practices.audit import record
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import PracticeRequest, SignedInRequest, practice_page, region_page
from training.costs.exports import costs_document, lines_table, totals_table
from training.costs.lines import cost_lines, costs_by_practice
from training.files import csv_file, xlsx_file

YEARS_BACK = 2
"""Enrolments are kept as long."""


@require_safe
@region_page(Permission.RUN_SESSIONS)
def of_region(request: SignedInRequest) -> HttpResponse:
    year, today = _year(request), timezone.localdate()
    costs = costs_by_practice(cost_lines(year, today=today))
    context = {
        "year": year,
        "years": _years(),
        "costs": costs,
        "table": page_html([totals_table(costs)]),
        "unknown": sum(one.unknown for one in costs),
    }
    return TemplateResponse(request, "training/costs/region.html", context)


@require_safe
@region_page(Permission.RUN_SESSIONS)
def region_file(request: SignedInRequest, kind: str) -> HttpResponse:
    """`kind` is xlsx or csv; the address allows no other."""
    year, today = _year(request), timezone.localdate()
    lines = cost_lines(year, today=today)
    record(actor=request.user, action=AuditAction.EXPORT, obj=("training.costs", year), kind=kind)
    name = f"scholingskosten-{year}"
    if kind == "csv":
        return csv_file(lines_table(lines), name)
    return xlsx_file(costs_document(year, costs_by_practice(lines), lines, made_on=today), name)


@require_safe
@practice_page(Permission.SEE_PRACTICE)
def of_practice(request: PracticeRequest) -> HttpResponse:
    year, practice = _year(request), request.practice
    lines = cost_lines(year, today=timezone.localdate(), practice=practice)
    costs = costs_by_practice(lines)
    context = {
        "year": year,
        "years": _years(),
        "costs": costs,
        "table": page_html([totals_table(costs), lines_table(lines)]),
    }
    return TemplateResponse(request, "training/costs/practice.html", context)


def _years() -> list[int]:
    this = timezone.localdate().year
    return [this - back for back in range(YEARS_BACK + 1)]


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("jaar", "")
    return int(asked) if asked in map(str, _years()) else _years()[0]
