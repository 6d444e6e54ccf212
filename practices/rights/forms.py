"""A number to look for, a reason to take somebody out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from practices.rights.states import RemovalReason


class PatientSearchForm(forms.Form):
    use_required_attribute = False

    number = forms.CharField(
        label=_("Patient number in your GP system"),
        max_length=40,
        error_messages={"required": _("Fill in the patient number")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class RemovalForm(forms.Form):
    use_required_attribute = False

    reason = forms.ChoiceField(
        label=_("Why is the patient taken out?"),
        choices=RemovalReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason")},
    )
