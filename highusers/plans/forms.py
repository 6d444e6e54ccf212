"""The plan of one patient on one page."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from highusers.models import PatientPlan, PatientProfile
from highusers.plans.services import PlanText, version
from highusers.states import Influenceable, PlanState

TEXTS = {
    "reason": gettext_lazy("Reason for the high use, as the team sees it"),
    "who": gettext_lazy("Who acts"),
    "how": gettext_lazy("How"),
    "moment": gettext_lazy("The right moment"),
    "goals": gettext_lazy("Goals"),
}
HINTS = {
    "moment": gettext_lazy("For example: invite, or plan a double appointment at the next call."),
    "goals": gettext_lazy("Short: the medical record is in your GP system."),
}
LONGEST_TEXT = 2000


class PlanForm(forms.Form):
    """`text()` gives what was filled in; `seen` is the state of the plan that was looked at."""

    use_required_attribute = False

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    influenceable = forms.ChoiceField(
        label=gettext_lazy("Can the high use be influenced?"),
        choices=Influenceable.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether the high use can be influenced.")},
    )
    profile = forms.ModelChoiceField(
        label=gettext_lazy("Profile"),
        queryset=PatientProfile.objects.all(),
        required=False,
        empty_label=gettext_lazy("Not chosen yet"),
    )

    def __init__(self, *args: Any, plan: PatientPlan | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in TEXTS.items():
            self.fields[name] = forms.CharField(
                label=label,
                help_text=HINTS.get(name, ""),
                max_length=LONGEST_TEXT,
                required=name in ("who", "how"),
                widget=forms.Textarea(attrs={"rows": 3}),
                error_messages={
                    "required": _("Fill in who acts.") if name == "who" else _("Fill in how.")
                },
            )
        self.fields["evaluate_on"] = forms.DateField(
            label=_("Evaluate on"),
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"invalid": _("Fill in a date that exists, for example 31-12-2023.")},
        )
        self.fields["state"] = forms.ChoiceField(label=_("State"), choices=PlanState.choices)
        if plan:
            self.initial.update(
                {name: getattr(plan, name) for name in self.fields if name != "seen"}
            )
        self.initial["seen"] = version(plan)
        self.helper = FormHelper()
        self.helper.add_input(Submit("save", _("Save the plan")))

    def text(self) -> PlanText:
        given = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return PlanText(**given)
