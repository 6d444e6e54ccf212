"""The minutes and their agreements."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monitoring.models import MeetingAgreement, YearMeeting
from monitoring.report.states import AgreementState
from practices.without_patient import refuse_bsn

DAY = {"invalid": _("Fill in a date as day-month-year")}


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _refuse_bsn(form: "forms.ModelForm[Any]", cleaned: dict[str, Any]) -> None:
    """Minutes are read by insurers and go into the next report."""
    for name, value in list(cleaned.items()):
        if isinstance(value, str):
            try:
                refuse_bsn(value)
            except ValidationError as refused:
                form.add_error(name, refused)


class MinutesForm(forms.ModelForm):  # type: ignore[type-arg]
    use_required_attribute = False

    class Meta:
        model = YearMeeting
        fields = (
            "held_on",
            "insurers",
            "delegation",
            "region",
            "discussed",
            "adjustments",
            "signed_off_by",
            "signed_off_on",
        )
        labels = {
            "held_on": _("Date of the meeting"),
            "insurers": _("Who were there for the insurers"),
            "delegation": _("Who were there as delegation of GPs"),
            "region": _("Who were there for PrimaCura"),
        }
        help_texts = {
            "adjustments": _("What changes in the programme because of this meeting."),
            "signed_off_by": _("Who agreed to these minutes, on each side."),
        }
        widgets = {
            "held_on": _day(),
            "signed_off_on": _day(),
            "insurers": forms.Textarea(attrs={"rows": 2}),
            "delegation": forms.Textarea(attrs={"rows": 2}),
            "region": forms.Textarea(attrs={"rows": 2}),
            "discussed": forms.Textarea(attrs={"rows": 6}),
            "adjustments": forms.Textarea(attrs={"rows": 4}),
            "signed_off_by": forms.Textarea(attrs={"rows": 2}),
        }
        error_messages = {"held_on": DAY, "signed_off_on": DAY}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Each field saves itself, apart from the others: two people may write in two of them."""
        super().__init__(*args, **kwargs)
        address = reverse("report_minutes", args=[self.instance.year])
        saving = {"hx-post": address, "hx-trigger": "change, keyup changed delay:2s"}
        saving |= {"hx-target": "#saved", "hx-sync": "this:queue last"}
        for name, field in self.fields.items():
            field.widget.attrs |= saving | {"hx-params": name}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        _refuse_bsn(self, cleaned)
        today = timezone.localdate()
        for name in ("held_on", "signed_off_on"):
            if cleaned.get(name) and cleaned[name] > today:
                self.add_error(name, _("Fill in a date that is not in the future"))
        return cleaned


class AgreementForm(forms.ModelForm):  # type: ignore[type-arg]
    use_required_attribute = False

    class Meta:
        model = MeetingAgreement
        fields = ("text", "owner", "due_on")
        labels = {
            "text": _("What is agreed"),
            "owner": _("Who does it"),
            "due_on": _("To be done before"),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 2}), "due_on": _day()}
        error_messages = {
            "text": {"required": _("Write what was agreed")},
            "owner": {"required": _("Write who does it")},
            "due_on": DAY,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        _refuse_bsn(self, cleaned)
        return cleaned


class OutcomeForm(forms.ModelForm):  # type: ignore[type-arg]
    use_required_attribute = False

    class Meta:
        model = MeetingAgreement
        fields = ("state", "outcome")
        labels = {"state": _("Was it done?"), "outcome": _("How it went")}
        widgets = {"outcome": forms.Textarea(attrs={"rows": 2})}
        error_messages = {"state": {"required": _("Choose whether the agreement is done")}}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        _refuse_bsn(self, cleaned)
        return cleaned

    def chosen(self) -> AgreementState:
        return AgreementState(self.cleaned_data["state"])
