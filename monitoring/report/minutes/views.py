"""The page of the yearly meeting."""

from typing import Any

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from monitoring.models import MeetingAgreement, YearMeeting
from monitoring.report.blocks.views import known_year
from monitoring.report.build import LANGUAGE
from monitoring.report.downloads import as_file
from monitoring.report.files import font_folder
from monitoring.report.minutes import services
from monitoring.report.minutes.document import minutes_document
from monitoring.report.minutes.forms import AgreementForm, MinutesForm, OutcomeForm
from mtvp.documents.pdf import write_pdf
from practices.audit import record
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import SignedInRequest, region_page

BUILD = Permission.BUILD_REPORT


@region_page(BUILD)
def minutes(request: SignedInRequest, year: int) -> HttpResponse:
    """Writing the minutes; once signed off, reading them and saying what was kept."""
    known_year(year)
    if request.method != "POST":
        return _page(request, year)
    form = _typed(request, year)
    try:
        kept = _kept(request, year, form)
    except services.ClosedError:
        return _told_closed(request, year)
    if request.htmx:
        context = {"form": form, "saved_at": timezone.now()}
        return TemplateResponse(request, "monitoring/report/minutes/_saved.html", context)
    if not kept:
        return _page(request, year, form=form)
    messages.success(request, _("Saved."))
    return redirect("report_minutes", year)


def _typed(request: SignedInRequest, year: int) -> MinutesForm:
    """The minutes with what was sent of them: all, or the one field that saves itself."""
    found = _found(year)
    present = model_to_dict(found, MinutesForm.Meta.fields)
    return MinutesForm(present | request.POST.dict(), instance=found)


def _kept(request: SignedInRequest, year: int, form: MinutesForm) -> bool:
    """Whether what was sent could be stored. `ClosedError`."""
    if not form.is_valid():
        return False
    sent = {name: value for name, value in form.cleaned_data.items() if name in request.POST}
    services.write(year=year, fields=sent, actor=request.user)
    return True


def _page(request: SignedInRequest, year: int, **more: Any) -> HttpResponse:
    found = _found(year)
    agreements = list(found.agreements.all()) if found.pk else []
    context = {
        "year": year,
        "next_year": year + 1,
        "meeting": found,
        "closed": found.closed_at is not None,
        "form": more.pop("form", None) or MinutesForm(instance=found),
        "agreement_form": more.pop("agreement_form", None) or AgreementForm(),
        "agreements": [(one, OutcomeForm(instance=one, prefix=f"a{one.pk}")) for one in agreements],
    }
    return TemplateResponse(request, "monitoring/report/minutes/minutes.html", context)


@require_POST
@region_page(BUILD)
def agree(request: SignedInRequest, year: int) -> HttpResponse:
    known_year(year)
    form = AgreementForm(request.POST)
    if not form.is_valid():
        return _page(request, year, agreement_form=form)
    try:
        services.agree(year=year, **form.cleaned_data, actor=request.user)
    except services.ClosedError:
        return _told_closed(request, year)
    messages.success(request, _("Added."))
    return redirect("report_minutes", year)


@require_POST
@region_page(BUILD)
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _agreement(pk)
    try:
        services.take_back(agreement=found, actor=request.user)
    except services.ClosedError:
        return _told_closed(request, found.meeting.year)
    messages.success(request, _("The agreement is out of the minutes."))
    return redirect("report_minutes", found.meeting.year)


@require_POST
@region_page(BUILD)
def settle(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _agreement(pk)
    form = OutcomeForm(request.POST, prefix=f"a{found.pk}")
    if form.is_valid():
        services.settle(
            agreement=found,
            state=form.chosen(),
            outcome=form.cleaned_data["outcome"],
            actor=request.user,
        )
        messages.success(request, _("Saved."))
    for problem in form.errors.values():
        messages.error(request, str(problem[0]))
    return redirect("report_minutes", found.meeting.year)


@require_POST
@region_page(BUILD)
def close(request: SignedInRequest, year: int) -> HttpResponse:
    """What stands in the boxes is saved first."""
    known_year(year)
    form = _typed(request, year)
    try:
        if not _kept(request, year, form):
            return _page(request, year, form=form)
        services.close(year=year, actor=request.user)
    except services.ClosedError:
        return _told_closed(request, year)
    except services.NotCompleteError:
        messages.error(
            request, _("Saved. Fill in the date of the meeting too, and who signed off and when.")
        )
    else:
        messages.success(request, _("Signed off. The report of next year opens with it."))
    return redirect("report_minutes", year)


@require_safe
@region_page(BUILD)
def minutes_pdf(request: SignedInRequest, year: int) -> HttpResponse:
    found = get_object_or_404(YearMeeting, year=year)
    with translation.override(LANGUAGE):
        content = write_pdf(minutes_document(found), fonts=font_folder())
    record(actor=request.user, action=AuditAction.EXPORT, obj=found)
    return as_file(content, "pdf", f"mtvp-{year}-notulen.pdf")


def _found(year: int) -> YearMeeting:
    return YearMeeting.objects.filter(year=year).first() or YearMeeting(year=year)


def _agreement(pk: int) -> MeetingAgreement:
    return get_object_or_404(MeetingAgreement.objects.select_related("meeting"), pk=pk)


def _told_closed(request: SignedInRequest, year: int) -> HttpResponse:
    messages.error(request, _("These minutes are signed off: they do not change any more."))
    return redirect("report_minutes", year)
