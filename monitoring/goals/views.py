"""The five goals of the programme and the national goals, for the region."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from highusers.overview.document import table_of
from monitoring.goals.document import (
    caution,
    course_blocks,
    goals_document,
    neighbourhood_overview,
    specialisms_table,
    whole_courses,
)
from monitoring.goals.facts import national_goals
from monitoring.goals.programme import goals_shown
from monitoring.standing import standing
from mtvp.documents.html import page_html
from practices.audit import record
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import SignedInRequest, region_page
from training.files import xlsx_file


@require_safe
@region_page(Permission.SEE_REGION)
def goals(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    courses = national_goals(today.year)
    neighbourhoods = neighbourhood_overview()
    by_specialism = [one for one in courses if one.detail]
    context = {
        "goals": goals_shown(standing(today), courses, today),
        "caution": caution(),
        "courses": [page_html(course_blocks(one)) for one in whole_courses(courses)],
        "nothing_yet": not any(one.years for one in courses),
        "may_import": Permission.IMPORT_REGION in request.access,
        "specialisms": page_html([specialisms_table(courses)]) if by_specialism else "",
        "neighbourhoods": page_html([table_of(neighbourhoods)]) if neighbourhoods.lines else "",
    }
    return TemplateResponse(request, "monitoring/goals/goals.html", context)


@require_safe
@region_page(Permission.SEE_REGION)
def goals_xlsx(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    courses = national_goals(today.year)
    record(actor=request.user, action=AuditAction.EXPORT, obj=("goals", today.isoformat()))
    document = goals_document(goals_shown(standing(today), courses, today), courses, today)
    return xlsx_file(document, f"mtvp-doelen-{today.isoformat()}")
