"""The public form, and the coordinator's pages about practices on their way in and out."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mtvp.documents.xlsx import workbook
from practices.audit import record
from practices.changes.codes import practice_with_code
from practices.changes.overview import changes_of, has_gone_on, open_kinds
from practices.joining import services
from practices.joining.board import board, card_of, waiting_applications
from practices.joining.forms import (
    AcceptForm,
    ApplicationForm,
    CohortForm,
    DeclineForm,
    StepForm,
    StopForm,
)
from practices.joining.links import VALID_FOR, application_behind
from practices.joining.participants import (
    first_days,
    participants,
    participants_document,
    quarter_name,
)
from practices.joining.stages import FIELD
from practices.models import Application, Cohort, Insurer, Practice
from practices.permissions import Permission
from practices.states import ApplicationState, AuditAction, JoiningMailKind, Stage
from practices.tenancy import SignedInRequest, region_page
from practices.typed import whole_number

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_not_required
@never_cache
def apply(request: HttpRequest) -> HttpResponse:
    """Open to everybody. Whether a practice is known here already is never told."""
    today = timezone.localdate()
    form = ApplicationForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not ratelimit.consume(request, action="apply", key=email):
            refused: HttpResponse = ratelimit.respond_429(request)
            return refused
        if not form.filled_by_a_program:
            services.apply(**form.kept())
        context = {"email": email, "days": VALID_FOR.days}
        return TemplateResponse(request, "joining/sent.html", context)
    cohorts = Cohort.objects.filter(enrol_before__gt=today).order_by("start_on")
    return TemplateResponse(request, "joining/apply.html", {"form": form, "cohorts": cohorts})


@login_not_required
@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Nothing happens on GET: mail scanners open links too."""
    application = application_behind(token)
    if application is None:
        return TemplateResponse(request, "joining/too_late.html", status=410)
    if request.method == "POST":
        services.confirm(application=application)
        application.refresh_from_db()
    context = {"application": application, "done": application.confirmed_at is not None}
    return TemplateResponse(request, "joining/confirm.html", context)


