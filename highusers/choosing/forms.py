"""What the team fills in per patient, and how many to draw lots for."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from highusers.choosing.services import FIELDS, Seen
from highusers.models import PatientProfile
from highusers.states import Influenceable

LONGEST_REASON = 500
NO_DATE = gettext_lazy("Fill in a date that exists, for example 31-12-2023.")


def _fields() -> dict[str, forms.Field]:
    profiles = PatientProfile.objects.all()
    return {
        "influenceable": forms.ChoiceField(
            choices=[("", ""), *Influenceable.choices], required=False
        ),
        "profile": forms.ModelChoiceField(queryset=profiles, required=False),
        "discussed_on": forms.DateField(required=False, error_messages={"invalid": NO_DATE}),
        "reason": forms.CharField(
            max_length=LONGEST_REASON,
            required=False,
            error_messages={
                "max_length": gettext_lazy("Keep the reason below %(limit_value)s characters.")
            },
        ),
    }


class JudgementForm(forms.Form):
    """One row. A field that was not sent stays as it is; `was_…` is what it held when shown."""

    version = forms.IntegerField(required=False, min_value=0)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.fields |= _fields()
        self.fields |= {f"was_{name}": field for name, field in _fields().items()}

    def given(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.data}

    def seen(self) -> Seen:
        values = {name: self.cleaned_data.get(f"was_{name}") for name in FIELDS}
        return Seen(self.cleaned_data.get("version") or 0, values)


class PlacesForm(forms.Form):
    """How many of the ticked patients the lot must choose."""

    places = forms.IntegerField(required=False, min_value=1, max_value=99)
