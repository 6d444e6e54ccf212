"""A time-out as somebody types or taps it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interventions.models import TimeOut
from interventions.timeouts.services import Note
from interventions.timeouts.states import YEARS_BACK, Kind, Outcome, Specialism, Step
from practices.programme_year import add_years
from practices.without_patient import WithoutPatientForm

LONGEST = 500


def _chosen(label: Any, kinds: Any, asked: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=kinds.choices,
        widget=forms.RadioSelect,
        error_messages={"required": asked, "invalid_choice": asked},
    )


class TimeOutForm(WithoutPatientForm):
    watched = ("learned",)

    kind = _chosen(_("What is it about?"), Kind, _("Choose referral or diagnostics."))
    specialism = _chosen(_("Which specialism?"), Specialism, _("Choose a specialism."))
    step = _chosen(_("What did you do?"), Step, _("Choose what you did."))
    outcome = _chosen(_("What came of it?"), Outcome, _("Choose what came of it."))
    learned = forms.CharField(
        label=_("What did you learn? (not required)"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("Say it shorter: at most 500 characters.")},
    )

    def clean_learned(self) -> str:
        return " ".join(str(self.cleaned_data["learned"]).split())

    def note(self, held_on: date) -> Note:
        """Of a form that is valid: what a device sends is kept unseen, and looked at later."""
        names = ("kind", "specialism", "step", "outcome", "learned")
        return Note(
            held_on=held_on,
            to_look_at=not self.may_be_kept(),
            **{name: self.cleaned_data[name] for name in names},
        )


class ChangeForm(TimeOutForm):
    held_on = forms.DateField(
        label=_("Date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Fill in the date."),
            "invalid": _("Fill in a date that exists, for example 31-12-2023."),
        },
    )

    def __init__(self, data: Mapping[str, Any] | None, *, time_out: TimeOut) -> None:
        names = ("held_on", "kind", "specialism", "step", "outcome", "learned")
        super().__init__(data, initial={name: getattr(time_out, name) for name in names})

    def clean_held_on(self) -> date:
        day: date = self.cleaned_data["held_on"]
        today = timezone.localdate()
        if day > today:
            raise forms.ValidationError(_("Fill in today or an earlier day."))
        if day < add_years(today, -YEARS_BACK):
            raise forms.ValidationError(_("Time-outs are kept for two years: choose a later day."))
        return day
