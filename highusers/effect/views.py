"""What the plans did: the page of a practice, that of the region, and how it is computed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from highusers.effect import services, words
from highusers.effect.page import years_shown
from highusers.effect.region_page import region_shown
from highusers.models import ComparedYear
from practices.audit import record
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import PracticeRequest, SignedInRequest, practice_page, region_page


@practice_page(Permission.SEE_HIGH_USERS)
def practice_effect(request: PracticeRequest) -> HttpResponse:
    years = years_shown(request.practice)
    record(
        actor=request.user,
        action=AuditAction.READ,
        obj=(ComparedYear._meta.label_lower, ""),
        practice=request.practice,
        years=len(years.compared),
    )
    context = {"years": years, "power": words.power_rows()}
    return TemplateResponse(request, "highusers/effect/practice.html", context)


@region_page(Permission.SEE_REGION)
def region_effect(request: SignedInRequest) -> HttpResponse:
    """Asked again by the page itself while a computation goes on; by hand without JavaScript."""
    part = "_region" if request.htmx else "region"
    return TemplateResponse(request, f"highusers/effect/{part}.html", _region())


@require_POST
@region_page(Permission.SEE_REGION)
def region_effect_anew(request: SignedInRequest) -> HttpResponse:
    services.request_region_effect(actor=request.user)
    return redirect("region_effect")


def effect_explained(request: HttpRequest) -> HttpResponse:
    context = {"power": words.power_rows()}
    return TemplateResponse(request, "highusers/effect/explained.html", context)


def _region() -> dict[str, Any]:
    newest, last = services.newest(), services.last_asked()
    running = services.running()
    return {
        "shown": region_shown(newest) if newest else None,
        "running": running,
        "percent": _percent(running.steps_done, running.steps_total) if running else 0,
        "failed": running is None and last is not None and last != newest,
        "power": words.power_rows(),
    }


def _percent(done: int, total: int) -> int:
    return round(100 * done / total) if total else 0
