"""Which practices have no plan yet, and which wait for whom."""

from collections import Counter

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from monitoring.practice_plans.rows import (
    OF_SIX,
    choice_of,
    chosen,
    plan_rows,
    standing_names,
)
from practices.permissions import Permission
from practices.tenancy import SignedInRequest, region_page


@require_safe
@region_page(Permission.SEE_REGION)
def overview(request: SignedInRequest) -> HttpResponse:
    rows, choice = plan_rows(timezone.localdate()), choice_of(request.GET)
    per = Counter(row.standing for row in rows)
    context = {
        "rows": chosen(rows, choice),
        "all": len(rows),
        "of": OF_SIX,
        "choice": choice,
        "cohorts": sorted({(row.practice.cohort_id, str(row.practice.cohort)) for row in rows}),
        "standings": [(one, name, per[one]) for one, name in standing_names().items()],
    }
    return TemplateResponse(request, "monitoring/practice_plans/overview.html", context)
