"""The plan of one patient as a form, and closing it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from highusers.models import PatientPlan, PatientProfile
from highusers.plans.services import PlanText
from highusers.plans.versions import content_at, content_of, number_of, plain, profile_names
from highusers.plans.words import label_of, words_of
from highusers.states import CloseReason, Influenceable, InviteMoment, LifeDomain

LONGEST_TEXT = 2000
LONGEST_INSTRUCTION = 300
"""An assistant reads it while the telephone is ringing."""

TEXTS = ("reason", "goals", "who", "how", "moment")
HINTS = {
    "goals": gettext_lazy("Short: the medical record is in your GP system."),
    "moment": gettext_lazy("For example: at the next check-up, in the morning."),
    "instruction": gettext_lazy(
        "The assistant sees this and nothing else of the plan. "
        "For example: plan a double appointment with the practice nurse."
    ),
    "hotspotter": gettext_lazy("Somebody with problems in several domains of life at once."),
}
REQUIRED = {
    "influenceable": gettext_lazy("Choose whether the high use can be influenced."),
    "who": gettext_lazy("Fill in who acts."),
    "how": gettext_lazy("Fill in how."),
}
GROUPS = (
    (
        gettext_lazy("What the team sees"),
        ("reason", "influenceable", "profile", "life_domains", "hotspotter"),
    ),
    (gettext_lazy("What we do"), ("goals", "who", "how")),
    (gettext_lazy("The right moment"), ("moment_kind", "moment", "instruction")),
    (gettext_lazy("Evaluation"), ("evaluate_on",)),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A field with what a colleague made of it meanwhile, when that differs from one's own."""

    field: BoundField
    theirs: str


class PlanForm(forms.Form):
    """`text()` gives what was filled in; `seen` is the version of the plan that was looked at.

    `plan` is the one to change; for a new one `start` holds what may be taken over."""

    use_required_attribute = False

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    influenceable = forms.ChoiceField(
        choices=Influenceable.choices,
        widget=forms.RadioSelect,
        error_messages={"required": REQUIRED["influenceable"]},
    )
    profile = forms.ModelChoiceField(
        queryset=PatientProfile.objects.all(),
        required=False,
        empty_label=gettext_lazy("Not chosen yet"),
    )
    life_domains = forms.MultipleChoiceField(
        choices=LifeDomain.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    moment_kind = forms.ChoiceField(
        choices=InviteMoment.choices, widget=forms.RadioSelect, required=False
    )
    instruction = forms.CharField(
        max_length=LONGEST_INSTRUCTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    hotspotter = forms.BooleanField(required=False)
    evaluate_on = forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": gettext_lazy("Fill in a date that exists, for example 31-12-2023.")
        },
    )

    def __init__(
        self,
        *args: Any,
        plan: PatientPlan | None,
        start: Mapping[str, Any] | None = None,
        theirs: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.theirs = theirs or {}
        for name in TEXTS:
            self.fields[name] = forms.CharField(
                max_length=LONGEST_TEXT,
                required=name in REQUIRED,
                widget=forms.Textarea(attrs={"rows": 3}),
                error_messages={"required": REQUIRED.get(name, "")},
            )
        for name in self.fields:
            if name != "seen":
                self.fields[name].label = label_of(name)
                self.fields[name].help_text = HINTS.get(name, "")
        given = start if start is not None else _initial(plan) if plan else {}
        self.initial = {**given, "seen": number_of(plan), **self.initial}

    def groups(self) -> Iterator[tuple[str, list[Asked]]]:
        for title, names in GROUPS:
            asked = [Asked(self[name], self.theirs.get(name, "")) for name in names]
            yield str(title), asked

    def text(self) -> PlanText:
        given = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return PlanText(**given | {"life_domains": ",".join(given["life_domains"])})

    def beside(self, plan: PatientPlan) -> "PlanForm":
        """The same form after a colleague saved first: own words where one changed something,
        the colleague's elsewhere; where both did, the colleague's stand beside."""
        seen = self.cleaned_data["seen"]
        before, theirs = content_at(plan, seen), content_of(plan)
        text = self.text()
        start, differing = _initial(plan), {}
        profiles = profile_names()
        for name in (field.name for field in fields(text) if field.name in self.fields):
            mine = plain(getattr(text, name))
            if (mine or None) == (before.get(name) or None) or mine == theirs[name]:
                continue
            start[name] = self.cleaned_data[name]
            if (theirs[name] or None) != (before.get(name) or None):
                differing[name] = words_of(name, theirs[name], profiles) or _("nothing")
        return PlanForm(plan=plan, start=start, theirs=differing)


class CloseForm(forms.Form):
    use_required_attribute = False

    reason = forms.ChoiceField(
        label=gettext_lazy("Why does the plan end?"),
        choices=[one for one in CloseReason.choices if one[0] != CloseReason.CONTINUED],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why the plan ends.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _initial(plan: PatientPlan) -> dict[str, Any]:
    names = [field.name for field in fields(PlanText) if field.name != "state"]
    given = {name: getattr(plan, name) for name in names}
    return given | {"life_domains": [one for one in plan.life_domains.split(",") if one]}


def taken_over(plan: PatientPlan) -> dict[str, Any]:
    """What a new year's plan begins with: all that last year's says but its evaluation."""
    return _initial(plan) | {"evaluate_on": None}