@region_page(Permission.RUN_PIPELINE)
def pipeline(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    cohorts = list(Cohort.objects.order_by("start_on"))
    chosen = next((one for one in cohorts if str(one.number) == request.GET.get("lichting")), None)
    context = {
        "board": board(today, chosen),
        "applications": waiting_applications(),
        "cohorts": cohorts,
    }
    return TemplateResponse(request, "joining/pipeline.html", context)


@region_page(Permission.RUN_PIPELINE)
def application(request: SignedInRequest, pk: int) -> HttpResponse:
    """Look at one, and accept or decline it."""
    found = get_object_or_404(
        Application.objects.select_related("cohort", "practice", "decided_by__person"), pk=pk
    )
    declines = request.POST.get("decision") == "decline"
    data = request.POST or None
    accept = AcceptForm(None if declines else data, application=found)
    decline = DeclineForm(data if declines else None)
    form: AcceptForm | DeclineForm = decline if declines else accept
    if request.method == "POST" and form.is_valid():
        if _decide(request, found, form):
            return redirect("pipeline")
        return redirect("application", pk)
    context = {
        "application": found,
        "to_decide": found.state is ApplicationState.CONFIRMED,
        "known": practice_with_code(found.code),
        "accept": accept,
        "decline": decline,
        "form": form,
    }
    return TemplateResponse(request, "joining/application.html", context)


def _decide(
    request: SignedInRequest, found: Application, form: AcceptForm | DeclineForm
) -> Practice | bool:
    try:
        if isinstance(form, DeclineForm):
            reason = form.cleaned_data["reason"]
            services.decline(application=found, reason=reason, actor=request.user)
            messages.success(request, _("Declined. The applicant gets a mail with your reason."))
            return True
        services.accept(application=found, actor=request.user, **form.cleaned_data)
    except services.DecidedError:
        messages.error(request, _("Somebody else decided on this in the meantime."))
        return False
    messages.success(
        request, _("Accepted. The start package and an invitation are on their way by mail.")
    )
    return True


@region_page(Permission.RUN_PIPELINE)
def joining(request: SignedInRequest, slug: str) -> HttpResponse:
    """One practice: its steps, its cohort, stopping."""
    practice = _practice(slug)
    stop = StopForm(request.POST or None)
    if request.method == "POST" and stop.is_valid():
        services.stop(practice=practice, actor=request.user, **stop.cleaned_data)
        messages.success(request, _("Noted. Nothing is asked of the practice from that day on."))
        return redirect("joining", slug)
    context = {
        "practice": practice,
        "card": card_of(practice, timezone.localdate()),
        "steps": _steps(practice),
        "form": stop,
        "cohort": CohortForm(initial={"cohort": practice.cohort_id}),
        "changes": changes_of(practice),
        "kinds": open_kinds(practice),
        "merged": has_gone_on(practice),
        "mails": practice.joining_mails.order_by("-pk")[:10],
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "joining/practice.html", context)


@require_POST
@region_page(Permission.RUN_PIPELINE)
def note_step(request: SignedInRequest, slug: str) -> HttpResponse:
    practice = _practice(slug)
    form = StepForm(request.POST, today=timezone.localdate())
    if form.is_valid():
        stage, day = Stage(form.cleaned_data["stage"]), form.cleaned_data["day"]
        services.note_step(practice=practice, stage=stage, day=day, actor=request.user)
        done = (
            _("Noted: %(practice)s, %(step)s.") if day else _("Taken back: %(practice)s, %(step)s.")
        )
        messages.success(request, done % {"practice": practice.name, "step": stage.label})
    else:
        messages.error(
            request, " ".join(str(error) for errors in form.errors.values() for error in errors)
        )
    return _back(request, slug)


@require_POST
@region_page(Permission.RUN_PIPELINE)
def move_to_cohort(request: SignedInRequest, slug: str) -> HttpResponse:
    practice = _practice(slug)
    form = CohortForm(request.POST)
    if form.is_valid():
        try:
            services.move_to_cohort(practice=practice, actor=request.user, **form.cleaned_data)
        except services.StartsTooLateError:
            messages.error(request, _("This practice has begun: its cohort stays."))
        else:
            messages.success(request, _("Moved. The start is that of the cohort."))
    return redirect("joining", slug)


@require_POST
@region_page(Permission.RUN_PIPELINE)
def go_on(request: SignedInRequest, slug: str) -> HttpResponse:
    practice = _practice(slug)
    if has_gone_on(practice):
        messages.error(request, _("This practice went on in another one. Take that change back."))
    else:
        services.go_on(practice=practice, actor=request.user)
        messages.success(request, _("The practice takes part again, as if it had not stopped."))
    return redirect("joining", slug)


@require_POST
@region_page(Permission.RUN_PIPELINE)
def remind(request: SignedInRequest, slug: str) -> HttpResponse:
    practice = _practice(slug)
    kind = card_of(practice, timezone.localdate()).reminder
    sent = (
        services.remind(practice=practice, kind=JoiningMailKind(kind), actor=request.user)
        if kind
        else 0
    )
    if sent:
        messages.success(
            request,
            ngettext(
                "A reminder goes to %(number)s address of %(practice)s.",
                "A reminder goes to %(number)s addresses of %(practice)s.",
                sent,
            )
            % {"number": sent, "practice": practice.name},
        )
    else:
        messages.error(request, _("No e-mail address is known of this practice. Call them."))
    return _back(request, slug)


@region_page(Permission.RUN_PIPELINE)
def participants_of_quarter(request: SignedInRequest) -> HttpResponse:
    """On screen; as a workbook only for the insurer that is chosen, and that is in the trail."""
    today = timezone.localdate()
    days = first_days(today)
    day = next((one for one in days if one.isoformat() == request.GET.get("kwartaal")), days[0])
    found = participants(day)
    insurer = _insurer(request)
    if insurer is not None:
        record(
            actor=request.user,
            role=request.access.role,
            action=AuditAction.EXPORT,
            obj=("participants", day.isoformat()),
            insurer=insurer.name,
            practices=len(found.taking_part),
        )
        name = f"mtvp-deelnemers-{insurer.slug}-{day.isoformat()}.xlsx"
        return HttpResponse(
            workbook(participants_document(found, insurer, today)),
            content_type=XLSX,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
    context = {
        "found": found,
        "quarters": [(one.isoformat(), quarter_name(one), one == day) for one in days],
        "insurers": Insurer.objects.all(),
    }
    return TemplateResponse(request, "joining/participants.html", context)


def _insurer(request: HttpRequest) -> Insurer | None:
    return Insurer.objects.filter(pk=whole_number(request.POST.get("insurer", "")) or 0).first()


def _practice(slug: str) -> Practice:
    return get_object_or_404(Practice.objects.select_related("cohort", "consultant"), slug=slug)


def _steps(practice: Practice) -> list[tuple[Stage, Any]]:
    return [(stage, getattr(practice, field)) for stage, field in FIELD.items()]


def _back(request: HttpRequest, slug: str) -> HttpResponse:
    """To the board, when the button stood there."""
    if request.POST.get("from") == "board":
        return redirect("pipeline")
    return redirect("joining", slug)
