"""Where a practice says how it handles consultation length."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from interventions.models import ConsultationSchedule, DayTemplate
from interventions.schedules import services
from interventions.schedules.forms import ScheduleForm
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, practice_page


@practice_page(Permission.KEEP_SCHEDULE)
def schedules(request: PracticeRequest) -> HttpResponse:
    form = ScheduleForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _saved(request, form, None):
        return redirect("schedules", request.practice.slug)
    today = timezone.localdate()
    found = ConsultationSchedule.objects.filter(practice=request.practice)
    listed = [
        (one, one.in_use(today)) for one in found.select_related("said_by__person", "day_template")
    ]
    weeks = DayTemplate.objects.filter(practice=request.practice).select_related("schedule")
    context = {"form": form, "schedules": listed, "weeks": weeks, "today": today}
    return TemplateResponse(request, "interventions/schedules.html", context)


@practice_page(Permission.KEEP_SCHEDULE)
def schedule(request: PracticeRequest, pk: int) -> HttpResponse:
    found = _schedule(request, pk)
    form = ScheduleForm(request.POST or None, schedule=found)
    if request.method == "POST" and form.is_valid() and _saved(request, form, found):
        return redirect("schedules", request.practice.slug)
    context = {"form": form, "schedule": found}
    return TemplateResponse(request, "interventions/schedule.html", context)


@require_POST
@practice_page(Permission.KEEP_SCHEDULE)
def end(request: PracticeRequest, pk: int) -> HttpResponse:
    services.take_out_of_use(
        practice=request.practice,
        schedule=_schedule(request, pk),
        last_day=timezone.localdate(),
        actor=request.user,
        on_behalf=request.access.on_behalf,
    )
    messages.success(
        request, _("Taken out of use from tomorrow. You can undo this with 'Change pattern'.")
    )
    return redirect("schedules", request.practice.slug)


def _saved(
    request: PracticeRequest, form: ScheduleForm, schedule: ConsultationSchedule | None
) -> bool:
    try:
        services.save_schedule(
            practice=request.practice,
            schedule=schedule,
            actor=request.user,
            on_behalf=request.access.on_behalf,
            **form.cleaned_data,
        )
    except services.PatternTakenError:
        form.add_error("pattern", _("This pattern is in the list already. Change it there."))
        return False
    messages.success(request, _("Saved. It counts at once."))
    return True


def _schedule(request: PracticeRequest, pk: int) -> ConsultationSchedule:
    return get_object_or_404(ConsultationSchedule, pk=pk, practice=request.practice)
