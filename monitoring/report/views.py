"""The pages of the yearly report: asking, following, reading, freezing, downloading."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from monitoring.models import Report, ReportBuild
from monitoring.report import services
from monitoring.report.document import document_of
from monitoring.report.files import CONTENT_TYPES, FORMATS, made_file
from monitoring.report.forms import ReportForm
from monitoring.report.making import folder_of
from monitoring.report.value import report_from_json
from monitoring.report.words import error_words, step_words
from monitoring.states import BuildState, ReportState
from mtvp.documents.html import page_html
from practices.audit import record
from practices.models import Insurer
from practices.permissions import Permission
from practices.states import AuditAction, AuditOutcome
from practices.tenancy import SignedInRequest, region_page

SHOWN_BUILDS = 10
UNDER_WAY = (BuildState.QUEUED, BuildState.RUNNING)


@region_page(Permission.BUILD_REPORT)
def reports(request: SignedInRequest) -> HttpResponse:
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        build = services.request_build(**form.cleaned_data, actor=request.user)
        return redirect("report_build", build.code)
    context = {
        "form": form,
        "reports": Report.objects.select_related("insurer"),
        "builds": ReportBuild.objects.select_related("insurer")[:SHOWN_BUILDS],
    }
    return TemplateResponse(request, "monitoring/report/reports.html", context)


@region_page(Permission.BUILD_REPORT)
def build(request: SignedInRequest, code: str) -> HttpResponse:
    """The progress page; asked again by the page itself, and by hand without JavaScript."""
    found = _build(code)
    part = "_progress" if request.htmx else "build"
    return TemplateResponse(request, f"monitoring/report/{part}.html", _progress(found))


@require_POST
@region_page(Permission.BUILD_REPORT)
def cancel(request: SignedInRequest, code: str) -> HttpResponse:
    try:
        services.cancel_build(build=_build(code), actor=request.user)
    except services.NotPossibleError:
        messages.info(request, _("The making of this report has ended already."))
    return redirect("report_build", code)


@require_POST
@region_page(Permission.BUILD_REPORT)
def retry(request: SignedInRequest, code: str) -> HttpResponse:
    try:
        services.retry_build(build=_build(code), actor=request.user)
    except services.NotPossibleError:
        messages.info(request, _("This report is being made or is ready already."))
    return redirect("report_build", code)


@region_page(Permission.BUILD_REPORT)
def build_file(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    return _download(request, _build(code), kind)


@region_page(Permission.BUILD_REPORT)
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Report.objects.select_related("insurer", "final_by"), pk=pk)
    document = document_of(report_from_json(found.value), draft=found.state == ReportState.DRAFT)
    context = {
        "report": found,
        "document": document,
        "content": page_html(document.blocks),
        "build": _newest_build(found),
        "is_draft": found.state == ReportState.DRAFT,
        "formats": FORMATS,
    }
    return TemplateResponse(request, "monitoring/report/report.html", context)


@require_POST
@region_page(Permission.BUILD_REPORT)
def finalise(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        made = services.make_final(report=get_object_or_404(Report, pk=pk), actor=request.user)
    except services.NotPossibleError:
        messages.info(request, _("This report is final already."))
        return redirect("report", pk)
    return redirect("report_build", made.code)


@region_page(Permission.READ_REPORT)
def insurer_reports(request: SignedInRequest) -> HttpResponse:
    """Final reports of the reader's own insurer."""
    readable = [(one, _newest_build(one) is not None) for one in _readable(request)]
    context = {"reports": readable, "formats": FORMATS}
    return TemplateResponse(request, "monitoring/report/insurer_reports.html", context)


@region_page(Permission.READ_REPORT)
def insurer_file(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    found = next((one for one in _readable(request) if one.pk == pk), None)
    newest = _newest_build(found) if found else None
    if newest is None:
        raise Http404
    return _download(request, newest, kind)


def _readable(request: SignedInRequest) -> list[Report]:
    own = Insurer.objects.filter(regionrole__user=request.user)
    return list(
        Report.objects.filter(state=ReportState.FINAL, insurer__in=own).select_related("insurer")
    )


def _build(code: str) -> ReportBuild:
    return get_object_or_404(ReportBuild.objects.select_related("insurer", "report"), code=code)


def _newest_build(report: Report) -> ReportBuild | None:
    """The latest files of a report; of a final one only those made after it was frozen."""
    builds = report.builds.filter(state=BuildState.DONE)
    if report.final_at is not None:
        builds = builds.filter(created_at__gte=report.final_at)
    return builds.select_related("insurer").first()


def _progress(found: ReportBuild) -> dict[str, object]:
    return {
        "build": found,
        "under_way": found.state in UNDER_WAY,
        "step": step_words(found.step),
        "error": error_words(found.error) if found.state == BuildState.FAILED else "",
        "percent": round(100 * found.steps_done / max(found.steps_total, 1)),
        "done": found.state == BuildState.DONE,
        "can_retry": found.state in (BuildState.FAILED, BuildState.CANCELLED),
        "formats": FORMATS,
    }


def _download(request: SignedInRequest, found: ReportBuild, kind: str) -> HttpResponse:
    if kind not in FORMATS:
        raise Http404
    path = made_file(folder_of(found.code), kind) if found.state == BuildState.DONE else None
    record(
        actor=request.user,
        action=AuditAction.EXPORT,
        obj=found,
        outcome=AuditOutcome.DONE if path else AuditOutcome.FAILED,
        format=kind,
        appendix=found.appendix,
    )
    if path is None:
        raise Http404
    return HttpResponse(
        path.read_bytes(),
        content_type=CONTENT_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{path.name}"'},
    )
