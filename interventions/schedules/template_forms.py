"""What a practice types while designing its week."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from interventions.models import TemplateBlock
from interventions.schedules.blocks import Block
from interventions.schedules.forms import EARLIEST, YEARS_AHEAD
from interventions.schedules.states import LENGTHS, WITH_A_LENGTH, BlockKind, Weekday
from practices.programme_year import add_years

_NO_TIME = gettext_lazy("Fill in a time, for example 8:30.")
_NO_NUMBER = gettext_lazy("Fill in a whole number, or nothing.")
_NAME = gettext_lazy("Fill in a name")


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M"),
        error_messages={"required": _NO_TIME, "invalid": _NO_TIME},
    )


class BlockForm(forms.Form):
    """One row of a day. `block()` gives what was filled in."""

    use_required_attribute = False

    begins = _time(gettext_lazy("From"))
    ends = _time(pgettext_lazy("time of day", "Until"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=BlockKind.choices)
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("Minutes"),
        choices=[("", "–"), *((length, str(length)) for length in LENGTHS)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    places = forms.IntegerField(
        label=gettext_lazy("Places"),
        min_value=0,
        max_value=99,
        required=False,
        error_messages={"invalid": _NO_NUMBER},
    )

    def __init__(self, data: Any = None, *, block: TemplateBlock | None = None) -> None:
        super().__init__(
            data,
            initial=_typed(block) if block else {"kind": BlockKind.CONSULTATIONS},
            auto_id=f"b{block.pk if block else '-new'}-%s",
        )
        for name, field in self.fields.items():
            select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if select else "form-control"
            if name in self.errors:
                field.widget.attrs["class"] += " is-invalid"
                field.widget.attrs["aria-invalid"] = "true"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("The end comes after the beginning."))
        kind, minutes = cleaned.get("kind"), cleaned.get("minutes")
        if kind in WITH_A_LENGTH and minutes is None:
            self.add_error("minutes", _("Choose how long a place in this block is."))
        if kind == BlockKind.BREAK:
            cleaned["minutes"] = cleaned["places"] = minutes = None
        if minutes is None and cleaned.get("places") is not None:
            self.add_error("minutes", _("Choose how long each of these places is."))
        if not self.errors:
            self._check_places()
        return cleaned

    def _check_places(self) -> None:
        block = self.block(1, "")
        if block.places is not None and block.places > block.fit:
            text = _("At most %(fit)s fit. Fill in fewer, or make the block longer.")
            self.add_error("places", text % {"fit": block.fit})

    def block(self, weekday: int, who: str) -> Block:
        typed = self.cleaned_data
        begins, ends = (typed[name].hour * 60 + typed[name].minute for name in ("begins", "ends"))
        return Block(
            weekday, who, begins, ends, typed["kind"], typed["minutes"], typed.get("places")
        )


def _typed(block: TemplateBlock) -> dict[str, Any]:
    return {
        "begins": f"{block.begins // 60:02}:{block.begins % 60:02}",
        "ends": f"{block.ends // 60:02}:{block.ends % 60:02}",
        "kind": block.kind,
        "minutes": block.minutes,
        "places": block.places,
    }


class NameForm(forms.Form):
    """A name of a template."""

    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=160, error_messages={"required": _NAME}
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class PersonForm(forms.Form):
    """Somebody whose week is laid out; any name, also of a room."""

    use_required_attribute = False

    to = forms.CharField(
        label=gettext_lazy("Name of the person or room"),
        max_length=60,
        error_messages={"required": _NAME},
    )

    def clean_to(self) -> str:
        return " ".join(self.cleaned_data["to"].split())


class CopyDayForm(forms.Form):
    days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("To"),
        choices=Weekday.choices,
        coerce=int,
        error_messages={"required": gettext_lazy("Choose at least one day")},
    )


class UseForm(forms.Form):
    use_required_attribute = False

    in_use_from = forms.DateField(
        label=gettext_lazy("In use from"),
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Fill in from which day you work like this"),
            "invalid": gettext_lazy("Fill in a date that exists, for example 31-12-2023."),
        },
    )

    def clean_in_use_from(self) -> Any:
        day = self.cleaned_data["in_use_from"]
        if not EARLIEST <= day <= add_years(timezone.localdate(), YEARS_AHEAD):
            raise forms.ValidationError(_("This date is too far away. Look at the year."))
        return day


class NowForm(forms.Form):
    seen_per_week = forms.IntegerField(
        label=gettext_lazy("Patients seen in the practice in a usual week"),
        min_value=0,
        max_value=9999,
        required=False,
        widget=forms.NumberInput(attrs={"class": "form-control"}),
        error_messages={"invalid": _NO_NUMBER},
    )


class OfferForm(forms.Form):
    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("Title"), max_length=160, error_messages={"required": _NAME}
    )
    explanation = forms.CharField(
        label=gettext_lazy("What works well, what does not"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    consent = forms.BooleanField(
        label=gettext_lazy("The practice agrees that others may see and copy this week."),
        error_messages={"required": gettext_lazy("Without this we do not show it to others")},
    )
    named = forms.BooleanField(
        label=gettext_lazy("The name of our practice may stand with it."), required=False
    )


class DeclineWeekForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("Reason, as the practice reads it"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Fill in the reason")},
    )
