"""An evaluation as a form; for a hotspotter with the four aims of that approach."""

from dataclasses import fields
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from highusers.evaluations.services import AIMS, Findings, version
from highusers.models import Evaluation, PatientPlan
from highusers.states import AimOutcome, Outcome
from practices.programme_year import add_months

LONGEST_TEXT = 2000
NEXT_AFTER_MONTHS = 3

NO_SUCH_DAY = gettext_lazy("Fill in a date that exists, for example 31-12-2023.")
AIM_LABELS = {
    "own_control": gettext_lazy("Own control and experienced health, as the patient says"),
    "health": gettext_lazy("Health, as the team sees it"),
    "collaboration": gettext_lazy("Collaboration between those who help"),
    "insight": gettext_lazy("Insight from data: what we now know and did not before"),
}


class EvaluationForm(forms.Form):
    """`written()` gives what was filled in; the next day is asked with a new evaluation only."""

    use_required_attribute = False

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    held_on = forms.DateField(
        label=gettext_lazy("Date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Fill in the date of the evaluation."),
            "invalid": NO_SUCH_DAY,
        },
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Are the goals reached?"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether the goals are reached.")},
    )
    findings = forms.CharField(
        label=gettext_lazy("What we see"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    adjustment = forms.CharField(
        label=gettext_lazy("What we change"),
        help_text=gettext_lazy("Leave it empty when the plan stays as it is."),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    next_on = forms.DateField(
        label=gettext_lazy("Evaluate again on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": NO_SUCH_DAY},
    )

    def __init__(
        self, *args: Any, plan: PatientPlan, evaluation: Evaluation | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        if plan.hotspotter or (evaluation and any(getattr(evaluation, aim) for aim in AIMS)):
            for aim in AIMS:
                self.fields[aim] = forms.ChoiceField(
                    label=AIM_LABELS[aim],
                    choices=AimOutcome.choices,
                    widget=forms.RadioSelect,
                    required=False,
                )
        today = timezone.localdate()
        if evaluation:
            del self.fields["next_on"]
            given = {name: getattr(evaluation, name) for name in self.fields if name != "seen"}
            given["seen"] = version(evaluation)
        else:
            given = {"held_on": today, "next_on": add_months(today, NEXT_AFTER_MONTHS)}
        self.initial = {**given, **self.initial}

    def aims(self) -> list[Any]:
        return [self[aim] for aim in AIMS if aim in self.fields]

    def clean_held_on(self) -> Any:
        held_on = self.cleaned_data["held_on"]
        if held_on > timezone.localdate():
            raise forms.ValidationError(_("Fill in a date that is not after today."))
        if held_on < self.plan.drafted_on:
            raise forms.ValidationError(_("Fill in a date on which the plan was there already."))
        return held_on

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        held_on, next_on = given.get("held_on"), given.get("next_on")
        if held_on and next_on and next_on <= held_on:
            self.add_error("next_on", _("Choose a day after this evaluation."))
        return given

    def written(self) -> Findings:
        names = {field.name for field in fields(Findings)}
        return Findings(**{name: self.cleaned_data[name] for name in names & set(self.fields)})
