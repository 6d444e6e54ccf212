"""The one field of the card."""

from django import forms
from django.utils.translation import gettext_lazy

LONGEST_NUMBER = 30


class NumberForm(forms.Form):
    use_required_attribute = False

    number = forms.CharField(
        label=gettext_lazy("Patient number in your GP system"),
        max_length=LONGEST_NUMBER,
        error_messages={"required": gettext_lazy("Fill in the patient number.")},
        widget=forms.TextInput(
            attrs={"autofocus": True, "autocomplete": "off", "inputmode": "numeric"}
        ),
    )
