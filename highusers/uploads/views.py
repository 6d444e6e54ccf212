"""The pages of an upload: file, columns, rows, confirmation. A step that waits for a worker
refreshes itself, with htmx or without, and may be left."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from highusers.imports.refusal import Refused
from highusers.models import ExtractImport
from highusers.states import ImportState
from highusers.uploads import holding, services
from highusers.uploads.forms import ColumnsForm, FileForm
from mtvp.documents.csv import formula_safe, rows_csv
from practices.agreements import needs_agreement
from practices.audit import record
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import PracticeRequest, practice_page

PATIENCE = timedelta(seconds=30)
"""After this long a page that waits offers to ask again."""

STEPS = {
    ImportState.UPLOADED: "extract_columns",
    ImportState.COLUMNS: "extract_columns",
    ImportState.PARSING: "extract_check",
    ImportState.ROWS: "extract_check",
    ImportState.REFUSED: "extract_check",
}


@practice_page(Permission.IMPORT_EXTRACT)
def new(request: PracticeRequest) -> HttpResponse:
    if needs_agreement(request.practice):
        messages.info(request, _("First agree on the processing of data with PrimaCura."))
        asked = reverse("processing_agreement", args=[request.practice.slug])
        return redirect(f"{asked}?next={request.path}")
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = services.start_upload(
            practice=request.practice,
            actor=request.user,
            data=form.cleaned_data["extract"],
            period=(form.cleaned_data["period_start"], form.cleaned_data["period_end"]),
            definition=form.cleaned_data["definition"],
        )
        return redirect("extract_columns", request.practice.slug, upload.code)
    open_uploads = ExtractImport.objects.filter(
        practice=request.practice, created_by=request.user, state__in=services.OPEN
    )
    context = {"form": form, "step": 1, "open_uploads": open_uploads}
    return TemplateResponse(request, "highusers/upload_file.html", context)


@practice_page(Permission.IMPORT_EXTRACT)
def columns(request: PracticeRequest, code: str) -> HttpResponseBase:
    upload = _upload(request, code)
    may_choose = upload.state in (ImportState.UPLOADED, ImportState.COLUMNS, ImportState.ROWS)
    if not (may_choose or (upload.state == ImportState.REFUSED and upload.result)):
        return _elsewhere(request, upload)
    form = ColumnsForm(request.POST or None, upload=upload)
    if request.method == "POST" and upload.result and form.is_valid():
        services.choose_columns(upload=upload, choices=form.choices())
        return redirect("extract_check", request.practice.slug, upload.code)
    examples = holding.kept_cells(upload.code).get("examples", {})
    rows = [(field, _examples(form, field.name, examples)) for field in form]
    context = _context(upload, 2) | {"form": form, "rows": rows, "examples": examples}
    return TemplateResponse(request, "highusers/upload_columns.html", context)


@practice_page(Permission.IMPORT_EXTRACT)
def check(request: PracticeRequest, code: str) -> HttpResponseBase:
    upload = _upload(request, code)
    if STEPS.get(ImportState(upload.state)) != "extract_check":
        return _elsewhere(request, upload)
    errors = holding.kept_cells(upload.code).get("errors", [])
    context = _context(upload, 3) | {"errors": errors}
    return TemplateResponse(request, "highusers/upload_check.html", context)


@practice_page(Permission.IMPORT_EXTRACT)
def confirm(request: PracticeRequest, code: str) -> HttpResponseBase:
    upload = _upload(request, code)
    if upload.state != ImportState.ROWS:
        return _elsewhere(request, upload)
    if request.method == "POST":
        try:
            services.confirm(
                upload=upload, actor=request.user, replaces=request.POST.get("replaces", "")
            )
        except services.OvertakenError:
            messages.warning(
                request,
                _("A colleague stored an extract of this period just now. Look at it first."),
            )
        except Refused as refused:
            messages.error(request, refused.message)
            return redirect("extract_new", request.practice.slug)
        else:
            messages.success(request, _("The extract is stored."))
            return redirect("high_users", request.practice.slug)
    earlier = services.replaced(upload)
    context = _context(upload, 4) | {
        "earlier": earlier,
        "same": earlier is not None and _same_figures(upload, earlier),
        "replaces": services.replaced_version(upload),
    }
    return TemplateResponse(request, "highusers/upload_confirm.html", context)


@practice_page(Permission.IMPORT_EXTRACT)
def errors(request: PracticeRequest, code: str) -> HttpResponse:
    """The rejected rows as a file, for mending them in the GP system."""
    upload = _upload(request, code)
    found = holding.kept_cells(upload.code).get("errors", [])
    header = (_("Row"), _("Column"), _("What it says"), _("How to solve it"))
    content = rows_csv(
        header,
        (
            [str(one["row"]), *(formula_safe(one[key]) for key in ("column", "cell", "message"))]
            for one in found
        ),
    )
    record(
        actor=request.user,
        action=AuditAction.EXPORT,
        obj=upload,
        practice=request.practice,
        rows=len(found),
    )
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="rijen.csv"'},
    )


@require_POST
@practice_page(Permission.IMPORT_EXTRACT)
def cancel(request: PracticeRequest, code: str) -> HttpResponse:
    services.cancel(upload=_upload(request, code))
    messages.info(request, _("The file is gone. Nothing was stored."))
    return redirect("extract_new", request.practice.slug)


@require_POST
@practice_page(Permission.IMPORT_EXTRACT)
def again(request: PracticeRequest, code: str) -> HttpResponse:
    upload = _upload(request, code)
    if upload.state in services.WORKING:
        services.send_to_worker(upload)
    return redirect(STEPS.get(ImportState(upload.state), "extract_columns"), *_address(upload))


def _upload(request: PracticeRequest, code: str) -> ExtractImport:
    """The person's own upload: cells of the file are for the colleague who sent it only."""
    return get_object_or_404(
        ExtractImport.objects.select_related("practice"),
        code=code,
        practice=request.practice,
        created_by=request.user,
    )


def _address(upload: ExtractImport) -> tuple[str, str]:
    return upload.practice.slug, upload.code


def _elsewhere(request: PracticeRequest, upload: ExtractImport) -> HttpResponseBase:
    """Where somebody goes who opens a step that the upload has left or not reached."""
    state = ImportState(upload.state)
    if state in STEPS:
        response = redirect(STEPS[state], *_address(upload))
    elif state is ImportState.STORED:
        response = redirect("high_users", upload.practice.slug)
    else:
        messages.warning(
            request, _("This file is no longer here: it is kept for one hour. Choose it again.")
        )
        response = redirect("extract_new", upload.practice.slug)
    return HttpResponseClientRedirect(response.url) if request.htmx else response


def _context(upload: ExtractImport, step: int) -> dict[str, Any]:
    waiting = upload.state in services.WORKING
    return {
        "upload": upload,
        "step": step,
        "waiting": waiting,
        "slow": waiting and timezone.now() - upload.created_at > PATIENCE,
        "summary": upload.result.get("summary", {}),
        "percent": 100 * upload.rows_done // upload.rows_total if upload.rows_total else 0,
    }


def _examples(form: ColumnsForm, name: str, examples: dict[str, list[str]]) -> list[str]:
    return examples.get(str(form[name].value() or ""), [])


def _same_figures(upload: ExtractImport, earlier: Any) -> bool:
    summary = upload.result.get("summary", {})
    return all(
        summary.get(name) == getattr(earlier, name)
        for name in ("patients", "contacts", "high_users", "rejected_rows")
    )
