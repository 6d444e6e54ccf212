"""Who writes a block, and the text itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from monitoring.models.report_text import TEXT_LENGTH
from practices.models import RegionRole, User
from practices.permissions import BY_REGION_ROLE, Permission
from practices.states import RegionRoleName
from practices.without_patient import WithoutPatientForm


def writers() -> Any:
    """Accounts that may write in the report."""
    roles = [one for one in RegionRoleName if Permission.BUILD_REPORT in BY_REGION_ROLE[one]]
    owners = RegionRole.objects.filter(role__in=roles).values("user")
    return User.objects.filter(pk__in=owners, is_active=True).select_related("person")


class TextForm(WithoutPatientForm):
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 12}),
    )


class OwnerForm(forms.Form):
    use_required_attribute = False

    owner = forms.ModelChoiceField(
        label=_("Who writes this block"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
    )
    due_on = forms.DateField(
        label=_("Ready before"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Fill in a date"),
            "invalid": _("Fill in a date as day-month-year"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = writers()  # type: ignore[attr-defined]
