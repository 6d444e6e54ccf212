"""Actions on the page of a patient: with htmx the list alone is answered, else the whole page."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from highusers.actions.forms import ActionForm
from highusers.actions.listing import actions_of
from highusers.actions.services import add_action, change_action, settle_action
from highusers.lookup import latest_plan_or_404
from highusers.models import PatientPlan, PlanAction
from highusers.partners.services import NameTakenError
from highusers.plans.services import NotNowError, OvertakenError
from highusers.states import ActionState
from practices.audit import record
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import PracticeRequest, practice_page


@practice_page(Permission.WRITE_PLANS)
@require_POST
def add(request: PracticeRequest, code: str) -> HttpResponse:
    plan = latest_plan_or_404(request.practice, code)
    form = ActionForm(request.POST, practice=request.practice)
    if not form.is_valid():
        return _form_page(request, plan, None, form)
    try:
        add_action(practice=request.practice, plan=plan, text=form.text(), actor=request.user)
    except NameTakenError:
        return _form_page(request, plan, None, _asked_again(request, None))
    except NotNowError:
        return _list(request, plan, _("The plan is closed. Open it again first."))
    return _list(request, plan, _("The action is added."))


@practice_page(Permission.WRITE_PLANS)
def change(request: PracticeRequest, code: str, pk: int) -> HttpResponse:
    plan = latest_plan_or_404(request.practice, code)
    action = _action(plan, pk)
    form = ActionForm(request.POST or None, practice=request.practice, action=action)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, plan, action, form)
    try:
        change_action(
            practice=request.practice,
            action=action,
            text=form.text(),
            actor=request.user,
            seen=form.cleaned_data["seen"],
        )
    except OvertakenError:
        form = ActionForm(practice=request.practice, action=_action(plan, pk))
        form.overtaken = True
        return _form_page(request, plan, action, form)
    except NameTakenError:
        return _form_page(request, plan, action, _asked_again(request, action))
    except NotNowError:
        return _list(request, plan, _("The plan is closed. Open it again first."))
    return _list(request, plan, _("The action is saved."))


@practice_page(Permission.WRITE_PLANS)
@require_POST
def settle(request: PracticeRequest, code: str, pk: int) -> HttpResponse:
    """The button says which state: done, dropped, or to do again."""
    plan = latest_plan_or_404(request.practice, code)
    action = _action(plan, pk)
    state = request.POST.get("state", "")
    if state not in ActionState:
        raise Http404
    try:
        settle_action(practice=request.practice, action=action, state=state, actor=request.user)
    except NotNowError:
        return _list(request, plan, _("The plan is closed. Open it again first."))
    said = {
        ActionState.DONE: _("The action is done."),
        ActionState.DROPPED: _("The action is dropped."),
        ActionState.OPEN: _("The action is to do again."),
    }
    return _list(request, plan, said[ActionState(state)])


def _action(plan: PatientPlan, pk: int) -> PlanAction:
    found = PlanAction.objects.filter(plan=plan, pk=pk)
    action = found.select_related("plan__high_user", "colleague", "partner").first()
    if action is None:
        raise Http404
    return action


def _asked_again(request: PracticeRequest, action: PlanAction | None) -> ActionForm:
    """What was sent, beside the partner whom a colleague added just now: the form says so."""
    return ActionForm(request.POST, practice=request.practice, action=action)


def _list(request: PracticeRequest, plan: PatientPlan, said: str) -> HttpResponse:
    """What was done: the list for htmx, the page with a message for others."""
    if not request.htmx:
        messages.success(request, said)
        address = reverse("patient_plan", args=[request.practice.slug, plan.high_user.code.lower()])
        return redirect(f"{address}#actions")
    context = _context(request, plan) | {
        "said": said,
        "form": ActionForm(practice=request.practice),
    }
    return TemplateResponse(request, "highusers/actions/_actions.html", context)


def _form_page(
    request: PracticeRequest, plan: PatientPlan, action: PlanAction | None, form: ActionForm
) -> HttpResponse:
    """The form with its errors; for htmx in the place of the list."""
    record(actor=request.user, action=AuditAction.READ, obj=plan, practice=request.practice)
    if not form.errors:
        form.fields["what"].widget.attrs["autofocus"] = True
    name = "_form" if request.htmx else "action"
    context = _context(request, plan) | {"action": action, "form": form}
    return TemplateResponse(request, f"highusers/actions/{name}.html", context)


def _context(request: PracticeRequest, plan: PatientPlan) -> dict[str, Any]:
    return {
        "plan": plan,
        "high_user": plan.high_user,
        "code": plan.high_user.code.lower(),
        "actions": actions_of(plan, timezone.localdate()),
        "may_write": True,
    }
