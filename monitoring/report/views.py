"""The pages of the yearly report: asking, following, reading, freezing, downloading."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from monitoring.models import Report, ReportBuild
from monitoring.report import services
from monitoring.report.blocks.page import shown_blocks, year_cards
from monitoring.report.build import LANGUAGE
from monitoring.report.corrections import composed
from monitoring.report.document import document_of
from monitoring.report.downloads import as_file, newest_build, sent
from monitoring.report.files import FORMATS, made_file
from monitoring.report.forms import CorrectionForm, ReportForm
from monitoring.report.making import folder_of
from monitoring.report.publishing.services import ConsentWithdrawnError, publish, readers_of
from monitoring.report.reading import sections_of
from monitoring.report.value import report_json
from monitoring.report.words import error_words, step_words
from monitoring.states import BuildState, ReportState
from mtvp.documents.canonical import canonical_json, sha256_of
from practices.audit import record
from practices.permissions import Permission
from practices.states import AuditAction, AuditOutcome
from practices.tenancy import SignedInRequest, region_page

SHOWN_BUILDS = 10
SHOWN_READINGS = 50
UNDER_WAY = (BuildState.QUEUED, BuildState.RUNNING)


@region_page(Permission.BUILD_REPORT)
def reports(request: SignedInRequest) -> HttpResponse:
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        build = services.request_build(**form.cleaned_data, actor=request.user)
        return redirect("report_build", build.code)
    stored = list(Report.objects.select_related("insurer"))
    context = {
        "form": form,
        "cards": year_cards(
            sorted({*form.years, *(one.year for one in stored)}, reverse=True),
            stored,
            timezone.localdate(),
        ),
        "last_year": timezone.localdate().year - 1,
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
    """The whole report as it reads now; a draft with the words of this moment."""
    return _report_page(request, _stored(pk), CorrectionForm())


def _report_page(
    request: SignedInRequest, found: Report, correction: CorrectionForm
) -> HttpResponse:
    value, is_draft = composed(found), found.state == ReportState.DRAFT
    with translation.override(LANGUAGE):
        document = document_of(value, draft=is_draft)
        blocks = shown_blocks(found.year, timezone.localdate()) if is_draft else []
        sections = sections_of(document, blocks)
    versions = list(
        Report.objects.filter(year=found.year, insurer=found.insurer, appendix=found.appendix)
    )
    context = {
        "report": found,
        "document": document,
        "sections": sections,
        "build": newest_build(found),
        "is_draft": is_draft,
        "seen": sha256_of(canonical_json(report_json(value))),
        "formats": FORMATS,
        "versions": versions,
        "newest": versions[0].pk == found.pk,
        "readings": found.readings.select_related("reader__person")[:SHOWN_READINGS],
        "readers": readers_of(found.insurer).count(),
        "not_ready": [one for one in blocks if not one.ready],
        "correction": correction,
    }
    return TemplateResponse(request, "monitoring/report/report.html", context)


@region_page(Permission.BUILD_REPORT)
def stored_file(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """A file of a version, on record; the CSV and the slides are written on the spot."""
    found = _stored(pk)
    answer = sent(found, kind)
    record(
        actor=request.user,
        action=AuditAction.EXPORT,
        obj=found,
        format=kind,
        appendix=found.appendix,
        version=found.version,
    )
    return answer


@require_POST
@region_page(Permission.BUILD_REPORT)
def finalise(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        made = services.make_final(
            report=_stored(pk), actor=request.user, seen=str(request.POST.get("seen", ""))
        )
    except services.NotPossibleError:
        messages.info(request, _("This report is final already."))
        return redirect("report", pk)
    except services.ChangedMeanwhileError:
        messages.warning(
            request,
            _("Somebody changed a text or a figure since you opened this page. Read it again."),
        )
        return redirect("report", pk)
    return redirect("report_build", made.code)


@require_POST
@region_page(Permission.BUILD_REPORT)
def count_anew(request: SignedInRequest, pk: int) -> HttpResponse:
    """The figures of a draft as they are now."""
    found = _stored(pk)
    made = services.request_build(
        year=found.year, insurer=found.insurer, appendix=found.appendix, actor=request.user
    )
    return redirect("report_build", made.code)


@require_POST
@region_page(Permission.BUILD_REPORT)
def correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin the next version of a final report, with the reason."""
    found, form = _stored(pk), CorrectionForm(request.POST)
    if not form.is_valid():
        return _report_page(request, found, form)
    try:
        made = services.correct(
            report=found, reason=form.cleaned_data["reason"], actor=request.user
        )
    except services.NotPossibleError:
        messages.info(request, _("This report is being corrected already."))
        return redirect("report", pk)
    messages.success(request, _("The correction is begun. Its figures are being counted."))
    return redirect("report", made.pk)


@require_POST
@region_page(Permission.BUILD_REPORT)
def drop_correction(request: SignedInRequest, pk: int) -> HttpResponse:
    """Throw away a correction that was begun by mistake."""
    try:
        before = services.drop_correction(report=_stored(pk), actor=request.user)
    except services.NotPossibleError:
        messages.info(request, _("Only a correction that is not final can be thrown away."))
        return redirect("report", pk)
    messages.success(request, _("The correction is thrown away. This version stays as it was."))
    return redirect("report", before.pk)


@require_POST
@region_page(Permission.BUILD_REPORT)
def publish_report(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _stored(pk)
    try:
        publish(report=found, actor=request.user)
    except services.NotPossibleError:
        messages.info(request, _("This report is published already, or it is still a draft."))
    except ConsentWithdrawnError:
        messages.error(
            request,
            _("A practice took back words that stand in this report. Begin a correction first."),
        )
    else:
        messages.success(request, _("Published. The readers of the insurer get a mail."))
    return redirect("report", pk)


def _stored(pk: int) -> Report:
    found = Report.objects.select_related("insurer", "final_by__person", "published_by__person")
    return get_object_or_404(found, pk=pk)


def _build(code: str) -> ReportBuild:
    return get_object_or_404(ReportBuild.objects.select_related("insurer", "report"), code=code)


def _progress(found: ReportBuild) -> dict[str, object]:
    ended = found.state in (BuildState.FAILED, BuildState.CANCELLED)
    return {
        "build": found,
        "under_way": found.state in UNDER_WAY,
        "step": step_words(found.step),
        "number": found.steps_done + 1 if found.step else 0,
        "error": error_words(found.error) if found.state == BuildState.FAILED else "",
        "percent": round(100 * found.steps_done / max(found.steps_total, 1)),
        "done": found.state == BuildState.DONE,
        "before": services.stored_report(found) if ended else None,
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
    return as_file(path.read_bytes(), kind, path.name)
