"""The coordinator's pages: choose files, look at what they would do, confirm. While a worker is
busy the page refreshes itself, with htmx or without, and may be left."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from monitoring.models import RegionUpload
from monitoring.region_import import holding, uploads
from monitoring.region_import.forms import UploadForm
from monitoring.region_import.outcome import SHOWN
from monitoring.region_import.schema import TABLES, Table
from mtvp.charts.numbers import number
from practices.permissions import Permission
from practices.states import ImportState
from practices.tenancy import SignedInRequest, region_page
from practices.uploads import OPEN, waiting_context


@region_page(Permission.IMPORT_REGION)
def upload(request: SignedInRequest) -> HttpResponse:
    posted = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if posted else UploadForm()
    if posted and form.is_valid():
        files = form.cleaned_data["spreadsheets"]
        started = uploads.start_upload(files=files, actor=request.user)
        return redirect("import_region_check", started.code)
    context = {
        "form": form,
        "tables": [_columns(table) for table in TABLES],
        "open_uploads": RegionUpload.objects.filter(created_by=request.user, state__in=OPEN),
    }
    return TemplateResponse(request, "monitoring/region_import/upload.html", context)


@region_page(Permission.IMPORT_REGION)
def check(request: SignedInRequest, code: str) -> HttpResponse:
    """What the files would do; GET as often as one likes, POST has a worker store them."""
    found = _upload(request, code)
    if found is None:
        return _gone(request)
    if request.method == "POST":
        possible = uploads.confirm(upload=found, seen=request.POST.get("seen", ""))
        return redirect("import_region_check", code) if possible else _gone(request, found)
    if found.state == ImportState.STORED:
        messages.success(request, _stored(found))
        return _sent_to_start(request, found.page)
    waiting = waiting_context(found)
    shown = {} if waiting["waiting"] else holding.kept_outcome(code)
    if not (waiting["waiting"] or shown):
        return _gone(request, found)
    context = {**waiting, "shown": shown, "limit": SHOWN}
    return TemplateResponse(request, "monitoring/region_import/check.html", context)


@require_POST
@region_page(Permission.IMPORT_REGION)
def again(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask the worker once more: for what the page waits for, or to look at the files anew."""
    found = _upload(request, code)
    if found is None or not uploads.ask_again(upload=found):
        return _gone(request, found)
    return redirect("import_region_check", code)


@require_POST
@region_page(Permission.IMPORT_REGION)
def discard(request: SignedInRequest, code: str) -> HttpResponse:
    found = _upload(request, code)
    if found is not None and not uploads.cancel(upload=found):
        found.refresh_from_db()
        if found.state == ImportState.STORED:
            return redirect("import_region_check", code)
    messages.info(request, _("The files are thrown away. Nothing was stored."))
    return redirect(found.page if found else "import_region")


def _upload(request: SignedInRequest, code: str) -> RegionUpload | None:
    """One's own upload: what is in the files is for who sent them."""
    return RegionUpload.objects.filter(code=code, created_by=request.user).first()


def _columns(table: Table) -> tuple[str, str, str]:
    """The name of a file, the columns it must have and those it may have."""
    required = ", ".join(column.name for column in table.columns if not column.blank)
    optional = ", ".join(column.name for column in table.columns if column.blank)
    return f"{table.name}.csv", required, optional


def _gone(request: SignedInRequest, found: RegionUpload | None = None) -> HttpResponse:
    messages.warning(
        request,
        _("These files are no longer here: they are kept for one hour. Choose them again."),
    )
    return _sent_to_start(request, found.page if found else "import_region")


def _sent_to_start(request: SignedInRequest, page: str) -> HttpResponse:
    """To the page where it was begun, as the page that asks takes it: a waiting page asks by
    htmx."""
    response = redirect(page)
    return HttpResponseClientRedirect(response.url) if request.htmx else response


def _stored(found: RegionUpload) -> str:
    counts = {name: number(count) for name, count in found.stored.items()}
    return (
        _("Stored: %(new)s rows are new, %(changed)s changed and %(unchanged)s as they were.")
        % counts
    )
