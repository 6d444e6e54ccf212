"""The pages of an upload: file, columns, rows, confirmation. A step that waits for a worker
refreshes itself, with htmx or without, and may be left."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from highusers.imports.definitions import (
    DEFAULT_DEFINITION,
    Kind,
    definition_label,
    definition_named,
    kind_label,
)
from highusers.imports.refusal import Refused
from highusers.models import Extract, ExtractImport
from highusers.retention import UNDO_DAYS
from highusers.services import CannotUndoError, undo_extract
from highusers.texts import EXTRACT_HELP
from highusers.uploads import holding, services
from highusers.uploads.forms import ColumnsForm, FileForm
from mtvp.charts.numbers import day
from practices.agreements import needs_agreement
from practices.audit import record
from practices.permissions import Permission
from practices.states import AuditAction, ImportState
from practices.tenancy import PracticeRequest, practice_page
from practices.texts.services import region_text
from practices.uploads import OPEN, WORKING, waiting_context

STEPS = {
    ImportState.UPLOADED: "extract_columns",
    ImportState.COLUMNS: "extract_columns",
    ImportState.PARSING: "extract_check",
    ImportState.ROWS: "extract_check",
    ImportState.CONFIRMED: "extract_confirm",
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
        practice=request.practice, created_by=request.user, state__in=OPEN
    )
    context = {"form": form, "step": 1, "open_uploads": open_uploads}
    return TemplateResponse(request, "highusers/upload_file.html", context)


@practice_page(Permission.SEE_PRACTICE)
def explain(request: PracticeRequest) -> HttpResponse:
    """How to make an extract, in the words of the region."""
    title, text = region_text(EXTRACT_HELP)
    may_import = Permission.IMPORT_EXTRACT in request.access
    context = {"title": title, "text": text, "may_import": may_import}
    return TemplateResponse(request, "highusers/extract_help.html", context)


@practice_page(Permission.IMPORT_EXTRACT)
def columns(request: PracticeRequest, code: str) -> HttpResponseBase:
    upload = _upload(request, code)
    shown = holding.kept_cells(upload.code)
    may_choose = upload.state in (ImportState.UPLOADED, ImportState.COLUMNS)
    # A page that waited for the columns asks on its own: with known ones it goes on to the rows.
    may_choose = may_choose or (upload.state == ImportState.ROWS and not request.htmx)
    if not (may_choose or (upload.state == ImportState.REFUSED and shown.get("headers"))):
        return _elsewhere(request, upload)
    form = ColumnsForm(request.POST or None, upload=upload, shown=shown)
    if request.method == "POST" and shown.get("headers") and form.is_valid():
        services.choose_columns(upload=upload, choices=form.choices())
        return redirect("extract_check", *_address(upload))
    examples = shown.get("examples", {})
    rows = [(field, _examples(form, field.name, examples)) for field in form]
    context = _context(upload, shown, 2) | {"form": form, "rows": rows}
    return TemplateResponse(request, "highusers/upload_columns.html", context)


@practice_page(Permission.IMPORT_EXTRACT)
def check(request: PracticeRequest, code: str) -> HttpResponseBase:
    upload = _upload(request, code)
    shown = holding.kept_cells(upload.code)
    if STEPS.get(ImportState(upload.state)) != "extract_check" or not shown:
        return _elsewhere(request, upload, gone=not shown)
    if _nothing_to_check(upload, shown):
        return _sent_on(request, redirect("extract_confirm", *_address(upload)))
    return TemplateResponse(request, "highusers/upload_check.html", _context(upload, shown, 3))


@practice_page(Permission.IMPORT_EXTRACT)
def confirm(request: PracticeRequest, code: str) -> HttpResponseBase:
    upload = _upload(request, code)
    if request.method == "POST":
        return _confirmed(request, upload)
    if upload.state not in (ImportState.ROWS, ImportState.CONFIRMED):
        return _elsewhere(request, upload)
    if services.holds_nobody(upload):
        return redirect("extract_check", *_address(upload))
    shown = holding.kept_cells(upload.code)
    earlier = services.replaced(upload)
    context = _context(upload, shown, 4) | {
        "earlier": earlier,
        "same": earlier is not None and _same_figures(shown, earlier),
        "replaces": services.replaced_version(upload),
        "before": [date.fromisoformat(one) for one in shown.get("compared", {}).get("period", [])],
        "definition": definition_label(upload.definition, shown.get("definition_version")),
        "counts": _counts(upload),
        "undo_days": UNDO_DAYS,
        "straight": _nothing_to_check(upload, shown),
    }
    return TemplateResponse(request, "highusers/upload_confirm.html", context)


def _confirmed(request: PracticeRequest, upload: ExtractImport) -> HttpResponse:
    try:
        services.confirm(upload=upload, replaces=request.POST.get("replaces", ""))
    except services.OvertakenError:
        messages.warning(
            request,
            _("A colleague stored an extract of this period just now. Look at it first."),
        )
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("extract_new", request.practice.slug)
    return redirect("extract_confirm", *_address(upload))


@practice_page(Permission.IMPORT_EXTRACT)
def errors(request: PracticeRequest, code: str) -> HttpResponseBase:
    """The rejected rows as a workbook, for mending them in the GP system."""
    upload = _upload(request, code)
    content = holding.kept_workbook(upload.code)
    if content is None:
        return _elsewhere(request, upload)
    record(
        actor=request.user,
        action=AuditAction.EXPORT,
        obj=upload,
        practice=request.practice,
        rows=holding.kept_cells(upload.code).get("summary", {}).get("rejected_rows", 0),
    )
    return HttpResponse(
        content,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": 'attachment; filename="rijen.xlsx"'},
    )


@require_POST
@practice_page(Permission.IMPORT_EXTRACT)
def undo(request: PracticeRequest, pk: int) -> HttpResponse:
    """Bring back what stood before an extract was stored."""
    extract = get_object_or_404(Extract, pk=pk, practice=request.practice)
    seen = request.POST.get("version", "")
    try:
        back = undo_extract(extract=extract, actor=request.user, seen=seen)
    except CannotUndoError:
        messages.warning(
            request, _("This extract can no longer be undone, or a colleague changed it just now.")
        )
    else:
        messages.success(
            request,
            _("Undone. The extract stored on %(date)s is back.")
            % {"date": day(timezone.localdate(back.stored_at))}
            if back
            else _("Undone. There is no extract of this period now. Plans are still there."),
        )
    return redirect("high_users", request.practice.slug)


@require_POST
@practice_page(Permission.IMPORT_EXTRACT)
def cancel(request: PracticeRequest, code: str) -> HttpResponse:
    upload = _upload(request, code)
    if not services.cancel(upload=upload):
        upload.refresh_from_db()
        if upload.state == ImportState.STORED:
            return redirect("extract_confirm", *_address(upload))
    messages.info(request, _("The file is gone. Nothing was stored."))
    return redirect("extract_new", request.practice.slug)


@require_POST
@practice_page(Permission.IMPORT_EXTRACT)
def again(request: PracticeRequest, code: str) -> HttpResponse:
    upload = _upload(request, code)
    if upload.state in WORKING:
        services.send_to_worker(upload)
    return redirect(STEPS.get(ImportState(upload.state), "extract_columns"), *_address(upload))


def _upload(request: PracticeRequest, code: str) -> ExtractImport:
    """The person's own upload: cells of the file are for the colleague who sent it only."""
    return get_object_or_404(
        ExtractImport.objects.select_related("practice", "extract"),
        code=code,
        practice=request.practice,
        created_by=request.user,
    )


