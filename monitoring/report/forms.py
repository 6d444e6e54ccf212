"""Which report to make."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models import Cohort, Insurer
from practices.without_patient import refuse_bsn


class ReportForm(forms.Form):
    """Years from the first cohort's start up to this one; the appendix is an explicit choice."""

    use_required_attribute = False

    year = forms.TypedChoiceField(
        label=_("Year"), coerce=int, error_messages={"required": _("Choose a year")}
    )
    insurer = forms.ModelChoiceField(
        label=_("Health insurer"),
        queryset=Insurer.objects.all(),
        empty_label=_("Choose an insurer"),
        error_messages={"required": _("Choose an insurer")},
    )
    appendix = forms.BooleanField(
        label=_("Add figures per practice"),
        required=False,
        help_text=_(
            "Only when the practices and the insurer want this. We record who chose it and when."
        ),
    )

    def __init__(self, *args: Any, of_year: bool = False, **kwargs: Any) -> None:
        """`of_year`: on the page of a year, which is not asked again."""
        super().__init__(*args, **kwargs)
        if of_year:
            self.fields["year"].widget = forms.HiddenInput()
        self.years = report_years()
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            (year, str(year)) for year in self.years
        ]
        self.helper = FormHelper()
        self.helper.form_action = reverse("reports")
        self.helper.add_input(Submit("make", _("Make the report")))


class CorrectionForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(
        label=_("What is wrong, and what was put right"),
        max_length=1000,
        validators=[refuse_bsn],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why there is another version")},
        help_text=_("The insurer reads this reason in the report."),
    )


def report_years() -> list[int]:
    """The latest first: the last year that is over stands on top, then this year and the rest."""
    this_year = timezone.localdate().year
    first = Cohort.objects.order_by("start_on").values_list("start_on__year", flat=True).first()
    years = list(range(this_year - 1, min(first or this_year, this_year) - 1, -1))
    return [*years, this_year]
