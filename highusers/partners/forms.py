"""One network partner as a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from highusers.models import NetworkPartner
from highusers.states import PartnerKind
from practices.models import Practice

MESSAGES: dict[str, dict[str, Any]] = {
    "name": {"required": gettext_lazy("Fill in the name of the partner.")},
    "kind": {"required": gettext_lazy("Choose what kind of partner it is.")},
}
TAKEN = gettext_lazy("This partner is in the list already. Choose another name.")


class PartnerForm(forms.ModelForm):  # type: ignore[type-arg]
    use_required_attribute = False

    class Meta:
        model = NetworkPartner
        fields = ("name", "kind", "reach", "active")
        error_messages = MESSAGES
        help_texts = {
            "reach": gettext_lazy("For example a telephone number or a desk. No patient's name."),
            "active": gettext_lazy("Partners in use can be chosen for an action."),
        }

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practice = practice
        self.fields["kind"].widget.choices = [("", gettext_lazy("Choose")), *PartnerKind.choices]
        if "instance" not in kwargs:
            del self.fields["active"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        same = NetworkPartner.objects.filter(practice=self.practice, name__iexact=name)
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(TAKEN)
        return name
