"""How statuses went: the region month by month, and a practice's own strips."""

from datetime import date

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from interventions.practice_plan.page import period_of
from monitoring.compliance import DUTIES
from monitoring.history.choice import (
    MONTHS,
    Choice,
    DutyCourse,
    choice_of,
    choice_words,
    courses,
    duty_key,
    duty_name,
)
from monitoring.history.course import practice_course, region_course
from monitoring.history.months import month_ends
from monitoring.history.pictures import course_document, duty_chart, practice_strips
from monitoring.overview import INTERVENTIONS
from mtvp.documents.html import chart_html
from practices.audit import record
from practices.models import Practice
from practices.permissions import Permission
from practices.programme_year import NORMED_YEARS, add_months
from practices.states import AuditAction
from practices.tenancy import PracticeRequest, SignedInRequest, practice_page, region_page
from training.files import xlsx_file


@require_safe
@region_page(Permission.SEE_REGION)
def status_course(request: SignedInRequest) -> HttpResponse:
    practices = list(Practice.objects.in_region_order())
    choice = choice_of(request.GET, practices)
    found = _courses(practices, choice)
    context = {
        "choice": choice,
        "charts": [chart_html(duty_chart(one)) for one in found],
        "nothing_yet": not any(any(map(sum, one.counts)) for one in found),
        "months": MONTHS,
        "duties": [(duty_key(duty), duty_name(duty)) for duty in DUTIES],
        "chosen_duty": "" if choice.duty is None else duty_key(DUTIES[choice.duty]),
        "cohorts": sorted({(one.cohort_id, one.cohort.name) for one in practices}),
        "consultants": sorted(
            {
                (str(one.consultant), one.consultant_id)
                for one in practices
                if one.consultant is not None
            }
        ),
    }
    return TemplateResponse(request, "monitoring/history/region.html", context)


@require_safe
@region_page(Permission.SEE_REGION)
def status_course_xlsx(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    practices = list(Practice.objects.in_region_order())
    choice = choice_of(request.GET, practices)
    found = _courses(practices, choice)
    record(actor=request.user, action=AuditAction.EXPORT, obj=("status_course", today.isoformat()))
    subtitle = _("As of %(date)s") % {"date": date_format(today)}
    if chosen := choice_words(choice, practices):
        subtitle = f"{subtitle}; {chosen}"
    return xlsx_file(course_document(found, subtitle, today), f"mtvp-verloop-{today.isoformat()}")


@require_safe
@practice_page(Permission.SEE_PRACTICE)
def practice_statuses(request: PracticeRequest) -> HttpResponse:
    """Strips of all obligations; with `interventie` of one, and for htmx the picture alone."""
    asked = request.GET.get("interventie", "")
    intervention = int(asked) if asked in map(str, INTERVENTIONS) else None
    course = practice_course(request.practice, timezone.localdate())
    picture = chart_html(practice_strips(course, intervention)) if course.days else ""
    years = [period_of(request.practice, year) for year in NORMED_YEARS]
    context = {"picture": picture, "years": years}
    part = "_strips" if request.htmx else "practice"
    return TemplateResponse(request, f"monitoring/history/{part}.html", context)


def _courses(practices: list[Practice], choice: Choice) -> list[DutyCourse]:
    today = timezone.localdate()
    days = _days(practices, choice.months, today)
    return courses(region_course(days, today=today), practices, choice)


def _days(practices: list[Practice], months: int, today: date) -> list[date]:
    """Month ends of so many months, not before the first practice began."""
    earliest = min((one.start for one in practices), default=today)
    first = max(earliest, add_months(today.replace(day=1), -months))
    return month_ends(first, today) if first <= today else [today]
