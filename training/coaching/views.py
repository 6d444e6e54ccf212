"""Asking for coaching in the practice, and answering that."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from practices.permissions import Permission
from practices.tenancy import PracticeRequest, SignedInRequest, practice_page, region_page
from training.coaching import services
from training.coaching.forms import AskForm, DeclineForm, PlanForm
from training.enrolment.services import NotPossibleError
from training.models import CoachingRequest
from training.states import RequestState

LATEST = 50


@practice_page(Permission.ENROL_COLLEAGUES)
def coaching_ask(request: PracticeRequest) -> HttpResponse:
    first = {"course": request.GET.get("cursus", "")}
    form = AskForm(request.POST or None, practice=request.practice, initial=first)
    if request.method == "POST" and form.is_valid():
        services.ask_coaching(
            course=form.cleaned_data["course"],
            practice=request.practice,
            wish=form.asked(),
            actor=request.user,
            on_behalf=request.access.on_behalf,
        )
        messages.success(request, _("Sent. PrimaCura calls you or plans a date; you see it here."))
        return redirect("practice_training", request.practice.slug)
    return TemplateResponse(request, "training/coaching/ask.html", {"form": form})


@require_POST
@practice_page(Permission.ENROL_COLLEAGUES)
def coaching_withdraw(request: PracticeRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(CoachingRequest, practice=request.practice, pk=pk)
    try:
        services.withdraw_coaching(request=asked, actor=request.user)
    except NotPossibleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The request is withdrawn."))
    return redirect("practice_training", request.practice.slug)


@require_safe
@region_page(Permission.RUN_SESSIONS)
def coaching_requests(request: SignedInRequest) -> HttpResponse:
    """What is open, the longest waiting first; then what was answered."""
    found = CoachingRequest.objects.select_related("course", "practice", "session")
    context = {
        "open": found.unanswered(),
        "answered": found.exclude(state=RequestState.OPEN).order_by("-answered_at")[:LATEST],
    }
    return TemplateResponse(request, "training/coaching/list.html", context)


@region_page(Permission.RUN_SESSIONS)
def coaching_plan(request: SignedInRequest, pk: int) -> HttpResponse:
    asked = _request(pk)
    form = PlanForm(request.POST or None, request=asked)
    if request.method == "POST" and form.is_valid():
        try:
            session, without = services.plan_coaching(
                request=asked, fields=form.planned(), actor=request.user
            )
        except NotPossibleError as error:
            messages.error(request, str(error))
            return redirect("coaching_requests")
        messages.success(request, _("Planned. Who was asked for has a place and gets a mail."))
        if without:
            text = _("No place for: %(names)s. Look at the role or another session that day.")
            messages.warning(request, text % {"names": ", ".join(without)})
        return redirect("manage_session", session.pk)
    return TemplateResponse(
        request,
        "training/coaching/plan.html",
        {"asked": asked, "form": form, "decline": DeclineForm(auto_id="decline_%s")},
    )


@require_POST
@region_page(Permission.RUN_SESSIONS)
def coaching_decline(request: SignedInRequest, pk: int) -> HttpResponse:
    form = DeclineForm(request.POST, auto_id="decline_%s")
    asked = _request(pk)
    if not form.is_valid():
        context = {"asked": asked, "form": PlanForm(request=asked), "decline": form}
        return TemplateResponse(request, "training/coaching/plan.html", context)
    try:
        services.decline_coaching(
            request=asked, reason=form.cleaned_data["reason"], actor=request.user
        )
    except NotPossibleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The practice reads your reason."))
    return redirect("coaching_requests")


def _request(pk: int) -> CoachingRequest:
    found = CoachingRequest.objects.select_related("course", "practice", "asked_by__person")
    return get_object_or_404(found, pk=pk)
