"""Evaluating the plan of a patient."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from highusers.evaluations.forms import EvaluationForm
from highusers.evaluations.services import SameDayError, change_evaluation, evaluate
from highusers.lookup import high_user_or_404, latest_plan_or_404
from highusers.models import Evaluation, PatientPlan
from highusers.plans.services import NotNowError, OvertakenError
from practices.audit import record
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import PracticeRequest, practice_page


@practice_page(Permission.WRITE_PLANS)
def new(request: PracticeRequest, code: str) -> HttpResponse:
    plan = latest_plan_or_404(request.practice, code)
    form = EvaluationForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            evaluate(
                practice=request.practice,
                plan=plan,
                findings=form.written(),
                next_on=form.cleaned_data["next_on"],
                actor=request.user,
            )
        except SameDayError:
            form.add_error("held_on", _("An evaluation of this day is there already. Change it."))
        except NotNowError:
            form.add_error(None, _("The plan is closed. Open it again first."))
        else:
            return _saved(request, code)
    return _page(request, form, plan, None)


@practice_page(Permission.WRITE_PLANS)
def change(request: PracticeRequest, code: str, pk: int) -> HttpResponse:
    high_user = high_user_or_404(request.practice, code)
    found = Evaluation.objects.filter(plan__high_user=high_user, pk=pk)
    evaluation = found.select_related("plan__high_user").first()
    if evaluation is None:
        raise Http404
    form = EvaluationForm(request.POST or None, plan=evaluation.plan, evaluation=evaluation)
    if request.method == "POST" and form.is_valid():
        try:
            change_evaluation(
                practice=request.practice,
                evaluation=evaluation,
                findings=form.written(),
                seen=form.cleaned_data["seen"],
                actor=request.user,
            )
        except OvertakenError:
            form.add_error(None, _("A colleague changed these notes just now. Look at them first."))
        except SameDayError:
            form.add_error("held_on", _("An evaluation of this day is there already. Change it."))
        else:
            return _saved(request, code)
    return _page(request, form, evaluation.plan, evaluation)


def _saved(request: PracticeRequest, code: str) -> HttpResponse:
    messages.success(request, _("The evaluation is saved."))
    return redirect("patient_plan", request.practice.slug, code)


def _page(
    request: PracticeRequest, form: EvaluationForm, plan: PatientPlan, evaluation: Evaluation | None
) -> HttpResponse:
    record(actor=request.user, action=AuditAction.READ, obj=plan, practice=request.practice)
    context = {
        "form": form,
        "plan": plan,
        "high_user": plan.high_user,
        "evaluation": evaluation,
    }
    return TemplateResponse(request, "highusers/evaluations/evaluation.html", context)
