"""When and where a visit is, what a practice answers, and the consultant's own number."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext_lazy as _

from monitoring.visit_planning.proposals import LENGTH, Slot, slot_at
from monitoring.visit_planning.rules import Moment
from practices.without_patient import refuse_bsn

PHONE = RegexValidator(
    r"^[0-9+()\- ]{6,20}$", _("Fill in a telephone number, like 06 12 34 56 78.")
)


class MomentForm(forms.Form):
    day = forms.DateField(
        label=_("Date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a date."), "invalid": _("Choose a date.")},
    )
    starts_at = forms.TimeField(
        label=_("From"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Fill in a time, like 13:00."),
            "invalid": _("Fill in a time, like 13:00."),
        },
    )
    ends_at = forms.TimeField(
        label=_("Ends at"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Left empty, the visit takes an hour and a half."),
        error_messages={"invalid": _("Fill in a time, like 14:30.")},
    )
    place = forms.CharField(
        label=_("Place"),
        required=False,
        max_length=120,
        validators=[refuse_bsn],
        help_text=_("Left empty, it is at the practice."),
    )
    online_url = forms.CharField(
        label=_("Link to the online meeting"),
        required=False,
        max_length=200,
        validators=[URLValidator(["https"], message=_("Fill in a link that begins with https://"))],
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("The end comes after the beginning."))
        if starts and not ends and _past_midnight(starts):
            self.add_error("ends_at", _("Fill in until when the visit takes."))
        return data

    def moment(self, city: str) -> Moment:
        data = self.cleaned_data
        slot = slot_at(data["day"], data["starts_at"])
        if data["ends_at"]:
            slot = Slot(data["day"], data["starts_at"], data["ends_at"])
        online = data["online_url"]
        return Moment(slot, data["place"] or ("" if online else city), online)


class ReplyForm(forms.Form):
    reply = forms.CharField(
        label=_("Which days and times suit you better?"),
        max_length=300,
        validators=[refuse_bsn],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: Tuesday and Thursday after 13.00. Do not write about patients."),
        error_messages={"required": _("Say which days and times suit you better.")},
    )


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is the visit cancelled?"),
        max_length=200,
        validators=[refuse_bsn],
        help_text=_("The practice reads this in the mail."),
        error_messages={"required": _("Say why the visit is cancelled. The practice reads it.")},
    )


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label=_("Your telephone number"),
        required=False,
        max_length=20,
        validators=[PHONE],
        help_text=_("Your practices see it on their page about the team and in invitations."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )


def _past_midnight(starts: time) -> bool:
    day = date(2000, 1, 1)
    return (datetime.combine(day, starts) + LENGTH - timedelta(microseconds=1)).date() > day
