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
from interventions.schedules.template_forms import DeclineWeekForm
from mtvp.documents.html import chart_html
from practices.permissions import Permission
from practices.tenancy import SignedInRequest, region_page


@require_safe
@region_page(Permission.EDIT_TEXTS)
def shared(request: SignedInRequest) -> HttpResponse:
    return _page(request)


@require_POST
@region_page(Permission.EDIT_TEXTS)
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(SharedTemplate, pk=pk)
    form = DeclineWeekForm(request.POST)
    try:
        if request.POST.get("do") == "publish":
            sharing.publish(shared=found, actor=request.user)
            messages.success(request, _("All practices see it now."))
        elif form.is_valid():
            sharing.decline(shared=found, actor=request.user, **form.cleaned_data)
            messages.success(
                request, _("Practices do not see it. This practice reads your reason.")
            )
        else:
            return _page(request, found.pk, form)
    except sharing.DecidedMeanwhileError:
        messages.info(request, _("The practice took it back, or a colleague decided."))
    return redirect("region_templates")


def _page(
    request: SignedInRequest, pk: int | None = None, form: DeclineWeekForm | None = None
) -> HttpResponse:
    """`form` came in for the week `pk` without a reason."""
    context = {
        "offered": [_drawn(one) for one in sharing.to_decide()],
        "published": [_drawn(one) for one in sharing.published()],
        "declining": pk,
        "form": form,
    }
    return TemplateResponse(request, "interventions/schedules/region.html", context)


def _drawn(one: SharedTemplate) -> tuple[SharedTemplate, list[str]]:
    return one, [chart_html(chart) for chart in agendas(one.week())]
