"""Planning visits: the lists, and inviting, moving and cancelling."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from monitoring.home.places import places_of
from monitoring.models import VisitAppointment
from monitoring.visit_planning import services
from monitoring.visit_planning.choice import choice_of, chosen, consultants_of, summary
from monitoring.visit_planning.exports import planning_workbook
from monitoring.visit_planning.forms import CancelForm, MomentForm, PhoneForm
from monitoring.visit_planning.offers import offers
from monitoring.visit_planning.people import contacts, holders_of, phone_of, set_phone
from monitoring.visit_planning.planning import (
    Stand,
    planning,
    proposal_for,
    stand_names,
)
from monitoring.visit_planning.rules import visit_problems
from monitoring.visit_planning.years import visit_years
from practices.audit import record
from practices.models import Practice
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import PracticeRequest, SignedInRequest, practice_page, region_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@region_page(Permission.SEE_OWN_VISITS)
def own_planning(request: SignedInRequest) -> HttpResponse:
    """The own practices, each that needs a visit with a date that fits the own agenda."""
    practices = Practice.objects.in_region_order().filter(consultant=request.user)
    today = timezone.localdate()
    offered = offers(request.user, today)
    rows = planning(practices, today, dates=request.user, offered=offered)
    context = {
        "offers": offered,
        "groups": _groups(rows),
        "summary": summary(rows),
        "phone": request.user.phone,
    }
    return TemplateResponse(request, "monitoring/visit_planning/planning.html", context)


@require_safe
@region_page(Permission.SEE_REGION)
def region_planning(request: SignedInRequest) -> HttpResponse:
    """All practices, with what is chosen in the address."""
    rows = planning(Practice.objects.in_region_order(), timezone.localdate())
    choice = choice_of(request.GET)
    shown = chosen(rows, choice)
    context = {
        "rows": shown,
        "all": len(rows),
        "summary": summary(shown),
        "choice": choice,
        "consultants": consultants_of(row.practice for row in rows),
        "stands": list(stand_names().items()),
    }
    return TemplateResponse(request, "monitoring/visit_planning/region.html", context)


@require_safe
@region_page(Permission.SEE_REGION)
def region_planning_xlsx(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    rows = planning(Practice.objects.in_region_order(), today)
    shown = chosen(rows, choice_of(request.GET))
    record(
        actor=request.user,
        role=request.access.role,
        action=AuditAction.EXPORT,
        obj=("visit_planning", today.isoformat()),
        practices=len(shown),
    )
    return HttpResponse(
        planning_workbook(shown, today),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="bezoeken-{today}.xlsx"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@region_page(Permission.SEE_OWN_VISITS)
def own_contacts(request: SignedInRequest) -> HttpResponse:
    """Whom to reach in the own practices, and the number on which they reach the consultant."""
    form = PhoneForm(_posted(request), initial={"phone": request.user.phone})
    if request.method == "POST" and form.is_valid():
        set_phone(actor=request.user, phone=form.cleaned_data["phone"])
        messages.success(request, _("Saved. Your practices see this number."))
        return redirect("visit_contacts")
    practices = places_of(request.user).practices
    visited = [one for one in practices if one.consultant_id == request.user.pk]
    context = {"found": contacts(visited, timezone.localdate()), "form": form}
    return TemplateResponse(request, "monitoring/visit_planning/contacts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@practice_page(Permission.PLAN_VISITS)
def invite(request: PracticeRequest) -> HttpResponse:
    """With the proposed moment filled in; from the list the proposal is posted in one click."""
    practice = request.practice
    initial = _proposed(practice) if request.method != "POST" else {}
    form = MomentForm(_posted(request), initial=initial)

    def save() -> VisitAppointment:
        moment = form.moment(practice.city)
        return services.invite(practice=practice, moment=moment, actor=request.user)

    if request.method == "POST" and (answer := _saved(request, form, save)):
        return answer
    context = _frame(request, form) | {"proposed": bool(initial)}
    return TemplateResponse(request, "monitoring/visit_planning/invite.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@practice_page(Permission.PLAN_VISITS)
def move(request: PracticeRequest, code: str) -> HttpResponse:
    appointment = _appointment(request, code)
    initial = {
        "day": appointment.held_on,
        "starts_at": appointment.starts_at,
        "ends_at": appointment.ends_at,
        "place": appointment.place,
        "online_url": appointment.online_url,
    }
    form = MomentForm(_posted(request), initial=initial)

    def save() -> VisitAppointment:
        moment = form.moment(request.practice.city)
        return services.move(appointment=appointment, moment=moment, actor=request.user)

    if request.method == "POST" and (answer := _saved(request, form, save)):
        return answer
    context = _frame(request, form) | {
        "appointment": appointment,
        "cancel": CancelForm(),
        "over": appointment.ends < timezone.now(),
    }
    return TemplateResponse(request, "monitoring/visit_planning/move.html", context)


@require_POST
@practice_page(Permission.PLAN_VISITS)
def cancel(request: PracticeRequest, code: str) -> HttpResponse:
    appointment = _appointment(request, code)
    form = CancelForm(request.POST)
    if not form.is_valid():
        moment = MomentForm()
        context = _frame(request, moment) | {"appointment": appointment, "cancel": form}
        return TemplateResponse(request, "monitoring/visit_planning/move.html", context)
    try:
        services.cancel(
            appointment=appointment, reason=form.cleaned_data["reason"], actor=request.user
        )
    except services.CannotPlanError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The visit is cancelled. The practice gets a mail."))
    return _to_planning(request)


@require_POST
@practice_page(Permission.PLAN_VISITS)
def send_again(request: PracticeRequest, code: str) -> HttpResponse:
    """Mails about this appointment that could not go out."""
    again = services.send_again(appointment=_appointment(request, code), actor=request.user)
    text = ngettext("%(count)s mail goes out again.", "%(count)s mails go out again.", again)
    messages.success(request, text % {"count": again})
    return _to_planning(request)


def _posted(request: HttpRequest) -> Mapping[str, Any] | None:
    return request.POST if request.method == "POST" else None


def _saved(
    request: PracticeRequest, form: MomentForm, save: Callable[[], VisitAppointment]
) -> HttpResponse | None:
    """Back to the list when it was saved; else the form says why not."""
    if not form.is_valid():
        return None
    try:
        appointment = save()
    except services.CannotPlanError as error:
        form.add_error(None, str(error))
        return None
    people = holders_of(request.practice, timezone.localdate())
    if people:
        names = ", ".join(person.name for person in people)
        messages.success(request, _("Invited: %(names)s.") % {"names": names})
    else:
        text = _("Planned. Nobody runs the account of this practice, so call them yourself.")
        messages.warning(request, text)
    _note_where(request, appointment)
    return _to_planning(request)


def _note_where(request: PracticeRequest, appointment: VisitAppointment) -> None:
    """The coordinator plans for somebody else: say for whom."""
    if appointment.consultant_id != request.user.pk:
        text = _("In the agenda of %(name)s.") % {"name": appointment.consultant}
        messages.info(request, text)


def _appointment(request: PracticeRequest, code: str) -> VisitAppointment:
    """Of this practice, and still open."""
    found = VisitAppointment.objects.open().select_related("consultant__person", "practice")
    return get_object_or_404(found, practice=request.practice, code=code)


def _proposed(practice: Practice) -> dict[str, Any]:
    today = timezone.localdate()
    consultant = practice.consultant
    found = visit_years([practice], today)
    if consultant is None or not found:
        return {}
    slot = proposal_for(practice, consultant, found[0].until, today)
    if slot is None:
        return {}
    return {"day": slot.day, "starts_at": slot.starts_at, "ends_at": slot.ends_at}


def _frame(request: PracticeRequest, form: MomentForm) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "form": form,
        "problems": visit_problems(request.practice, today),
        "people": holders_of(request.practice, today),
        "back": _back(request),
        "phone": phone_of(request.practice.consultant),
    }


def _back(request: PracticeRequest) -> str:
    own = request.practice.consultant_id == request.user.pk
    return "visit_planning" if own else "region_visits"


def _to_planning(request: PracticeRequest) -> HttpResponse:
    return redirect(_back(request))


def _groups(rows: list[Any]) -> list[tuple[Stand, str, list[Any]]]:
    names = stand_names()
    grouped = [
        (stand, names[stand], [row for row in rows if row.stand is stand]) for stand in Stand
    ]
    return [group for group in grouped if group[2]]
