"""What somebody types in a field of the plan, or says about a section."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from interventions.practice_plan.states import OPTIONAL, Field
from practices.without_patient import WithoutPatientForm

LONGEST = {Field.TITLE: 120, Field.DOING: 4000, Field.WHO: 200, Field.BY_ON: 10, Field.HOPE: 2000}
PROSE = (Field.TITLE, Field.DOING, Field.HOPE)
"""Where a patient may slip in; whom `WHO` names is a colleague."""


class FieldForm(WithoutPatientForm):
    """One field of a section; `looked` belongs to that field alone."""

    text = forms.CharField(required=False)

    def __init__(self, data: Any, *, field: Field) -> None:
        typed = str(data.get(field, ""))
        super().__init__({"text": typed, "looked": data.get(f"looked_{field}", "")})
        self.field = field
        self.fields["text"].validators.append(_short_enough(field))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.field not in PROSE:
            self.warnings = []
        return cleaned

    def clean_text(self) -> str:
        typed: str = self.cleaned_data["text"]
        if self.field == Field.BY_ON and typed:
            try:
                return date.fromisoformat(typed).isoformat()
            except ValueError as error:
                text = _("Fill in a date that exists, for example 31-12-2023.")
                raise forms.ValidationError(text) from error
        return typed


class CommentForm(WithoutPatientForm):
    watched = ("text",)

    text = forms.CharField(
        label=_("Your words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write something first.")},
    )


class AddForm(forms.Form):
    kind = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in OPTIONAL])


def _short_enough(field: Field) -> Any:
    def check(value: str) -> None:
        if len(value) > LONGEST[field]:
            text = _("This text is too long. Keep it under %(number)s characters.")
            raise forms.ValidationError(text % {"number": LONGEST[field]})

    return check
