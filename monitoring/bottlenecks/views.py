"""What hinders a practice: reporting it, and what PrimaCura does about it."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from monitoring.bottlenecks import services
from monitoring.bottlenecks.forms import AlsoHereForm, BottleneckForm
from monitoring.bottlenecks.services import BottleneckProblemError
from monitoring.bottlenecks.states import BottleneckState, Source, Weight
from monitoring.bottlenecks.words import why_not
from monitoring.models import Bottleneck, StructuralBottleneck
from practices.models import Practice
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, practice_page

REPORT = Permission.REPORT_BOTTLENECK
UNDO = timedelta(hours=1)


@require_safe
@practice_page(REPORT)
def own(request: PracticeRequest) -> HttpResponse:
    """The reports of this practice with what became of them, and what others have, too."""
    reports = Bottleneck.objects.of_practice(request.practice).select_related(
        "structural", "reported_by"
    )
    listed = list(reports.prefetch_related("structural__steps"))
    withdrawn = [one for one in listed if one.withdrawn_at]
    context = {
        "open": [
            one for one in listed if not one.withdrawn_at and one.state != BottleneckState.SOLVED
        ],
        "solved": [one for one in listed if one.state == BottleneckState.SOLVED],
        "withdrawn": withdrawn,
        "just_now": any(_lately(one.withdrawn_at) for one in withdrawn),
        "elsewhere": _elsewhere(request.practice),
        "weights": Weight.choices,
        "usual": Weight.CLEARLY,
    }
    return TemplateResponse(request, "monitoring/bottlenecks/own.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@practice_page(REPORT)
def new(request: PracticeRequest) -> HttpResponse:
    form = BottleneckForm(request.POST or None)
    if request.method == "POST" and form.may_be_kept():
        said = form.said()
        services.report_bottleneck(
            practice=request.practice,
            partner=said.partner,
            partner_name=said.partner_name,
            kind=said.kind,
            weight=said.weight,
            text=said.text,
            source=Source.PRACTICE,
            actor=request.user,
            on_behalf=request.access.on_behalf,
        )
        messages.success(request, _("Reported. PrimaCura puts it beside what others report."))
        return redirect("practice_bottlenecks", request.practice.slug)
    return TemplateResponse(request, "monitoring/bottlenecks/report.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@practice_page(REPORT)
def change(request: PracticeRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    form = BottleneckForm(request.POST or None, bottleneck=found)
    if request.method == "POST" and form.may_be_kept():
        try:
            services.change_bottleneck(bottleneck=found, said=form.said(), actor=request.user)
            messages.success(request, _("Changed."))
        except BottleneckProblemError as error:
            messages.error(request, why_not(error))
        return redirect("practice_bottlenecks", request.practice.slug)
    context = {"form": form, "bottleneck": found}
    return TemplateResponse(request, "monitoring/bottlenecks/report.html", context)


@require_POST
@practice_page(REPORT)
def withdraw(request: PracticeRequest, pk: int) -> HttpResponse:
    """`back` in the form puts it back."""
    found = _own(request, pk)
    try:
        if "back" in request.POST:
            services.put_back_bottleneck(bottleneck=found, actor=request.user)
            messages.success(request, _("The report is back."))
        elif found.source == Source.ALSO_HERE:
            services.take_back_also_here(bottleneck=found, actor=request.user)
            messages.success(request, _("Taken back. You can say it again below."))
        else:
            services.withdraw_bottleneck(bottleneck=found, actor=request.user)
            messages.success(request, _("Withdrawn. You can put it back below."))
    except BottleneckProblemError as error:
        messages.error(request, why_not(error))
    return redirect("practice_bottlenecks", request.practice.slug)


@require_POST
@practice_page(REPORT)
def also_here(request: PracticeRequest, pk: int) -> HttpResponse:
    published = StructuralBottleneck.objects.exclude(published_at=None)
    found, form = get_object_or_404(published, pk=pk), AlsoHereForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose how much it hinders you."))
        return redirect("practice_bottlenecks", request.practice.slug)
    try:
        services.say_also_here(
            structural=found,
            practice=request.practice,
            weight=form.cleaned_data["weight"],
            actor=request.user,
            on_behalf=request.access.on_behalf,
        )
        messages.success(request, _("Noted: you have this, too. You read here what happens."))
    except BottleneckProblemError as error:
        messages.error(request, why_not(error))
    return redirect("practice_bottlenecks", request.practice.slug)


def _lately(at: datetime | None) -> bool:
    """Somebody may want to undo it."""
    return at is not None and at > timezone.now() - UNDO


def _own(request: PracticeRequest, pk: int) -> Bottleneck:
    return get_object_or_404(Bottleneck, pk=pk, practice=request.practice)


def _elsewhere(practice: Practice) -> list[StructuralBottleneck]:
    """What the region published and this practice did not report, with how many practices did."""
    published = StructuralBottleneck.objects.exclude(published_at=None)
    others = published.exclude(state=BottleneckState.SOLVED).exclude(reports__practice=practice)
    return list(others.annotate(practices=Count("reports__practice", distinct=True)))