def _address(upload: ExtractImport) -> tuple[str, str]:
    return upload.practice.slug, upload.code


def _elsewhere(
    request: PracticeRequest, upload: ExtractImport, *, gone: bool = False
) -> HttpResponseBase:
    """Where somebody goes who opens a step that the upload has left or not reached."""
    state = ImportState(upload.state)
    if state in STEPS and not gone:
        response = redirect(STEPS[state], *_address(upload))
    elif state is ImportState.STORED:
        until = upload.extract and upload.extract.undo_until
        if until:
            messages.success(
                request,
                _("The extract is stored. You can undo this until %(date)s.")
                % {"date": day(timezone.localdate(until))},
            )
        response = redirect("high_users", upload.practice.slug)
    else:
        messages.warning(
            request, _("This file is no longer here: it is kept for one hour. Choose it again.")
        )
        response = redirect("extract_new", upload.practice.slug)
    return _sent_on(request, response)


def _sent_on(request: PracticeRequest, response: HttpResponseRedirectBase) -> HttpResponseBase:
    """A redirect as the page that asks takes it: a waiting page asks by htmx."""
    return HttpResponseClientRedirect(response.url) if request.htmx else response


def _nothing_to_check(upload: ExtractImport, shown: Mapping[str, Any]) -> bool:
    """Columns as last time, every row good and nothing odd: straight to the confirmation."""
    summary = shown.get("summary", {})
    return (
        upload.state == ImportState.ROWS
        and shown.get("remembered", False)
        and summary.get("patients", 0) > 0
        and not summary["rejected_rows"]
        and not summary["warnings"]
    )


def _context(upload: ExtractImport, shown: Mapping[str, Any], step: int) -> dict[str, Any]:
    summary = shown.get("summary", {})
    return waiting_context(upload) | {"shown": shown, "step": step, "summary": summary}


def _examples(form: ColumnsForm, name: str, examples: Mapping[str, list[str]]) -> list[str]:
    return examples.get(str(form[name].value() or ""), [])


def _same_figures(shown: Mapping[str, Any], earlier: Extract) -> bool:
    summary = shown.get("summary", {})
    names = ("patients", "contacts", "high_users", "rejected_rows", "definition")
    return all(summary.get(name) == getattr(earlier, name) for name in names)


def _counts(upload: ExtractImport) -> dict[str, list[str]]:
    """Which kinds of contact the chosen definition counts, and which it does not, in words."""
    counts = (definition_named(upload.definition) or DEFAULT_DEFINITION).counts
    return {
        "in": [kind_label(kind) for kind in Kind if kind in counts],
        "out": [kind_label(kind) for kind in Kind if kind not in counts],
    }
