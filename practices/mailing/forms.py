"""What somebody ticks on the page of preferences."""

from typing import Any

from django import forms

from practices.mailing.registry import Kind


class MailForm(forms.Form):
    weekly = forms.BooleanField(required=False)
    kinds = forms.MultipleChoiceField(required=False)

    def __init__(self, data: Any, *, offered: list[Kind]) -> None:
        super().__init__(data)
        self.fields["kinds"].choices = [(kind.key, kind.label) for kind in offered]  # type: ignore[attr-defined]
