"""A facilitator's year plan: list, month and paper. Who runs the sessions sees those of others."""

from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from monitoring.agenda.choice import month_of
from monitoring.agenda.months import weeks_of
from monitoring.year_plan.document import plan_document
from monitoring.year_plan.plan import as_rows, to_do, year_plan
from practices.models import User
from practices.permissions import Permission
from practices.programme_year import add_months
from practices.states import RegionRoleName
from practices.tenancy import SignedInRequest, region_page
from training.files import pdf_file


@require_safe
@region_page(Permission.SEE_OWN_SESSIONS)
def plan(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    others = _others(request)
    whose = _whose(request, others)
    year = _year(request.GET.get("jaar", ""), today)
    rows = year_plan(whose, year)
    context = {
        "year": year,
        "rows": rows,
        "coming": [row for row in rows if row.session.held_on >= today],
        "over": [row for row in reversed(rows) if row.session.held_on < today],
        "todo": to_do(whose, today),
        "today": today,
        "whose": whose,
        "others": others,
        "query": f"begeleider={whose.pk}&" if whose != request.user else "",
    }
    return TemplateResponse(request, "monitoring/year_plan/plan.html", context)


@require_safe
@region_page(Permission.SEE_OWN_SESSIONS)
def plan_month(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    whose = _whose(request, _others(request))
    first = month_of(request.GET.get("maand", "")) or today.replace(day=1)
    context = {
        "first": first,
        "weeks": weeks_of(first, as_rows(year_plan(whose, first.year))),
        "before": f"{add_months(first, -1):%Y-%m}",
        "after": f"{add_months(first, 1):%Y-%m}",
        "today": today,
        "whose": whose,
        "query": f"begeleider={whose.pk}&" if whose != request.user else "",
    }
    return TemplateResponse(request, "monitoring/year_plan/month.html", context)


@require_safe
@region_page(Permission.SEE_OWN_SESSIONS)
def plan_pdf(request: SignedInRequest, year: int) -> HttpResponse:
    if month_of(f"{year:04d}-01") is None:
        raise Http404
    whose, today = _whose(request, _others(request)), timezone.localdate()
    document = plan_document(whose, year, year_plan(whose, year), today)
    return pdf_file(document, "jaarplan", date(year, 1, 1))


def _others(request: SignedInRequest) -> "QuerySet[User] | None":
    """The facilitators, for who runs the sessions; None for anybody else."""
    if Permission.RUN_SESSIONS not in request.access:
        return None
    leads = User.objects.filter(region_roles__role=RegionRoleName.FACILITATOR)
    return leads.distinct().select_related("person").order_by("name", "email")


def _whose(request: SignedInRequest, others: "QuerySet[User] | None") -> User:
    """Whoever is asked for among those one may look at; otherwise oneself, or the first of them
    for who is no facilitator."""
    listed = list(others or ())
    if not listed or request.user in listed:
        listed.insert(0, request.user)
    asked = request.GET.get("begeleider", "")
    return next((one for one in listed if str(one.pk) == asked), listed[0])


def _year(text: str, today: date) -> int:
    asked = month_of(f"{text}-01")
    return asked.year if asked else today.year
