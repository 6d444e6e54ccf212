"""The page of one patient, and what can be done with the plan."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from highusers.lookup import high_user_or_404, latest_plan, latest_plan_or_404
from highusers.models import HighUser, Judgement, PatientPlan, PlanAction
from highusers.plans import services
from highusers.plans.copying import plain_text
from highusers.plans.document import plan_document
from highusers.plans.files import pdf_response
from highusers.plans.forms import CloseForm, PlanForm, taken_over
from highusers.plans.page import evaluations_of, facts_of, patient_page
from highusers.plans.services import NotNowError, OvertakenError
from highusers.plans.steps import state_tag
from highusers.plans.versions import history
from highusers.plans.waiting import next_to_plan
from highusers.states import OPEN, ActionState, Outcome
from practices.audit import record
from practices.models import Practice
from practices.permissions import Permission
from practices.programme_year import add_months
from practices.states import AuditAction
from practices.tenancy import PracticeRequest, practice_page

EVALUATE_AFTER_MONTHS = 3


@practice_page(Permission.SEE_PLANS)
@require_GET
def plan(request: PracticeRequest, code: str) -> HttpResponse:
    high_user = high_user_or_404(request.practice, code)
    record(actor=request.user, action=AuditAction.READ, obj=high_user, practice=request.practice)
    context = patient_page(request, high_user)
    return TemplateResponse(request, "highusers/plans/plan.html", context)


@practice_page(Permission.SEE_PLANS)
@require_POST
def number(request: PracticeRequest, code: str) -> HttpResponse:
    high_user = high_user_or_404(request.practice, code)
    shown = services.reveal_number(
        practice=request.practice, high_user=high_user, actor=request.user
    )
    context = patient_page(request, high_user) | {"number": shown, "number_asked": True}
    return TemplateResponse(request, "highusers/plans/plan.html", context)


@practice_page(Permission.WRITE_PLANS)
def edit(request: PracticeRequest, code: str) -> HttpResponse:
    """Change the patient's plan, or draw up the first."""
    high_user = high_user_or_404(request.practice, code)
    at_hand = latest_plan(high_user)
    if at_hand is None:
        return _draw_up(request, high_user, _judged(high_user))
    form = PlanForm(request.POST or None, plan=at_hand, initial=_proposed(at_hand))
    overtaken = None
    if request.method == "POST" and form.is_valid():
        try:
            services.change_plan(
                practice=request.practice,
                plan=at_hand,
                text=form.text(),
                actor=request.user,
                seen=form.cleaned_data["seen"],
            )
        except OvertakenError:
            form, overtaken = form.beside(at_hand), _last_change(at_hand)
        except NotNowError:
            return _refused(request, code)
        else:
            return _saved(request, code)
    return _edit_page(request, high_user, at_hand, form, overtaken)


@practice_page(Permission.WRITE_PLANS)
def draw_up(request: PracticeRequest, code: str) -> HttpResponse:
    """The plan of a new programme year; it begins with what the earlier one said."""
    high_user = high_user_or_404(request.practice, code)
    earlier = latest_plan(high_user)
    today = timezone.localdate()
    if earlier and earlier.drafted_on >= services.year_begins(request.practice, today):
        return redirect("plan_edit", request.practice.slug, code)
    return _draw_up(request, high_user, taken_over(earlier) if earlier else _judged(high_user))


@practice_page(Permission.WRITE_PLANS)
@require_POST
def start(request: PracticeRequest, code: str) -> HttpResponse:
    at_hand = latest_plan_or_404(request.practice, code)
    try:
        services.start_plan(practice=request.practice, plan=at_hand, actor=request.user)
    except NotNowError:
        return _refused(request, code)
    return _saved(request, code, _("The plan runs."))


@practice_page(Permission.WRITE_PLANS)
def close(request: PracticeRequest, code: str) -> HttpResponse:
    at_hand = latest_plan_or_404(request.practice, code)
    form = CloseForm(request.POST or None, initial=_reason(at_hand))
    if request.method == "POST" and form.is_valid():
        try:
            services.close_plan(
                practice=request.practice, plan=at_hand, actor=request.user, **form.cleaned_data
            )
        except NotNowError:
            return _refused(request, code)
        return _saved(request, code, _("The plan is closed."))
    if at_hand.state not in OPEN:
        return _refused(request, code)
    to_do = PlanAction.objects.filter(plan=at_hand, state=ActionState.OPEN).count()
    context = {"form": form, "plan": at_hand, "high_user": at_hand.high_user, "to_do": to_do}
    return TemplateResponse(request, "highusers/plans/close.html", context)


@practice_page(Permission.WRITE_PLANS)
@require_POST
def reopen(request: PracticeRequest, code: str) -> HttpResponse:
    at_hand = latest_plan_or_404(request.practice, code)
    try:
        services.reopen_plan(practice=request.practice, plan=at_hand, actor=request.user)
    except NotNowError:
        return _refused(request, code)
    return _saved(request, code, _("The plan runs again."))


@practice_page(Permission.WRITE_PLANS)
@require_POST
def consent(request: PracticeRequest, code: str) -> HttpResponse:
    at_hand = latest_plan_or_404(request.practice, code)
    given = request.POST.get("given") == "yes"
    try:
        services.note_consent(
            practice=request.practice, plan=at_hand, given=given, actor=request.user
        )
    except NotNowError:
        return _refused(request, code)
    said = _("The consent is recorded.") if given else _("The consent is withdrawn.")
    return _saved(request, code, said)


