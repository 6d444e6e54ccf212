"""An offer to come and look, and the question whether one may."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monitoring.kitchen.services import Offering
from monitoring.models import KitchenOffer
from practices.without_patient import WithoutPatientForm

_OFFERED = ("subject", "title", "text", "when_it_suits", "until")
OFFERED_DAYS = 182


class OfferForm(WithoutPatientForm):
    watched = ("title", "text", "when_it_suits")

    subject = forms.ChoiceField(
        label=_("What is it about?"), error_messages={"required": _("Choose what it is about.")}
    )
    title = forms.CharField(
        label=_("What can one come and see?"),
        max_length=100,
        help_text=_("For example: how our assistants plan double consultations."),
        error_messages={"required": _("Say in a few words what one can come and see.")},
    )
    text = forms.CharField(
        label=_("About it"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What you do, and what it brought. No name, date of birth or number."),
        error_messages={"required": _("Say a little about it.")},
    )
    when_it_suits = forms.CharField(
        label=_("When does it suit?"),
        max_length=200,
        help_text=_("For example: on Tuesdays, an hour in the morning, two people at most."),
        error_messages={"required": _("Say when it suits.")},
    )
    until = forms.DateField(
        label=_("Until when do you offer this?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Fill in the day."),
            "invalid": _("Fill in a day like 14-03-2028."),
        },
    )

    def __init__(
        self, data: Any = None, *, subjects: dict[str, str], offer: KitchenOffer | None = None
    ) -> None:
        later = timezone.localdate() + timedelta(days=OFFERED_DAYS)
        begin = {name: getattr(offer, name) for name in _OFFERED} if offer else {"until": later}
        super().__init__(data, initial=begin)
        self.fields["subject"].choices = [("", _("Choose")), *subjects.items()]  # type: ignore[attr-defined]

    def clean_until(self) -> date:
        day: date = self.cleaned_data["until"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Fill in today or a later day."))
        return day

    def offering(self) -> Offering:
        return Offering(**{name: self.cleaned_data[name] for name in _OFFERED})


class AskForm(WithoutPatientForm):
    watched = ("message",)

    contact = forms.CharField(
        label=_("How does the host reach you?"),
        max_length=120,
        help_text=_(
            "An e-mail address or a telephone number. Only the host reads it, once it says yes."
        ),
        error_messages={"required": _("Say how the host reaches you.")},
    )
    message = forms.CharField(
        label=_("Message to the host"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example with how many you come and which days suit you."),
    )

    def __init__(self, data: Any = None, *, contact: str) -> None:
        super().__init__(data, initial={"contact": contact})


class AcceptForm(forms.Form):
    contact = forms.CharField(
        max_length=120,
        error_messages={
            "required": _("Say how the guests reach you, then say yes again."),
            "max_length": _("Write at most 120 characters."),
        },
    )
