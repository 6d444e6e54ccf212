"""What is structural: putting reports together, and what PrimaCura does about it."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from monitoring.bottlenecks import services
from monitoring.bottlenecks.forms import StepForm, StructuralForm
from monitoring.bottlenecks.services import BottleneckProblemError
from monitoring.bottlenecks.states import BottleneckState
from monitoring.bottlenecks.words import why_not
from monitoring.models import Bottleneck, StructuralBottleneck
from practices.permissions import Permission
from practices.tenancy import SignedInRequest, region_page

GROUP = Permission.GROUP_BOTTLENECKS
MOST = 200
"""Reports put together at once."""


@require_safe
@region_page(GROUP)
def structural(request: SignedInRequest) -> HttpResponse:
    found = StructuralBottleneck.objects.select_related("responsible").annotate(
        practices=Count("reports__practice", distinct=True)
    )
    listed = sorted(found, key=lambda one: (one.solved, -one.practices, one.title))
    return TemplateResponse(
        request, "monitoring/bottlenecks/structural_list.html", {"listed": listed}
    )


@require_POST
@region_page(GROUP)
def group(request: SignedInRequest) -> HttpResponse:
    """To a structural one that is there, or on to the page that makes a new one."""
    chosen = _chosen(request.POST)
    if not chosen:
        messages.error(request, _("Tick one report or more first."))
        return redirect("region_bottlenecks")
    into = request.POST.get("structural", "")
    if not into:
        query = QueryDict(mutable=True)
        query.setlist("melding", [str(one.pk) for one in chosen])
        return redirect(f"{reverse('structural_new')}?{query.urlencode()}")
    found = get_object_or_404(StructuralBottleneck, pk=_number(into))
    try:
        added = services.group(structural=found, chosen=chosen, actor=request.user)
    except BottleneckProblemError as error:
        messages.error(request, why_not(error))
        return redirect("region_bottlenecks")
    said = ngettext("%(number)s report added.", "%(number)s reports added.", added)
    messages.success(request, said % {"number": added})
    return redirect("structural_bottleneck", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@region_page(GROUP)
def new(request: SignedInRequest) -> HttpResponse:
    chosen = _chosen(request.POST or request.GET)
    form = StructuralForm(request.POST or None, chosen=chosen)
    if request.method == "POST" and form.may_be_kept():
        try:
            made = services.make_structural(
                chosen=chosen, described=form.described(), actor=request.user
            )
        except BottleneckProblemError as error:
            messages.error(request, why_not(error))
            return redirect("region_bottlenecks")
        messages.success(request, _("Put together. The practices read what PrimaCura does."))
        return redirect("structural_bottleneck", made.pk)
    context = {"form": form, "chosen": chosen}
    return TemplateResponse(request, "monitoring/bottlenecks/structural_new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@region_page(GROUP)
def one(request: SignedInRequest, pk: int) -> HttpResponse:
    """What it is, what was done, and the reports in it."""
    known = StructuralBottleneck.objects.select_related("responsible", "made_by")
    found = get_object_or_404(known, pk=pk)
    form = StepForm(request.POST or None, state=found.state)
    if request.method == "POST" and form.may_be_kept():
        noted = services.note_step(
            structural=found,
            state=form.cleaned_data["state"],
            done=form.cleaned_data["done"],
            actor=request.user,
        )
        if noted:
            messages.success(request, _("Noted. The practices that reported it read it."))
        else:
            messages.info(
                request, _("Nothing changed: choose another status or say what was done.")
            )
        return redirect("structural_bottleneck", pk)
    reports = found.reports.select_related("practice", "reported_by")
    context = {
        "structural": found,
        "form": form,
        "reports": reports.order_by("-weight", "practice__name", "pk"),
        "practices": len({one.practice_id for one in reports}),
        "steps": found.steps.select_related("by"),
        "may_dissolve": found.state == BottleneckState.GROUPED,
    }
    return TemplateResponse(request, "monitoring/bottlenecks/structural.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@region_page(GROUP)
def describe(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(StructuralBottleneck, pk=pk)
    form = StructuralForm(request.POST or None, structural=found)
    if request.method == "POST" and form.may_be_kept():
        services.describe(structural=found, described=form.described(), actor=request.user)
        messages.success(request, _("Saved."))
        return redirect("structural_bottleneck", pk)
    context = {"form": form, "structural": found}
    return TemplateResponse(request, "monitoring/bottlenecks/structural_new.html", context)


@require_POST
@region_page(GROUP)
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    found, shown = get_object_or_404(StructuralBottleneck, pk=pk), "no" not in request.POST
    services.publish(structural=found, shown=shown, actor=request.user)
    if shown:
        messages.success(request, _("All practices read it now, and can say that they have it."))
    else:
        messages.success(request, _("Only the practices that reported it read it now."))
    return redirect("structural_bottleneck", pk)


@require_POST
@region_page(GROUP)
def ungroup(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Bottleneck.objects.exclude(structural=None), pk=pk)
    back = redirect("structural_bottleneck", found.structural_id)
    try:
        services.ungroup(bottleneck=found, actor=request.user)
        messages.success(request, _("Taken out: the report is new again."))
    except BottleneckProblemError as error:
        messages.error(request, why_not(error))
    return back


@require_POST
@region_page(GROUP)
def dissolve(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(StructuralBottleneck, pk=pk)
    try:
        services.dissolve(structural=found, actor=request.user)
    except BottleneckProblemError:
        messages.error(request, _("This was taken up already: it stays on file."))
        return redirect("structural_bottleneck", pk)
    messages.success(request, _("Taken apart: the reports are new again."))
    return redirect("region_bottlenecks")


def _chosen(query: QueryDict) -> list[Bottleneck]:
    pks = [_number(text) for text in query.getlist("melding")[:MOST]]
    found = Bottleneck.objects.standing().filter(pk__in=pks).select_related("practice")
    return list(found.order_by("pk"))


def _number(text: str) -> int:
    """0 for what is no number: no row has it."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
