"""A name and a few sentences per profile."""

from django import forms
from django.utils.translation import gettext_lazy

LONGEST_DESCRIPTION = 1000


class ProfileForm(forms.Form):
    use_required_attribute = False

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False)
    description = forms.CharField(
        label=gettext_lazy("Description"),
        max_length=LONGEST_DESCRIPTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("By what a team recognises such a patient."),
    )
