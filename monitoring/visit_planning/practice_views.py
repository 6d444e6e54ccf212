"""The page of one appointment, for the practice and its consultant."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from monitoring.models import VisitAppointment
from monitoring.visit_planning import services
from monitoring.visit_planning.forms import ReplyForm
from monitoring.visit_planning.people import phone_of
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, practice_page


@require_safe
@practice_page(Permission.SEE_PRACTICE)
def visit_date(request: PracticeRequest, code: str) -> HttpResponse:
    return _page(request, _appointment(request, code), ReplyForm())


@require_POST
@practice_page(Permission.ANSWER_APPOINTMENT)
def suits(request: PracticeRequest, code: str) -> HttpResponse:
    appointment = _appointment(request, code)
    seen = _seen(request)

    def save() -> None:
        services.accept(appointment=appointment, seen=seen, actor=request.user)

    done = _("Thank you. The consultant knows that the date suits you.")
    return _answered(request, appointment, save, done)


@require_POST
@practice_page(Permission.ANSWER_APPOINTMENT)
def another(request: PracticeRequest, code: str) -> HttpResponse:
    appointment = _appointment(request, code)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _page(request, appointment, form)
    seen = _seen(request)

    def save() -> None:
        reply = form.cleaned_data["reply"]
        services.ask_another(appointment=appointment, seen=seen, reply=reply, actor=request.user)

    done = _("Sent. The consultant chooses another date and you get a new invitation.")
    return _answered(request, appointment, save, done)


def _answered(
    request: PracticeRequest, appointment: VisitAppointment, save: Callable[[], None], done: str
) -> HttpResponse:
    try:
        save()
    except services.CannotPlanError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("visit_date", request.practice.slug, appointment.code)


def _page(request: PracticeRequest, appointment: VisitAppointment, form: ReplyForm) -> HttpResponse:
    context = {
        "appointment": appointment,
        "form": form,
        "phone": phone_of(appointment.consultant),
        "may_answer": Permission.ANSWER_APPOINTMENT in request.access and appointment.open,
        "may_plan": Permission.PLAN_VISITS in request.access and appointment.open,
        "over": appointment.ends < timezone.now(),
    }
    return TemplateResponse(request, "monitoring/visit_planning/date.html", context)


def _appointment(request: PracticeRequest, code: str) -> VisitAppointment:
    found = VisitAppointment.objects.select_related("consultant__person", "practice", "visit")
    return get_object_or_404(found, practice=request.practice, code=code)


def _seen(request: PracticeRequest) -> int:
    """The version of the appointment that the page showed; -1 for no number."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
