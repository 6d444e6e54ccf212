"""What a practice fills in to join, and what the coordinator fills in about it."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import RegexValidator
from django.utils.formats import date_format
from django.utils.html import escape, urlize
from django.utils.translation import gettext_lazy as _

from practices.joining.services import consultants
from practices.models import Application, Cohort, User
from practices.models.joining import APPLICANTS
from practices.states import Stage

AGB = RegexValidator(r"^\d{8}$", _("An AGB code has 8 digits"))


class _CohortField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(
            _("%(cohort)s, starts on %(start)s")
            % {"cohort": obj.name, "start": date_format(obj.start_on)}
        )


class ApplicationForm(forms.ModelForm):  # type: ignore[type-arg]
    """`website` is for programs that fill in every field: people do not see it."""

    use_required_attribute = False
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    class Meta:
        model = Application
        fields = (
            "practice_name",
            "code",
            "city",
            "cohort",
            "contact_name",
            "contact_role",
            "email",
            "phone",
            "remark",
        )
        field_classes = {"cohort": _CohortField}
        labels = {
            "cohort": _("When do you want to start?"),
            "contact_name": _("Your name"),
            "contact_role": _("What you do in the practice"),
            "email": _("Your e-mail address at work"),
        }
        help_texts = {
            "code": _("8 digits, as on your invoices."),
            "email": _("We mail a link to confirm this."),
        }
        error_messages = {
            "practice_name": {"required": _("Fill in the name of the practice")},
            "code": {"required": _("Fill in the AGB code")},
            "city": {"required": _("Fill in the city")},
            "cohort": {"required": _("Choose when you want to start")},
            "contact_name": {"required": _("Fill in your name")},
            "contact_role": {"required": _("Choose what you do in the practice")},
            "email": {"required": _("Fill in your e-mail address")},
        }
        widgets = {"remark": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        self.fields["cohort"].queryset = Cohort.objects.filter(  # type: ignore[attr-defined]
            enrol_before__gt=today
        ).order_by("start_on")
        self.fields["cohort"].empty_label = _("Choose a cohort")  # type: ignore[attr-defined]
        self.fields["contact_role"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((role, role.label) for role in APPLICANTS),
        ]
        self.fields["code"].validators.append(AGB)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_practice_name(self) -> str:
        return _said_in_mail(self.cleaned_data["practice_name"])

    def clean_contact_name(self) -> str:
        return _said_in_mail(self.cleaned_data["contact_name"])

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email.lower()

    @property
    def filled_by_a_program(self) -> bool:
        return bool(self.cleaned_data["website"])

    def kept(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


def _said_in_mail(name: str) -> str:
    """On one line and without an address to click on: anybody can have us mail it to anybody."""
    line = " ".join(name.split())
    if urlize(line, autoescape=True) != escape(line):
        raise forms.ValidationError(_("Leave out addresses of web pages and of mail"))
    return line


class AcceptForm(forms.Form):
    use_required_attribute = False
    cohort = _CohortField(label=_("Cohort"), queryset=Cohort.objects.order_by("start_on"))
    consultant = forms.ModelChoiceField(
        label=_("Consultant"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Choose later"),
    )

    def __init__(self, data: Any, *, application: Application) -> None:
        super().__init__(data, initial={"cohort": application.cohort_id})
        self.fields["consultant"].queryset = consultants()  # type: ignore[attr-defined]


class DeclineForm(forms.Form):
    use_required_attribute = False
    reason = forms.CharField(
        label=_("Reason, as the applicant reads it"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Fill in the reason")},
    )


class StepForm(forms.Form):
    """Without a day the step is taken back."""

    stage = forms.ChoiceField(
        choices=[
            (stage, stage.label)
            for stage in (Stage.INVITED, Stage.INFORMATION, Stage.ENROLLED, Stage.REQUESTED)
        ]
    )
    day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Fill in a date, like 14-03-2027")},
    )

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        self.today = today

    def clean_day(self) -> date | None:
        day: date | None = self.cleaned_data["day"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("This day is still to come"))
        return day


class StopForm(forms.Form):
    use_required_attribute = False
    day = forms.DateField(
        label=_("First day without the programme"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Fill in a date"),
            "invalid": _("Fill in a date, like 14-03-2027"),
        },
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Fill in the reason")},
    )


class CohortForm(forms.Form):
    cohort = _CohortField(label=_("Cohort"), queryset=Cohort.objects.order_by("start_on"))
