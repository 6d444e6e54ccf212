"""Visits as the practice sees them: the list, the reports, confirming, commenting, agreements."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from monitoring.models import Visit, VisitAppointment
from monitoring.visits import services
from monitoring.visits.agreements import settle
from monitoring.visits.contents import contents_of, differences, loaded
from monitoring.visits.document import newest_report, report_document
from monitoring.visits.facts import of_sent_reports, still_open
from monitoring.visits.forms import BeginForm, CommentForm
from monitoring.visits.listing import agreements_shown, state_tag, visits_of
from monitoring.visits.states import OPEN, REPORTED, VisitState
from mtvp.documents.pdf import write_pdf
from practices.audit import record
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import PracticeRequest, practice_page
from practices.typed import whole_number

READ = Permission.SEE_VISIT_REPORTS


@require_safe
@practice_page(READ)
def visits(request: PracticeRequest) -> HttpResponse:
    today = timezone.localdate()
    planned = VisitAppointment.objects.open().filter(practice=request.practice)
    context = {
        "visits": visits_of(request.practice),
        "agreements": agreements_shown(
            still_open().filter(visit__practice=request.practice), today
        ),
        "planned": planned.order_by("held_on").first(),
        "conducts": Permission.CONDUCT_VISIT in request.access,
        "plans": Permission.PLAN_VISITS in request.access,
        "form": BeginForm(initial={"held_on": today}),
        "today": today,
    }
    return TemplateResponse(request, "monitoring/visits/visits.html", context)


@require_POST
@practice_page(Permission.CONDUCT_VISIT)
def begin(request: PracticeRequest) -> HttpResponse:
    form = BeginForm(request.POST)
    if not form.is_valid():
        for texts in form.errors.values():
            messages.error(request, " ".join(str(text) for text in texts))
        return redirect("practice_visits", request.practice.slug)
    planned = VisitAppointment.objects.filter(
        practice=request.practice, code=form.cleaned_data["appointment"]
    )
    visit = services.start_visit(
        practice=request.practice,
        actor=request.user,
        held_on=form.cleaned_data["held_on"],
        appointment=planned.first(),
    )
    return redirect("visit", visit.code)


@require_safe
@practice_page(READ)
def report(request: PracticeRequest, code: str) -> HttpResponse:
    found = _visit(request, code)
    return _report_page(request, found, CommentForm())


@require_safe
@practice_page(READ)
def pdf(request: PracticeRequest, code: str) -> HttpResponse:
    found = _visit(request, code)
    newest = newest_report(found)
    record(actor=request.user, action=AuditAction.EXPORT, obj=found, practice=request.practice)
    name = f"bezoek-{request.practice.slug}-{found.held_on.isoformat()}.pdf"
    return HttpResponse(
        write_pdf(
            report_document(found, newest),
            fonts=Path(settings.BASE_DIR) / "static" / "dist" / "fonts",
        ),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@require_POST
@practice_page(Permission.CONFIRM_VISIT)
def confirm(request: PracticeRequest, code: str) -> HttpResponse:
    found = _visit(request, code)
    number = request.POST.get("number", "")
    asked = found.reports.filter(number=whole_number(number) or 0).first()
    try:
        if asked is None:
            raise services.NotNowError
        services.confirm_report(report=asked, actor=request.user)
    except services.NotNowError:
        messages.warning(request, _("The report is another one by now. Read that one first."))
    else:
        messages.success(request, _("Thank you: the report is confirmed."))
    return redirect("visit_report", request.practice.slug, code)


@require_POST
@practice_page(READ)
def comment(request: PracticeRequest, code: str) -> HttpResponse:
    """By who runs the practice's account, and the answer of the region."""
    found = _visit(request, code)
    of_practice = Permission.CONFIRM_VISIT in request.access
    if not of_practice and Permission.CONDUCT_VISIT not in request.access:
        raise PermissionDenied
    form = CommentForm(request.POST)
    if not form.may_be_kept():
        return _report_page(request, found, form)
    text = form.cleaned_data["text"]
    try:
        services.comment(visit=found, text=text, actor=request.user, of_practice=of_practice)
    except services.NotNowError:
        messages.warning(request, _("The visit is being amended: comment on the next report."))
    else:
        messages.success(request, _("Your comment is sent."))
    return redirect("visit_report", request.practice.slug, code)


@require_POST
@practice_page(Permission.SEE_PRACTICE)
def agreement(request: PracticeRequest, pk: int) -> HttpResponse:
    """One's own, or any for who reads the reports."""
    shared = of_sent_reports().select_related("visit__practice")
    found = get_object_or_404(shared, pk=pk, visit__practice=request.practice)
    own = found.person_id is not None and found.person_id == request.user.person_id
    if not own and READ not in request.access:
        raise PermissionDenied
    done = request.POST.get("done") == "yes"
    settle(agreement=found, done=done, actor=request.user)
    said = _("Done: “%(what)s”.") if done else _("Open again: “%(what)s”.")
    messages.success(request, said % {"what": found.what})
    to_list = request.POST.get("from") == "tasks" or READ not in request.access
    return redirect("task_list" if to_list else "practice_visits", request.practice.slug)


def _visit(request: PracticeRequest, code: str) -> Visit:
    """For the practice from its first report on; the region sees its draft, too."""
    found = get_object_or_404(
        Visit.objects.select_related("consultant__person"), practice=request.practice, code=code
    )
    shown = found.reports.exists() or (
        Permission.CONDUCT_VISIT in request.access and found.state in OPEN
    )
    if not shown:
        return get_object_or_404(Visit.objects.none())
    found.practice = request.practice
    return found


def _report_page(request: PracticeRequest, visit: Visit, form: CommentForm) -> HttpResponse:
    newest = newest_report(visit)
    before = visit.reports.filter(number=newest.number - 1).first() if newest else None
    contents = loaded(newest.contents) if newest else contents_of(visit)
    sent = [one.key for one in contents.agreements]
    made = visit.agreements.filter(withdrawn_at=None, field__in=sent)
    made = made.select_related("person", "account__person")
    context = {
        "visit": visit,
        "tag": state_tag(visit),
        "report": newest,
        "contents": contents,
        "differences": differences(loaded(before.contents), contents) if before else [],
        "before": before,
        "agreements": agreements_shown(made, timezone.localdate()),
        "comments": visit.comments.select_related("written_by__person"),
        "last_comment": visit.comments.filter(of_practice=True).last(),
        "form": form,
        "may_confirm": Permission.CONFIRM_VISIT in request.access
        and visit.state in (VisitState.SENT, VisitState.COMMENTED),
        "may_comment": Permission.CONFIRM_VISIT in request.access and visit.state in REPORTED,
        "may_answer": Permission.CONDUCT_VISIT in request.access and visit.state == "commented",
        "may_amend": Permission.CONDUCT_VISIT in request.access and visit.state in REPORTED,
        "amending": visit.state in OPEN,
    }
    return TemplateResponse(request, "monitoring/visits/report.html", context)
