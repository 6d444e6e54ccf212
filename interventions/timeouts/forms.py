"""A time-out as somebody types or taps it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interventions.models import TimeOut
from interventions.timeouts.rules import YEARS_BACK, doubtful, refused, seen_key
from interventions.timeouts.services import Note
from interventions.timeouts.states import Kind, Outcome, Specialism, Step
from mtvp.privacy.identifying import Found, described
from practices.programme_year import add_years

LONGEST = 500


def _chosen(label: Any, kinds: Any, asked: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=kinds.choices,
        widget=forms.RadioSelect,
        error_messages={"required": asked, "invalid_choice": asked},
    )


class TimeOutForm(forms.Form):
    """A citizen service number is refused; what looks like a name or a date of birth is shown
    once, and kept when the person says it is none (`looked` is what was shown)."""

    use_required_attribute = False

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
    looked = forms.CharField(widget=forms.HiddenInput, required=False)

    warnings: list[Found]

    def clean_learned(self) -> str:
        text = " ".join(str(self.cleaned_data["learned"]).split())
        today = timezone.localdate()
        self.warnings = doubtful(text, today=today)
        if numbers := refused(text, today=today):
            raise forms.ValidationError([described(one) for one in numbers])
        return text

    @property
    def told(self) -> list[str]:
        """What the person should look at before it is kept."""
        return [described(one) for one in getattr(self, "warnings", [])]

    @property
    def seen(self) -> str:
        return seen_key(getattr(self, "warnings", []))

    def may_be_kept(self) -> bool:
        """Nothing looks like a person, or exactly this was shown with its warnings before."""
        return self.is_valid() and (not self.warnings or self.looked_at())

    def looked_at(self) -> bool:
        return str(self.data.get("looked", "")) == self.seen

    def note(self, held_on: date) -> Note:
        names = ("kind", "specialism", "step", "outcome", "learned")
        return Note(
            held_on=held_on,
            to_look_at=bool(self.warnings) and not self.looked_at(),
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
