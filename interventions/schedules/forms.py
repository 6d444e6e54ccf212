"""A pattern of consultation length and the days of its use."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interventions.models import ConsultationSchedule
from practices.programme_year import add_years

EARLIEST = date(2000, 1, 1)
YEARS_AHEAD = 2

_NO_DATE = _("Fill in a date that exists, for example 31-12-2023.")


def _day(label: Any, help_text: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _NO_DATE},
    )


class ScheduleForm(forms.Form):
    use_required_attribute = False

    pattern = forms.CharField(
        label=_("Pattern"),
        max_length=160,
        help_text=_(
            "For example: 15 and 30 minutes without 5 · 20 minutes for everybody · two rooms "
            "with an assistant · 5 minutes of looking along in the block for e-mail."
        ),
        error_messages={"required": _("Describe the pattern in a few words")},
    )
    in_use_from = _day(_("In use from"), _("Leave empty while you are still designing it."))
    in_use_until = _day(_("Last day in use"), _("Leave empty as long as you use it."))

    def __init__(self, data: Any, *, schedule: ConsultationSchedule | None = None) -> None:
        fields = ("pattern", "in_use_from", "in_use_until")
        initial = {name: getattr(schedule, name) for name in fields} if schedule else {}
        super().__init__(data, initial=initial)
        if schedule is None:
            del self.fields["in_use_until"]
        self.helper = FormHelper()
        self.helper.add_input(Submit("save", _("Save")))

    def clean_pattern(self) -> str:
        return " ".join(self.cleaned_data["pattern"].split())

    def clean(self) -> dict[str, Any]:
        cleaned = {"in_use_until": None} | (super().clean() or {})
        latest = add_years(timezone.localdate(), YEARS_AHEAD)
        for name in ("in_use_from", "in_use_until"):
            day = cleaned.get(name)
            if day is not None and not EARLIEST <= day <= latest:
                self.add_error(name, _("This date is too far away. Look at the year."))
        first, last = cleaned.get("in_use_from"), cleaned.get("in_use_until")
        if last is not None and (first is None or last < first):
            self.add_error("in_use_until", _("The last day comes after the first day in use."))
        return cleaned
