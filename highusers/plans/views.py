"""The list of high users, and the plan of one of them."""

import re

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from highusers.models import HighUser, PatientPlan
from highusers.plans.forms import PlanForm
from highusers.plans.listing import high_user_list
from highusers.plans.services import OvertakenError, plan_at_hand, reveal_number, save_plan
from practices.audit import record
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import PracticeRequest, practice_page


@practice_page(Permission.SEE_HIGH_USERS)
def high_users(request: PracticeRequest) -> HttpResponse:
    listed = high_user_list(request.practice)
    record(
        actor=request.user,
        action=AuditAction.LIST,
        obj=(HighUser._meta.label_lower, ""),
        practice=request.practice,
        patients=len(listed.present) + len(listed.earlier),
    )
    planned = [line for line in listed.present if line.plan]
    context = {
        "list": listed,
        "planned": len(planned),
        "may_import": Permission.IMPORT_EXTRACT in request.access,
        "may_see_plans": Permission.SEE_PLANS in request.access,
    }
    return TemplateResponse(request, "highusers/high_users.html", context)


@practice_page(Permission.SEE_PLANS)
def plan(request: PracticeRequest, code: str) -> HttpResponse:
    high_user = _high_user(code)
    at_hand = plan_at_hand(request.practice, high_user, timezone.localdate())
    may_write = Permission.WRITE_PLANS in request.access
    form = PlanForm(request.POST or None, plan=at_hand)
    if request.method == "POST" and may_write and form.is_valid():
        try:
            save_plan(
                practice=request.practice,
                high_user=high_user,
                text=form.text(),
                actor=request.user,
                seen=form.cleaned_data["seen"],
            )
        except OvertakenError:
            form.add_error(None, _("A colleague changed this plan just now. Look at it first."))
        else:
            messages.success(request, _("The plan is saved."))
            return redirect("patient_plan", request.practice.slug, code)
    record(actor=request.user, action=AuditAction.READ, obj=high_user, practice=request.practice)
    return TemplateResponse(
        request,
        "highusers/plan.html",
        _plan_context(request, high_user, at_hand) | {"form": form},
    )


@require_POST
@practice_page(Permission.SEE_PLANS)
def number(request: PracticeRequest, code: str) -> HttpResponse:
    high_user = _high_user(code)
    shown = reveal_number(practice=request.practice, high_user=high_user, actor=request.user)
    at_hand = plan_at_hand(request.practice, high_user, timezone.localdate())
    context = _plan_context(request, high_user, at_hand) | {
        "form": PlanForm(plan=at_hand),
        "number": shown,
        "number_asked": True,
    }
    return TemplateResponse(request, "highusers/plan.html", context)


def _plan_context(
    request: PracticeRequest, high_user: HighUser, at_hand: PatientPlan | None
) -> dict[str, object]:
    plans = PatientPlan.objects.filter(high_user=high_user).order_by("-drafted_on")
    return {
        "high_user": high_user,
        "plan": at_hand,
        "may_write": Permission.WRITE_PLANS in request.access,
        "may_answer": Permission.ANSWER_PATIENT in request.access,
        "earlier": [one for one in plans if at_hand is None or one.pk != at_hand.pk],
    }


def _high_user(code: str) -> HighUser:
    """By V-code, inside the open scope: another practice's patients do not exist here."""
    match = re.fullmatch(r"v-([0-9]{2,9})", code)
    found = HighUser.objects.filter(number=int(match[1])).first() if match else None
    if found is None:
        raise Http404
    return found