@practice_page(Permission.SEE_PLANS)
@require_GET
def versions(request: PracticeRequest, code: str) -> HttpResponse:
    at_hand = latest_plan_or_404(request.practice, code)
    record(actor=request.user, action=AuditAction.READ, obj=at_hand, practice=request.practice)
    context = {
        "plan": at_hand,
        "high_user": at_hand.high_user,
        "versions": history(at_hand),
    }
    return TemplateResponse(request, "highusers/plans/versions.html", context)


@practice_page(Permission.SEE_PLANS)
@require_GET
def earlier(request: PracticeRequest, code: str, pk: int) -> HttpResponse:
    """A plan of an earlier year, to read."""
    high_user = high_user_or_404(request.practice, code)
    plans = PatientPlan.objects.filter(high_user=high_user, pk=pk)
    found = plans.select_related("profile", "high_user").first()
    if found is None:
        raise Http404
    record(actor=request.user, action=AuditAction.READ, obj=found, practice=request.practice)
    context = {
        "plan": found,
        "high_user": high_user,
        "tag": state_tag(found),
        "facts": facts_of(found),
        "actions": PlanAction.objects.filter(plan=found).select_related("colleague", "partner"),
        "evaluations": evaluations_of(found),
        "versions": history(found),
    }
    return TemplateResponse(request, "highusers/plans/earlier.html", context)


@practice_page(Permission.SEE_PLANS)
@require_GET
def copy(request: PracticeRequest, code: str) -> HttpResponse:
    """The plan as plain text, for the medical record."""
    at_hand = latest_plan_or_404(request.practice, code)
    record(actor=request.user, action=AuditAction.EXPORT, obj=at_hand, practice=request.practice)
    context = {"plan": at_hand, "high_user": at_hand.high_user, "text": plain_text(at_hand)}
    return TemplateResponse(request, "highusers/plans/copy.html", context)


@practice_page(Permission.SEE_PLANS)
@require_GET
def pdf(request: PracticeRequest, code: str) -> HttpResponse:
    at_hand = latest_plan_or_404(request.practice, code)
    record(actor=request.user, action=AuditAction.PRINT, obj=at_hand, practice=request.practice)
    return pdf_response(plan_document(request.practice, at_hand), f"{code}-plan.pdf")


def _draw_up(
    request: PracticeRequest, high_user: HighUser, start: Mapping[str, Any]
) -> HttpResponse:
    form = PlanForm(request.POST or None, plan=None, start=start, initial=_proposed(None))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.save_plan(
                practice=request.practice,
                high_user=high_user,
                text=form.text(),
                actor=request.user,
                seen=form.cleaned_data["seen"],
            )
        except (OvertakenError, NotNowError):
            there = latest_plan(high_user)
            if there is not None:
                beside = form.beside(there)
                return _edit_page(request, high_user, there, beside, _last_change(there))
            return _refused(request, high_user.code.lower())
        return _saved(request, high_user.code.lower(), _on_to_the_next(request.practice, made))
    return _edit_page(request, high_user, None, form, None)


def _on_to_the_next(practice: Practice, made: PatientPlan) -> str:
    """That the plan is saved, and the way to the next patient who was chosen."""
    following = next_to_plan(practice, made.period_end) if made.period_end else None
    if following is None:
        return ""
    address = reverse("plan_draw_up", args=[practice.slug, following.code.lower()])
    next_one = _("Next: the plan of %(code)s") % {"code": following.code}
    return format_html('{} <a href="{}">{}</a>', _("The plan is saved."), address, next_one)


def _edit_page(
    request: PracticeRequest,
    high_user: HighUser,
    at_hand: PatientPlan | None,
    form: PlanForm,
    overtaken: Any,
) -> HttpResponse:
    seen = at_hand or high_user
    record(actor=request.user, action=AuditAction.READ, obj=seen, practice=request.practice)
    context = {"form": form, "high_user": high_user, "plan": at_hand, "overtaken": overtaken}
    return TemplateResponse(request, "highusers/plans/edit.html", context)


def _proposed(at_hand: PatientPlan | None) -> dict[str, Any]:
    """A day to evaluate on, for a plan in which nothing is written yet."""
    if at_hand and (at_hand.how or at_hand.evaluate_on):
        return {}
    return {"evaluate_on": add_months(timezone.localdate(), EVALUATE_AFTER_MONTHS)}


def _judged(high_user: HighUser) -> dict[str, Any]:
    """What the team said when it chose the patient."""
    said = Judgement.objects.filter(high_user=high_user).select_related("profile")
    last = said.order_by("-period_end").first()
    if last is None:
        return {}
    return {"influenceable": last.influenceable, "profile": last.profile, "reason": last.reason}


def _reason(at_hand: PatientPlan) -> dict[str, str]:
    evaluations = evaluations_of(at_hand)
    reached = evaluations and evaluations[0].row.outcome == Outcome.REACHED
    return {"reason": "reached"} if reached else {}


def _last_change(at_hand: PatientPlan) -> Any:
    return at_hand.versions.select_related("saved_by__person").first()


def _saved(request: PracticeRequest, code: str, said: str = "") -> HttpResponse:
    messages.success(request, said or _("The plan is saved."))
    return redirect("patient_plan", request.practice.slug, code)


def _refused(request: PracticeRequest, code: str) -> HttpResponse:
    messages.warning(
        request, _("That is not possible now: a colleague may have changed the plan. Look below.")
    )
    return redirect("patient_plan", request.practice.slug, code)
