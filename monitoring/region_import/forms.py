"""Which spreadsheets to read in."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from highusers.imports.table import MAX_BYTES
from monitoring.region_import.read import ENDINGS, ZIP, NamedFile


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One or more files, as a list."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        listed = data if isinstance(data, list) else [data]
        one = super().clean
        return [one(file, initial) for file in listed or [None]]


class UploadForm(forms.Form):
    """`spreadsheets` holds (name, bytes) pairs, as they came: a worker opens them."""

    use_required_attribute = False

    spreadsheets = SeveralFilesField(
        label=_("Spreadsheets"),
        help_text=_(
            "One or more files (.csv or .xlsx), or one zip file with all of them. 64 MB at most."
        ),
        error_messages={"required": _("Choose one or more files, of up to 64 MB together.")},
        widget=SeveralFilesInput(attrs={"accept": ".csv,.xlsx,.zip"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("read", _("Check the files")))

    def clean_spreadsheets(self) -> list[NamedFile]:
        uploads: list[UploadedFile] = self.cleaned_data["spreadsheets"]
        if not all((one.name or "").lower().endswith((*ENDINGS, ZIP)) for one in uploads):
            raise forms.ValidationError(_("Choose files that end in .csv, .xlsx or .zip."))
        if sum(one.size or 0 for one in uploads) > MAX_BYTES:
            raise forms.ValidationError(
                _("These files are too large together. Choose files of up to 64 MB.")
            )
        return [(one.name or "", one.read()) for one in uploads]
