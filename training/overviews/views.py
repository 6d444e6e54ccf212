"""The coordinator's overviews of what the calendar did: how full, and which lists are kept."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from mtvp.documents.html import page_html
from practices.audit import record
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import SignedInRequest, region_page
from training.files import csv_file, xlsx_file
from training.overviews.exports import (
    fill_document,
    group_tables,
    lists_document,
    lists_table,
    picture,
    sessions_table,
)
from training.overviews.fill import fills, under_minimum
from training.overviews.lists import Lists, attendance_lists
from training.states import SessionKind

YEARS_BACK, YEARS_AHEAD = 2, 1


@require_safe
@region_page(Permission.RUN_SESSIONS)
def fill(request: SignedInRequest) -> HttpResponse:
    year, kind = _year(request), _kind(request)
    rows, today = fills(date(year, 1, 1), date(year, 12, 31), kind), timezone.localdate()
    context = _choices(year) | {
        "kind": kind,
        "kinds": SessionKind.choices,
        "rows": rows,
        "coming": [row for row in rows if row.session.held_on >= today],
        "over": [row for row in reversed(rows) if row.session.held_on < today],
        "figures": page_html([picture(rows), *group_tables(rows)]) if rows else "",
        "thin": under_minimum(today),
    }
    return TemplateResponse(request, "training/overviews/fill.html", context)


@require_safe
@region_page(Permission.RUN_SESSIONS)
def fill_file(request: SignedInRequest, kind: str) -> HttpResponse:
    """`kind` is xlsx or csv; the address allows no other."""
    year = _year(request)
    rows = fills(date(year, 1, 1), date(year, 12, 31), _kind(request))
    record(actor=request.user, action=AuditAction.EXPORT, obj=("training.fill", year), kind=kind)
    name = f"bezetting-{year}"
    if kind == "csv":
        return csv_file(sessions_table(rows), name)
    return xlsx_file(fill_document(year, rows, made_on=timezone.localdate()), name)


@require_safe
@region_page(Permission.RUN_SESSIONS)
def lists(request: SignedInRequest) -> HttpResponse:
    year = _year(request)
    context = _choices(year) | {"lists": _lists(year)}
    return TemplateResponse(request, "training/overviews/lists.html", context)


@require_safe
@region_page(Permission.RUN_SESSIONS)
def lists_file(request: SignedInRequest, kind: str) -> HttpResponse:
    year = _year(request)
    found = _lists(year)
    rows = [*found.missing, *found.unfinished, *found.done]
    record(actor=request.user, action=AuditAction.EXPORT, obj=("training.lists", year), kind=kind)
    name = f"presentielijsten-{year}"
    if kind == "csv":
        return csv_file(lists_table(rows), name)
    return xlsx_file(lists_document(rows, made_on=timezone.localdate()), name)


def _lists(year: int) -> Lists:
    return attendance_lists(date(year, 1, 1), date(year, 12, 31), timezone.localdate())


def _choices(year: int) -> dict[str, object]:
    return {"year": year, "years": _years()}


def _years() -> list[int]:
    this = timezone.localdate().year
    return list(range(this + YEARS_AHEAD, this - YEARS_BACK - 1, -1))


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("jaar", "")
    return int(asked) if asked in map(str, _years()) else timezone.localdate().year


def _kind(request: HttpRequest) -> str:
    asked = request.GET.get("soort", "")
    return asked if asked in SessionKind.values else ""
