"""What a tariff is asked for."""

from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from practices.models import Insurer
from practices.states import TariffKind

HIGHEST = Decimal("9999.99")
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


class TariffForm(forms.Form):
    """`insurer` empty: for all insurers without a tariff of their own. The national maximum belongs
    to no insurer."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("What for"),
        choices=TariffKind,
        error_messages={"required": _("Choose what the tariff is for")},
    )
    insurer = forms.ModelChoiceField(
        Insurer.objects.order_by("name"),
        required=False,
        label=_("Insurer"),
        empty_label=_("All insurers"),
        help_text=_("A tariff of an insurer comes before the one for all."),
    )
    amount = forms.DecimalField(
        label=_("Amount per patient per quarter, in euros"),
        min_value=Decimal(0),
        max_value=HIGHEST,
        decimal_places=2,
        localize=True,
        help_text=_("For instance 2,88. Of an amount per year, a quarter."),
        error_messages={
            "required": _("Fill in the amount"),
            "invalid": _("Fill in an amount, for instance 2,88"),
            "min_value": _("Fill in an amount of 0 or more"),
            "max_decimal_places": _("Fill in an amount in whole cents"),
        },
    )
    valid_from = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Fill in the first day"),
            "invalid": _("Fill in a date, for instance 01-01-2026"),
        },
    )
    valid_until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: until further notice. It then ends where a next tariff begins."),
        error_messages={"invalid": _("Fill in a date, for instance 31-12-2026")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("record", _("Record the tariff")))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for name in ("valid_from", "valid_until"):
            if data.get(name) and not EARLIEST <= data[name] <= LATEST:
                self.add_error(name, _("Fill in a date between 2000 and 2100"))
        first, last = data.get("valid_from"), data.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("Fill in a date on or after the first day"))
        if data.get("kind") == TariffKind.PROGRAMME_MAXIMUM and data.get("insurer"):
            self.add_error("insurer", _("The national maximum holds for all: choose no insurer"))
        return data
