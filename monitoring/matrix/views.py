"""The overview of the region, on screen and as a workbook."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from monitoring.matrix.choice import (
    NEEDS,
    choice_of,
    chosen,
    late,
    order_names,
    place_of,
    summary,
)
from monitoring.matrix.exports import matrix_workbook
from monitoring.matrix.rows import PracticeRow, column_name, practice_rows
from monitoring.matrix.waiting import waiting_for
from monitoring.overview import INTERVENTIONS
from monitoring.standing import standing
from practices.audit import record
from practices.models import Practice
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import SignedInRequest, region_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def all_rows(practices: Iterable[Practice]) -> list[PracticeRow]:
    return practice_rows(standing(timezone.localdate()), practices)


@region_page(Permission.SEE_REGION)
def matrix(request: SignedInRequest) -> HttpResponse:
    practices = list(Practice.objects.in_region_order())
    rows, choice = all_rows(practices), choice_of(request.GET)
    shown = chosen(rows, choice)
    waiting = waiting_for(request.access, practices)
    context = {
        "rows": shown,
        "nothing_yet": not rows,
        "may_import": Permission.IMPORT_REGION in request.access,
        "failed_mails": waiting.failed_mails,
        "waiting": waiting.listed,
        "summary": summary(shown),
        "late": late(shown),
        "choice": choice,
        "orders": order_names(),
        "cohorts": _distinct((row.practice.cohort_id, row.practice.cohort) for row in rows),
        "consultants": _distinct(
            (row.practice.consultant_id, row.practice.consultant) for row in rows
        ),
        "places": sorted({place_of(row.practice) for row in rows}),
        "needs": [name for name in order_names() if name[0] in NEEDS],
        "interventions": [(number, column_name(number)) for number in INTERVENTIONS],
    }
    return TemplateResponse(request, "monitoring/matrix/matrix.html", context)


@region_page(Permission.SEE_REGION)
def matrix_xlsx(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    rows = all_rows(Practice.objects.in_region_order())
    shown = chosen(rows, choice_of(request.GET))
    record(
        actor=request.user,
        role=request.access.role,
        action=AuditAction.EXPORT,
        obj=("region_overview", today.isoformat()),
        practices=len(shown),
    )
    name = f"mtvp-regio-{today.isoformat()}.xlsx"
    return HttpResponse(
        matrix_workbook(shown, today),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _distinct(pairs: Iterable[tuple[int | None, object]]) -> list[tuple[int, str]]:
    """What there is to filter by, by name."""
    found = {key: str(value) for key, value in pairs if key is not None}
    return sorted(found.items(), key=lambda pair: pair[1])
