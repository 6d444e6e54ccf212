"""Which file of which period, and which column is what."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from highusers.imports.definitions import (
    DEFAULT_DEFINITION,
    DEFINITIONS,
    ContactDefinition,
    definition_named,
)
from highusers.imports.mapping import Choice
from highusers.imports.synonyms import Field
from highusers.imports.table import MAX_BYTES
from highusers.models import ExtractImport
from highusers.uploads.services import place_of
from practices.programme_year import add_months

FIELD_LABELS = {
    Field.PATIENT: gettext_lazy("Patient number"),
    Field.TOTAL: gettext_lazy("Contacts in the period"),
    Field.DATE: gettext_lazy("Date of the contact"),
    Field.TYPE: gettext_lazy("Type of contact"),
    Field.NUMBER: gettext_lazy("Number of the contact"),
    Field.BIRTH_YEAR: gettext_lazy("Year of birth"),
    Field.SEX: gettext_lazy("Sex"),
}


class FileForm(forms.Form):
    """`extract` holds the bytes of the file, `definition` a `ContactDefinition`."""

    use_required_attribute = False

    extract = forms.FileField(
        label=gettext_lazy("File of the extract"),
        help_text=gettext_lazy("A file that ends in .xlsx or .csv, of up to 64 MB."),
        error_messages={
            "required": gettext_lazy("Choose the file of the extract."),
            "empty": gettext_lazy("This file is empty. Choose a file with the extract."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
    )
    period_start = forms.DateField(
        label=gettext_lazy("First day of the period"),
        error_messages={
            "required": gettext_lazy("Fill in the first day of the period."),
            "invalid": gettext_lazy("Fill in a first day that exists, for example 01-04-2023."),
        },
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    period_end = forms.DateField(
        label=gettext_lazy("Last day of the period"),
        help_text=gettext_lazy("For the programme the period is exactly 12 months."),
        error_messages={
            "required": gettext_lazy("Fill in the last day of the period."),
            "invalid": gettext_lazy("Fill in a last day that exists, for example 31-03-2024."),
        },
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    definition = forms.ChoiceField(
        label=gettext_lazy("Which contacts count"),
        choices=[(one.name, one.name) for one in DEFINITIONS],
        initial=DEFAULT_DEFINITION.name,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first_day, last_day = last_whole_year(timezone.localdate())
        self.initial.update(period_start=first_day, period_end=last_day)
        self.helper = FormHelper()
        self.helper.add_input(Submit("send", _("Send the file")))

    def clean_extract(self) -> bytes:
        upload: UploadedFile = self.cleaned_data["extract"]
        if (upload.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_("This file is too large. Choose a file of up to 64 MB."))
        return bytes(upload.read())

    def clean_period_end(self) -> date:
        last_day: date = self.cleaned_data["period_end"]
        first_day = self.cleaned_data.get("period_start")
        if first_day and last_day < first_day:
            raise forms.ValidationError(_("The last day lies before the first day of the period."))
        if last_day > timezone.localdate():
            raise forms.ValidationError(
                _("The period is not over yet. Fill in a day that is past.")
            )
        return last_day

    def clean_definition(self) -> ContactDefinition:
        return definition_named(self.cleaned_data["definition"]) or DEFAULT_DEFINITION


class ColumnsForm(forms.Form):
    """A column of the file for each field; `choices` gives them by place. `shown` is what the
    upload's pages show of the file."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, upload: ExtractImport, shown: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        headers = [(str(index), text) for index, text in shown.get("headers", [])]
        for field, label in FIELD_LABELS.items():
            self.fields[field.value] = forms.ChoiceField(
                label=label,
                choices=[("", _("Not in the file")), *headers],
                required=field is Field.PATIENT,
                initial=str(place_of(shown, upload.mapping, field.value)),
                error_messages={"required": _("Choose the column with the patient number.")},
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        used: dict[str, str] = {}
        for name, chosen in list(cleaned.items()):
            if chosen and chosen in used:
                self.add_error(name, _("This column was chosen twice. Choose each column once."))
            used[chosen] = name
        return cleaned

    def choices(self) -> dict[Field, Choice]:
        return {
            Field(name): int(chosen) if chosen else "" for name, chosen in self.cleaned_data.items()
        }


def last_whole_year(today: date) -> tuple[date, date]:
    """The last twelve whole months before today."""
    first_of_month = today.replace(day=1)
    return add_months(first_of_month, -12), first_of_month - timedelta(days=1)
