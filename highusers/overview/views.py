"""High users over practices, neighbourhoods, cohorts and years, on screen and as files."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from highusers.overview import facts
from highusers.overview.choice import EVERY_YEAR, Overview, overview
from highusers.overview.document import (
    chart_blocks,
    conclusion,
    counting_names,
    document_of,
    per_names,
    table_blocks,
    table_of,
)
from highusers.overview.hiding import judged_years
from highusers.overview.team import shown_team
from highusers.overview.team_tables import team_blocks
from mtvp.documents.csv import table_csv
from mtvp.documents.html import page_html
from mtvp.documents.xlsx import workbook
from practices.audit import record
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import SignedInRequest, region_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


@region_page(Permission.SEE_REGION)
def region_high_users(request: SignedInRequest) -> HttpResponse:
    shown, team = _shown(request), shown_team(facts.team_counts())
    context = {
        "shown": shown,
        "choice": shown.choice,
        "conclusion": conclusion(shown),
        "table": page_html(table_blocks(shown)),
        "charts": page_html(chart_blocks(shown)),
        "team": page_html(team_blocks(team)),
        "kinds": per_names(),
        "countings": counting_names(),
        "every_year": EVERY_YEAR,
    }
    return TemplateResponse(request, "highusers/overview/overview.html", context)


@region_page(Permission.SEE_REGION)
def region_high_users_xlsx(request: SignedInRequest) -> HttpResponse:
    shown, team = _shown(request), shown_team(facts.team_counts())
    content = workbook(document_of(shown, team, timezone.localdate()))
    return _file(request, shown, content, "xlsx", XLSX)


@region_page(Permission.SEE_REGION)
def region_high_users_csv(request: SignedInRequest) -> HttpResponse:
    shown = _shown(request)
    return _file(request, shown, table_csv(table_of(shown)), "csv", CSV)


def _shown(request: SignedInRequest) -> Overview:
    return overview(judged_years(facts.practice_years()), request.GET)


def _file(
    request: SignedInRequest, shown: Overview, content: bytes, ending: str, kind: str
) -> HttpResponse:
    today = timezone.localdate().isoformat()
    record(
        actor=request.user,
        role=request.access.role,
        action=AuditAction.EXPORT,
        obj=("region_high_users", today),
        per=shown.choice.per.value,
        lines=len(shown.lines),
    )
    name = f"mtvp-veelgebruikers-{today}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
