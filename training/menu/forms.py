"""An offer of the menu, and what it costs from which day on."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from practices.states import StaffRole
from training.models import Course
from training.states import COUNTS_FOR, Level

TOLD = (
    *("kind", "title", "level", "description", "roles", "supplier"),
    *("accreditation_body", "accreditation_points", "in_practice"),
)


class CourseForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when run
    use_required_attribute = False

    roles = forms.MultipleChoiceField(
        label=_("For which roles"),
        choices=StaffRole.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none for the roles that the theme is meant for."),
    )

    class Meta:
        model = Course
        fields = TOLD
        labels = {
            "kind": _("Theme"),
            "title": _("Title"),
            "description": _("What you learn"),
            "supplier": _("Supplier"),
            "accreditation_body": _("Accreditation body"),
            "accreditation_points": _("Accreditation points"),
        }
        help_texts = {
            "kind": _("The theme decides which norm it counts for."),
            "description": _("One or two sentences, in your own words."),
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}
        error_messages = {
            "kind": {"required": _("Choose a theme")},
            "title": {
                "required": _("Fill in a title"),
                "unique": _("There is an offer with this title already. Choose another title."),
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.choices = [("", _("Choose a theme")), *((str(k), k.label) for k in COUNTS_FOR)]
        levels: Any = self.fields["level"]
        levels.choices = [("", _("For every level")), *Level.choices]
        self.fields["level"].label = _("Level")

    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in TOLD}


class PriceForm(forms.Form):
    use_required_attribute = False

    price = forms.DecimalField(
        label=_("Price per person, in euros"),
        min_value=Decimal(0),
        max_digits=7,
        decimal_places=2,
        localize=True,
        error_messages={
            "required": _("Fill in a price; 0 for free."),
            "invalid": _("Fill in the price as a number, for example 95 or 95,50."),
        },
    )
    valid_from = forms.DateField(
        label=_("From which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Fill in the day."),
            "invalid": _("Fill in a day like 14-03-2028."),
        },
    )
