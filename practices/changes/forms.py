"""What the coordinator fills in about a change of practice."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from practices.changes.codes import is_taken
from practices.changes.services import NewOwner, spells_from
from practices.joining.forms import AGB
from practices.joining.services import consultants
from practices.models import Employment, Person, Practice, User
from practices.states import ChangeKind, StaffRole


class _ChangeForm(forms.Form):
    """`today` is the last day that can be filled in: a change is noted when it has happened."""

    use_required_attribute = False

    def __init__(self, data: Any, *, practice: Practice, today: date) -> None:
        super().__init__(data)
        self.practice, self.today = practice, today
        if "day" in self.fields:
            self.fields["day"].initial = today
        self.prepare()

    def prepare(self) -> None:
        """Fill the choices of this practice."""

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("This day is still to come. Note the change on the day."))
        return day

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code == self.practice.code or is_taken(code, practice=self.practice):
            raise forms.ValidationError(_("This code is or was that of a practice. Check it."))
        return code


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Fill in a date"),
            "invalid": _("Fill in a date, like 14-03-2027"),
        },
    )


def _code(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        validators=[AGB],
        help_text=_("8 digits, as on the invoices."),
        error_messages={"required": _("Fill in the AGB code")},
    )


class CodeForm(_ChangeForm):
    code = _code(_("New AGB code"))
    day = _day(_("First day with the new code"))


class ConsultantForm(_ChangeForm):
    consultant = forms.ModelChoiceField(
        label=_("Consultant from today"),
        queryset=User.objects.none(),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose a consultant")},
    )

    def prepare(self) -> None:
        others = consultants().exclude(pk=self.practice.consultant_id)
        self.fields["consultant"].queryset = others  # type: ignore[attr-defined]


class TakeoverForm(_ChangeForm):
    """The new owner is a colleague, or somebody with a name and an address."""

    day = _day(_("First day of the new owner"))
    leaving = forms.ModelMultipleChoiceField(
        label=_("Who stops as owner?"),
        queryset=Employment.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who stops as owner")},
    )
    colleague = forms.ModelChoiceField(
        label=_("New owner, when a colleague takes over"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Somebody else"),
    )
    owner_name = forms.CharField(
        label=_("Name of the new owner, when it is somebody else"), required=False, max_length=120
    )
    owner_email = forms.EmailField(
        label=_("E-mail address of the new owner"),
        required=False,
        help_text=_("This address gets an invitation for an account."),
    )
    name = forms.CharField(
        label=_("Name of the practice from then on"),
        max_length=120,
        error_messages={"required": _("Fill in the name of the practice")},
    )

    def prepare(self) -> None:
        serving = Employment.objects.in_service(self.today).of_team(self.practice)
        owners = serving.filter(role=StaffRole.GP_OWNER)
        colleagues = serving.exclude(person__in=owners.values("person"))
        people = Person.objects.filter(pk__in=colleagues.order_by().values("person"))
        self.fields["leaving"].queryset = owners  # type: ignore[attr-defined]
        self.fields["leaving"].label_from_instance = lambda one: str(one.person)  # type: ignore[attr-defined]
        self.fields["colleague"].queryset = people  # type: ignore[attr-defined]
        self.fields["name"].initial = self.practice.name

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        known = data.get("colleague") is not None
        if not known and not data.get("owner_name"):
            self.add_error("owner_name", _("Choose a colleague, or fill in a name"))
        if not known and not data.get("owner_email") and "owner_email" not in self.errors:
            self.add_error("owner_email", _("Fill in the e-mail address of the new owner"))
        day = data.get("day")
        if day and any(one.started_on >= day for one in data.get("leaving", ())):
            self.add_error("day", _("The owner had not started yet on this day"))
        return data

    @property
    def owner(self) -> NewOwner:
        data = self.cleaned_data
        if data["colleague"] is not None:
            return NewOwner(data["colleague"])
        return NewOwner(None, data["owner_name"], data["owner_email"])


class MergerForm(_ChangeForm):
    into = forms.ModelChoiceField(
        label=_("Goes on in"),
        queryset=Practice.objects.none(),
        empty_label=_("Choose a practice"),
        error_messages={"required": _("Choose a practice")},
    )
    day = _day(_("First day together"))

    def prepare(self) -> None:
        others = Practice.objects.filter(stopped_on=None).exclude(pk=self.practice.pk)
        self.fields["into"].queryset = others.order_by("name")  # type: ignore[attr-defined]


class SplitForm(_ChangeForm):
    name = forms.CharField(
        label=_("Name of the new practice"),
        max_length=120,
        error_messages={"required": _("Fill in the name of the practice")},
    )
    code = _code(_("AGB code of the new practice"))
    city = forms.CharField(
        label=_("City"), max_length=80, error_messages={"required": _("Fill in the city")}
    )
    day = _day(_("First day of the new practice"))
    moving = forms.ModelMultipleChoiceField(
        label=_("Who goes to the new practice?"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    both = forms.ModelMultipleChoiceField(
        label=_("Who works in both?"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def prepare(self) -> None:
        serving = spells_from(self.practice, self.today).order_by()
        people = Person.objects.filter(pk__in=serving.values("person"))
        for name in ("moving", "both"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]
        self.fields["city"].initial = self.practice.city

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        moving, both = (set(data.get(name) or ()) for name in ("moving", "both"))
        if moving & both:
            self.add_error("both", _("Choose one of the two for each person"))
        if not moving | both:
            self.add_error("moving", _("Choose who goes to the new practice"))
        return data


FORMS: Mapping[ChangeKind, type[_ChangeForm]] = {
    ChangeKind.CODE: CodeForm,
    ChangeKind.CONSULTANT: ConsultantForm,
    ChangeKind.TAKEOVER: TakeoverForm,
    ChangeKind.MERGER: MergerForm,
    ChangeKind.SPLIT: SplitForm,
}
