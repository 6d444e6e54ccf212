"""The minutes and their agreements."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monitoring.models import MeetingAgreement, YearMeeting
from monitoring.report.states import AgreementState

DAY = {"invalid": _("Fill in a date as day-month-year")}


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


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

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
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


class OutcomeForm(forms.ModelForm):  # type: ignore[type-arg]
    use_required_attribute = False

    class Meta:
        model = MeetingAgreement
        fields = ("state", "outcome")
        labels = {"state": _("Was it done?"), "outcome": _("How it went")}
        widgets = {"outcome": forms.Textarea(attrs={"rows": 2})}

    def chosen(self) -> AgreementState:
        return AgreementState(self.cleaned_data["state"])
