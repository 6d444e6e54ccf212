"""The door for one file of indicators: the import of all spreadsheets, and no second one."""

from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from highusers.imports.table import MAX_BYTES
from monitoring.mirror.facts import definitions
from monitoring.models import RegionUpload
from monitoring.region_import import holding, uploads
from monitoring.region_import.read import ENDINGS, NamedFile
from practices.models import User
from practices.permissions import Permission
from practices.states import ImportState
from practices.tenancy import SignedInRequest, region_page
from practices.uploads import OPEN

TABLE = "indicators"
PAGE = "region_figures"
RECENT = timedelta(hours=2)
"""Longer than what storing replaced is kept."""


class FiguresForm(forms.Form):
    """`figures` is a (name, bytes) pair under the name by which the import knows the table: how a
    region calls its file (`called`) does not matter for reading it."""

    use_required_attribute = False

    figures = forms.FileField(
        label=_("File with figures"),
        help_text=_("One file that ends in .xlsx or .csv. 64 MB at most."),
        error_messages={
            "required": _("Choose a file that ends in .xlsx or .csv."),
            "empty": _("This file is empty. Choose another file."),
        },
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("read", _("Check the file")))

    def clean_figures(self) -> NamedFile:
        upload: UploadedFile = self.cleaned_data["figures"]
        ending = PurePosixPath(upload.name or "").suffix.lower()
        if ending not in ENDINGS:
            raise forms.ValidationError(_("Choose a file that ends in .xlsx or .csv."))
        if (upload.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_("This file is too large. Choose a file of up to 64 MB."))
        self.called = {f"{TABLE}{ending}": upload.name or ""}
        return f"{TABLE}{ending}", upload.read()


@region_page(Permission.IMPORT_REGION)
def region_figures(request: SignedInRequest) -> HttpResponse:
    """Choose the file; what it would do is shown before anything is stored."""
    posted = request.method == "POST"
    form = FiguresForm(request.POST, request.FILES) if posted else FiguresForm()
    if posted and form.is_valid():
        files = [form.cleaned_data["figures"]]
        started = uploads.start_upload(
            files=files, actor=request.user, page=PAGE, called=form.called
        )
        return redirect("import_region_check", started.code)
    open_uploads = RegionUpload.objects.filter(created_by=request.user, state__in=OPEN, page=PAGE)
    context = {
        "form": form,
        "definitions": [one for one in definitions() if not one.own],
        "open_uploads": open_uploads,
        "stored_uploads": _to_put_back(request.user),
    }
    return TemplateResponse(request, "monitoring/mirror/figures.html", context)


@require_POST
@region_page(Permission.IMPORT_REGION)
def put_back(request: SignedInRequest, code: str) -> HttpResponse:
    """Read in the figures that stood there before an upload of the past hour, by the same door: it
    is looked at first, and stored only then."""
    found = next((one for one in _to_put_back(request.user) if one.code == code), None)
    content = holding.kept_restoring(code) if found else None
    if content is None:
        messages.warning(request, _("This can be put back for one hour. Nothing was changed."))
        return redirect(PAGE)
    started = uploads.start_upload(files=[(f"{TABLE}.csv", content)], actor=request.user, page=PAGE)
    return redirect("import_region_check", started.code)


def _to_put_back(user: User) -> list[RegionUpload]:
    """The newest first."""
    stored = RegionUpload.objects.filter(created_by=user, state=ImportState.STORED, page=PAGE)
    recent = stored.filter(created_at__gt=timezone.now() - RECENT).order_by("-pk")
    return [one for one in recent if holding.has_restoring(one.code)]
