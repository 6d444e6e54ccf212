"""What is asked for with an insurer's list, and for taking a practice off it."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from monitoring.region_import.read import ENDINGS
from monitoring.regional_fee.facts import quarter_of, quarters
from monitoring.regional_fee.words import quarter_name
from practices.models import Insurer
from practices.programme_year import add_months

MOST_BYTES = 2 * 1024 * 1024
QUARTERS_OFFERED = (1, 0, -1, -2, -3)
"""Counted from the one that runs: a list may come before the quarter, or late."""


def quarter_choices(today: date) -> list[tuple[str, str]]:
    days = [add_months(today.replace(day=1), 3 * away) for away in QUARTERS_OFFERED]
    return [(label, quarter_name(label)) for label in map(quarter_of, days)]


class ListForm(forms.Form):
    """`spreadsheet` holds (name, bytes), `first_day` is the quarter's."""

    use_required_attribute = False

    insurer = forms.ModelChoiceField(
        Insurer.objects.order_by("name"),
        label=_("Insurer"),
        empty_label=None,
        error_messages={"required": _("Choose the insurer")},
    )
    quarter = forms.ChoiceField(
        label=_("Quarter"),
        help_text=_("The list holds from the first day of this quarter."),
        error_messages={"required": _("Choose the quarter")},
    )
    spreadsheet = forms.FileField(
        label=_("List of practices"),
        help_text=_("A file (.csv or .xlsx) with the AGB codes in a column practice or AGB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"required": _("Choose the file with the list")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quarter: Any = self.fields["quarter"]
        quarter.choices = quarter_choices(today)
        quarter.initial = quarter_of(today)
        self.helper = FormHelper()
        self.helper.add_input(Submit("read", _("Check the list")))

    def clean_spreadsheet(self) -> tuple[str, bytes]:
        upload: UploadedFile = self.cleaned_data["spreadsheet"]
        name = upload.name or ""
        if not name.lower().endswith(ENDINGS):
            raise forms.ValidationError(_("Choose a file that ends in .xlsx or .csv"))
        if (upload.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large for a list. Choose up to 2 MB"))
        return name, upload.read()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        label = data.get("quarter", "")
        if label:
            data["first_day"] = dict(quarters(int(label[:4])))[label]
        return data


class TakeOffForm(forms.Form):
    last_day = forms.DateField()
