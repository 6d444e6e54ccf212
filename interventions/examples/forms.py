"""What somebody types to offer an example, and what the coordinator decides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from interventions.examples.services import Written
from interventions.examples.states import ExampleKind
from interventions.models import Example
from practices.without_patient import WithoutPatientForm

Choices = list[tuple[Any, Any]]


class ExampleForm(WithoutPatientForm):
    """`interventions` and `profiles` are (number, name) pairs; both may be left open."""

    watched = ("title", "body")

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[("", _("Choose")), *ExampleKind.choices],
        error_messages={"required": _("Choose what it is.")},
    )
    title = forms.CharField(
        label=_("Title"), max_length=120, error_messages={"required": _("Fill in a title")}
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "What was the matter, what did you do, and what came of it? No name, date of birth or "
            "number of a patient."
        ),
        error_messages={"required": _("Fill in the text")},
    )
    intervention = forms.TypedChoiceField(
        label=_("Intervention"), required=False, coerce=int, empty_value=None
    )
    profile = forms.TypedChoiceField(
        label=_("Patient profile"), required=False, coerce=int, empty_value=None
    )

    def __init__(
        self,
        data: Any,
        *,
        interventions: Choices,
        profiles: Choices,
        example: Example | None = None,
    ) -> None:
        super().__init__(data, initial=_begin(example))
        open_choice: Choices = [("", _("All"))]
        self.fields["intervention"].choices = open_choice + interventions  # type: ignore[attr-defined]
        self.fields["profile"].choices = open_choice + profiles  # type: ignore[attr-defined]

    def written(self) -> Written:
        names = ("kind", "title", "body", "intervention", "profile")
        return Written(**{name: self.cleaned_data[name] for name in names})


class OfferForm(ExampleForm):
    named = forms.BooleanField(
        label=_("The name of our practice may stand with it"), required=False
    )
    allowed = forms.BooleanField(
        label=_("PrimaCura may change the text and show it to other practices"),
        error_messages={"required": _("Say that PrimaCura may show it to other practices.")},
    )


class DeclineExampleForm(forms.Form):
    use_required_attribute = False
    reason = forms.CharField(
        label=_("Reason, as the practice reads it"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Fill in the reason")},
    )


def _begin(example: Example | None) -> dict[str, Any]:
    if example is None:
        return {}
    names = ("kind", "title", "body", "intervention", "profile")
    return {name: getattr(example, name) for name in names}
