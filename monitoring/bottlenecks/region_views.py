"""What hinders practices, as the region sees it: the list, and the counts per partner."""

from datetime import date

from django.db.models import Count
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from highusers.states import PartnerKind
from monitoring.bottlenecks.choice import PAGE, choice_of, chosen
from monitoring.bottlenecks.exports import bottlenecks_workbook
from monitoring.bottlenecks.facts import counts_by_partner
from monitoring.bottlenecks.querysets import BottleneckQuerySet
from monitoring.bottlenecks.states import BottleneckKind, BottleneckState
from monitoring.models import Bottleneck, StructuralBottleneck
from practices.audit import record
from practices.models import Practice
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import SignedInRequest, region_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@region_page(Permission.SEE_BOTTLENECKS)
def overview(request: SignedInRequest) -> HttpResponse:
    """The coordinator puts together what belongs together; a consultant sees her practices'."""
    groups, choice = Permission.GROUP_BOTTLENECKS in request.access, choice_of(request.GET)
    reports, seen = _seen(request), choice.page * PAGE
    found = chosen(reports, choice).select_related("practice", "structural", "reported_by")
    listed = list(found[seen : seen + PAGE + 1])
    context = {
        "reports": listed[:PAGE],
        "newer": choice.page - 1 if choice.page else None,
        "older": choice.page + 1 if len(listed) > PAGE else None,
        "choice": choice,
        "all": _counted(reports),
        "states": BottleneckState.choices,
        "partners": PartnerKind.choices,
        "kinds": BottleneckKind.choices,
        "groups": groups,
        "structural": _open_structural() if groups else [],
        "own": [] if groups else Practice.objects.filter(consultant=request.user).order_by("name"),
        "query": _without_page(request),
    }
    return TemplateResponse(request, "monitoring/bottlenecks/overview.html", context)


@require_safe
@region_page(Permission.GROUP_BOTTLENECKS)
def by_partner(request: SignedInRequest) -> HttpResponse:
    counts = {(one.partner, one.kind): one for one in counts_by_partner(timezone.localdate())}
    rows = [
        (partner, [counts.get((partner, kind)) for kind in BottleneckKind])
        for partner in PartnerKind
        if any(known == partner for known, _kind in counts)
    ]
    context = {"rows": rows, "kinds": list(BottleneckKind)}
    return TemplateResponse(request, "monitoring/bottlenecks/by_partner.html", context)


@require_safe
@region_page(Permission.GROUP_BOTTLENECKS)
def xlsx(request: SignedInRequest) -> HttpResponse:
    """What the list shows, and all structural ones."""
    today = timezone.localdate()
    reports = chosen(_seen(request), choice_of(request.GET))
    found = list(reports.select_related("practice", "structural"))
    _record_export(request, today, len(found))
    name = f"mtvp-knelpunten-{today.isoformat()}.xlsx"
    return HttpResponse(
        bottlenecks_workbook(found, today),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _seen(request: SignedInRequest) -> BottleneckQuerySet:
    standing = Bottleneck.objects.standing()
    if Permission.GROUP_BOTTLENECKS in request.access:
        return standing
    return standing.of_consultant(request.user)


def _counted(reports: BottleneckQuerySet) -> dict[str, int]:
    """How many there are, and how many are new."""
    counted = reports.order_by().values_list("structural__state").annotate(number=Count("pk"))
    per = {state or "": number for state, number in counted}
    return {"reports": sum(per.values()), "new": per.get("", 0)}


def _open_structural() -> list[StructuralBottleneck]:
    return list(StructuralBottleneck.objects.exclude(state=BottleneckState.SOLVED))


def _without_page(request: SignedInRequest) -> str:
    query = request.GET.copy()
    query.pop("blad", None)
    return query.urlencode()


def _record_export(request: SignedInRequest, today: date, reports: int) -> None:
    record(
        actor=request.user,
        role=request.access.role,
        action=AuditAction.EXPORT,
        obj=("monitoring.bottleneck", today.isoformat()),
        reports=reports,
    )
