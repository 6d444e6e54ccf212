"""Which spreadsheets to read in."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from monitoring.region_import.read import (
    ENDINGS,
    LARGEST_FILE,
    NamedFile,
    UnreadableFileError,
    files_of_upload,
)


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
    """`spreadsheets` holds (name, bytes) pairs, with zips unpacked."""

    use_required_attribute = False

    spreadsheets = SeveralFilesField(
        label=_("Spreadsheets"),
        help_text=_("One or more files (.csv or .xlsx), or one zip file with all of them."),
        error_messages={"required": _("Choose one or more files.")},
        widget=SeveralFilesInput(attrs={"accept": ".csv,.xlsx,.zip"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("read", _("Check the files")))

    def clean_spreadsheets(self) -> list[NamedFile]:
        uploads: list[UploadedFile] = self.cleaned_data["spreadsheets"]
        for upload in uploads:
            if not (upload.name or "").lower().endswith((*ENDINGS, ".zip")):
                raise forms.ValidationError(_("Choose files that end in .csv, .xlsx or .zip."))
            if (upload.size or 0) > LARGEST_FILE:
                raise forms.ValidationError(
                    _("This file is too large. Choose a file of up to 64 MB.")
                )
        try:
            files = files_of_upload((upload.name or "", upload.read()) for upload in uploads)
        except UnreadableFileError as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        if not files:
            raise forms.ValidationError(_("There is no spreadsheet in this zip file."))
        return files
