"""The coordinator's pages: choose files, look at what they would do, confirm."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from monitoring.region_import.draft import Draft, FileCounts
from monitoring.region_import.findings import Finding
from monitoring.region_import.forms import UploadForm
from monitoring.region_import.holding import held, hold, let_go
from monitoring.region_import.read import NamedFile
from monitoring.region_import.schema import TABLES, Table
from monitoring.region_import.services import import_region, preview_region
from practices.permissions import Permission
from practices.tenancy import SignedInRequest, region_page

SHOWN = 200
"""Findings on one page; the file is mended in pieces anyway."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A line of the preview: a file, what its rows would do, and its remarks."""

    file: str
    counts: FileCounts | None
    errors: int
    warnings: int


@region_page(Permission.IMPORT_REGION)
def upload(request: SignedInRequest) -> HttpResponse:
    posted = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if posted else UploadForm()
    if posted and form.is_valid():
        code = hold(form.cleaned_data["spreadsheets"], owner=request.user)
        return redirect("import_region_check", code)
    context = {"form": form, "tables": [_columns(table) for table in TABLES]}
    return TemplateResponse(request, "monitoring/region_import/upload.html", context)


@region_page(Permission.IMPORT_REGION)
def check(request: SignedInRequest, code: str) -> HttpResponse:
    """What the files would do; GET as often as one likes, POST stores them."""
    files = held(code, owner=request.user)
    if files is None:
        return _gone(request)
    if request.method == "POST":
        draft = import_region(files=files, actor=request.user, role=request.access.role)
        if not draft.errors:
            let_go(code, owner=request.user)
            messages.success(request, _stored(draft))
            return redirect("import_region")
    else:
        draft = preview_region(files=files)
    context = _context(draft, files) | {"code": code}
    status = 422 if draft.errors and request.method == "POST" else 200
    return TemplateResponse(request, "monitoring/region_import/check.html", context, status=status)


@require_POST
@region_page(Permission.IMPORT_REGION)
def discard(request: SignedInRequest, code: str) -> HttpResponse:
    let_go(code, owner=request.user)
    messages.info(request, _("The files are thrown away. Nothing was stored."))
    return redirect("import_region")


def _columns(table: Table) -> tuple[str, str, str]:
    """The name of a file, the columns it must have and those it may have."""
    required = ", ".join(column.name for column in table.columns if not column.blank)
    optional = ", ".join(column.name for column in table.columns if column.blank)
    return f"{table.name}.csv", required, optional


def _gone(request: SignedInRequest) -> HttpResponse:
    messages.warning(
        request,
        _("These files are no longer here: they are kept for one hour. Choose them again."),
    )
    return redirect("import_region")


def _stored(draft: Draft) -> str:
    counts = draft.counts()
    return _(
        "Stored: %(new)s rows are new, %(changed)s changed and %(unchanged)s as they were."
    ) % {
        "new": sum(one.new for one in counts),
        "changed": sum(one.changed for one in counts),
        "unchanged": sum(one.unchanged for one in counts),
    }


def _context(draft: Draft, files: Sequence[NamedFile]) -> dict[str, object]:
    errors, warnings = draft.errors, draft.warnings
    return {
        "files": _file_rows(draft, files),
        "made": draft.made(),
        "errors": errors[:SHOWN],
        "warnings": warnings[:SHOWN],
        "error_count": len(errors),
        "warning_count": len(warnings),
        "shown": SHOWN,
        "recognised": bool(draft.counts()),
        "changes": sum(one.new + one.changed for one in draft.counts()),
    }


def _file_rows(draft: Draft, files: Sequence[NamedFile]) -> list[FileRow]:
    counted = {counts.file: counts for counts in draft.counts()}
    errors, warnings = _per_file(draft.errors), _per_file(draft.warnings)
    names = [*counted, *(name for name, _content in files if name not in counted)]
    return [FileRow(name, counted.get(name), errors[name], warnings[name]) for name in names]


def _per_file(findings: Sequence[Finding]) -> Counter[str]:
    return Counter(finding.file or "" for finding in findings)
