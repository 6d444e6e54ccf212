"""What hinders, in four taps and a sentence; and what the region makes of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from highusers.states import PartnerKind
from monitoring.bottlenecks.services import Described, Reported
from monitoring.bottlenecks.states import OF_STRUCTURAL, BottleneckKind, BottleneckState, Weight
from monitoring.models import Bottleneck, StructuralBottleneck
from monitoring.models.bottleneck import NAME_LENGTH, TEXT_LENGTH, TITLE_LENGTH
from practices.models import RegionRole, User
from practices.states import RegionRoleName
from practices.without_patient import WithoutPatientForm

_SAID = ("partner", "partner_name", "kind", "weight", "text")
_DESCRIBED = ("title", "partner", "partner_name", "kind", "doing", "responsible")


def _tapped(label: Any, choices: Any, asked: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": asked, "invalid_choice": asked},
    )


class BottleneckForm(WithoutPatientForm):
    watched = ("text", "partner_name")

    partner = _tapped(_("With whom?"), PartnerKind.choices, _("Choose with whom."))
    kind = _tapped(_("What is it about?"), BottleneckKind.choices, _("Choose what it is about."))
    weight = _tapped(_("How much does it hinder you?"), Weight.choices, _("Choose how much."))
    text = forms.CharField(
        label=_("What goes wrong?"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences are enough. No name, date of birth or number."),
        error_messages={"required": _("Say in a sentence what goes wrong.")},
    )
    partner_name = forms.CharField(
        label=_("Name of the organisation"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=_("Of the organisation, not of somebody who works there."),
    )

    def __init__(self, data: Any = None, *, bottleneck: Bottleneck | None = None) -> None:
        begin = {name: getattr(bottleneck, name) for name in _SAID} if bottleneck else {}
        super().__init__(data, initial=begin)

    def said(self) -> Reported:
        values = {name: self.cleaned_data[name] for name in _SAID}
        return Reported(**values | {"weight": int(values["weight"])})


class AlsoHereForm(forms.Form):
    weight = forms.TypedChoiceField(choices=Weight.choices, coerce=int)


class StructuralForm(WithoutPatientForm):
    watched = ("title", "doing", "partner_name")

    title = forms.CharField(
        label=_("What is it, in a few words?"),
        max_length=TITLE_LENGTH,
        help_text=_("Practices read this. Name no practice."),
        error_messages={"required": _("Fill in a title")},
    )
    partner = forms.ChoiceField(label=_("Partner"), choices=PartnerKind.choices)
    partner_name = forms.CharField(
        label=_("Name of the organisation"), required=False, max_length=NAME_LENGTH
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=BottleneckKind.choices)
    doing = forms.CharField(
        label=_("What PrimaCura does about it"),
        required=False,
        max_length=2 * TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The practices that reported it read this, and so does the yearly report."),
    )
    responsible = forms.ModelChoiceField(
        User.objects.none(), label=_("Responsible"), required=False, empty_label=_("Nobody yet")
    )

    def __init__(
        self,
        data: Any = None,
        *,
        structural: StructuralBottleneck | None = None,
        chosen: Iterable[Bottleneck] = (),
    ) -> None:
        begin = (
            {name: getattr(structural, name) for name in _DESCRIBED}
            if structural
            else _shared(list(chosen))
        )
        super().__init__(data, initial=begin)
        people = RegionRole.objects.filter(
            role__in=(RegionRoleName.COORDINATOR, RegionRoleName.CONSULTANT)
        )
        found = User.objects.filter(pk__in=people.values("user"), is_active=True)
        self.fields["responsible"].queryset = found.order_by("name", "email")  # type: ignore[attr-defined]

    def described(self) -> Described:
        return Described(**{name: self.cleaned_data[name] for name in _DESCRIBED})


class StepForm(WithoutPatientForm):
    watched = ("done",)

    state = forms.ChoiceField(
        label=_("Status"), choices=[(one.value, one.label) for one in OF_STRUCTURAL]
    )
    done = forms.CharField(
        label=_("What was done"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The practices that reported it read this, with the date of today."),
    )

    def __init__(self, data: Any = None, *, state: str = BottleneckState.GROUPED) -> None:
        super().__init__(data, initial={"state": state})


def _shared(chosen: list[Bottleneck]) -> dict[str, str]:
    """What the reports have in common, to begin with."""
    said = {name: {getattr(one, name) for one in chosen} for name in _SAID[:3]}
    return {name: values.pop() for name, values in said.items() if len(values) == 1}
