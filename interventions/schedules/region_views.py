"""Weeks that practices offered, for the coordinator."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from interventions.models import SharedTemplate
from interventions.schedules import sharing
from interventions.schedules.comparing import agendas
from mtvp.documents.html import chart_html
from practices.permissions import Permission
from practices.tenancy import SignedInRequest, region_page


@require_safe
@region_page(Permission.EDIT_TEXTS)
def shared(request: SignedInRequest) -> HttpResponse:
    context = {
        "offered": [_drawn(one) for one in sharing.to_decide()],
        "published": [_drawn(one) for one in sharing.published()],
    }
    return TemplateResponse(request, "interventions/schedules/region.html", context)


@require_POST
@region_page(Permission.EDIT_TEXTS)
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(SharedTemplate, pk=pk)
    publish = request.POST.get("do") == "publish"
    try:
        sharing.decide(shared=found, publish=publish, actor=request.user)
    except sharing.DecidedMeanwhileError:
        messages.info(request, _("The practice took it back, or a colleague decided."))
    else:
        told = _("All practices see it now.") if publish else _("Practices do not see it.")
        messages.success(request, told)
    return redirect("region_templates")


def _drawn(one: SharedTemplate) -> tuple[SharedTemplate, list[str]]:
    return one, [chart_html(chart) for chart in agendas(one.week())]
