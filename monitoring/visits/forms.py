"""What is typed around a visit: its day, what is sent along, and comments."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monitoring.visits.services import LONGEST_COMMENT
from practices.without_patient import WithoutPatientForm, refuse_bsn


class BeginForm(forms.Form):
    use_required_attribute = False
    held_on = forms.DateField(
        label=_("Day of the visit"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Fill in a date that exists, for example 31-12-2023.")},
    )
    appointment = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)

    def clean_held_on(self) -> date:
        day: date = self.cleaned_data["held_on"] or timezone.localdate()
        if day > timezone.localdate():
            raise forms.ValidationError(_("Choose today or an earlier day."))
        return day


class SendForm(forms.Form):
    """`looked` is what was shown of what may be a name or a date of birth."""

    use_required_attribute = False
    changed = forms.CharField(
        label=_("What is other than in the report before? (not required)"),
        required=False,
        max_length=LONGEST_COMMENT,
        validators=[refuse_bsn],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    looked = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, doubtful: str) -> None:
        super().__init__(data)
        self.doubtful = doubtful

    def clean_looked(self) -> str:
        looked = str(self.cleaned_data["looked"])
        if looked != self.doubtful:
            raise forms.ValidationError(_("Look at the words that may name somebody, then send."))
        return looked


class CommentForm(WithoutPatientForm):
    text = forms.CharField(
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Fill in what you want to say."),
            "max_length": _("Say it shorter: at most 2000 characters."),
        },
    )
