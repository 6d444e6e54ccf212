"""Handing in training that was followed elsewhere, and judging it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models import Person, Practice
from practices.received.files import read_upload
from training.claims.services import TOLD
from training.models import TrainingClaim
from training.states import SessionKind

_POINTS = _("Fill in the points as a number, for example 2 or 1,5.")


class ClaimForm(forms.Form):
    """What was followed, with the proof; `first` tells whether the proof is still to come."""

    use_required_attribute = False

    title = forms.CharField(
        label=_("What was it called?"),
        max_length=160,
        error_messages={"required": _("Fill in what the training was called.")},
    )
    provider = forms.CharField(
        label=_("Who gave it?"),
        max_length=120,
        error_messages={"required": _("Fill in who gave the training.")},
    )
    followed_on = forms.DateField(
        label=_("On which day?"),
        help_text=_("Were there more days? Fill in the last one."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Fill in the day."),
            "invalid": _("Fill in a day like 14-03-2028."),
        },
    )
    hours = forms.DecimalField(
        label=_("How many hours?"),
        min_value=Decimal("0.5"),
        max_value=Decimal(500),
        max_digits=4,
        decimal_places=1,
        localize=True,
        error_messages={
            "required": _("Fill in the hours."),
            "invalid": _("Fill in the hours as a number, for example 6 or 2,5."),
        },
    )
    points = forms.DecimalField(
        label=_("Accreditation points"),
        required=False,
        min_value=Decimal(0),
        max_digits=4,
        decimal_places=1,
        localize=True,
        error_messages={"invalid": _POINTS},
    )
    proof = forms.FileField(
        label=_("Proof"),
        help_text=_("A certificate or confirmation: PDF, JPG or PNG, of up to 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={
            "required": _("Choose the file of the proof."),
            "empty": _("This file is empty. Choose another one."),
        },
    )

    def __init__(self, *args: Any, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not first:
            self.fields["proof"].required = False
            self.fields["proof"].label = _("Another proof")

    def clean_followed_on(self) -> Any:
        day = self.cleaned_data["followed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Claim it afterwards."))
        return day

    def clean_proof(self) -> bytes | None:
        """The bytes; what it is, is told by them and not by its name."""
        upload: UploadedFile | None = self.cleaned_data["proof"]
        return None if upload is None else read_upload(upload)

    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in TOLD}


class ColleagueClaimForm(ClaimForm):
    """The same for a colleague; `people` are those of the practice."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who followed it?"),
        empty_label=_("Choose a colleague"),
        error_messages={"required": _("Choose who followed it.")},
    )
    field_order = ("person",)

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.filter(  # type: ignore[attr-defined]
            pk__in=[one.pk for one in people]
        ).order_by("name", "pk")


class OwnClaimForm(ClaimForm):
    """The own training; who works in more practices says for which one."""

    practice = forms.ModelChoiceField(
        Practice.objects.none(),
        label=_("For which practice?"),
        empty_label=_("Choose a practice"),
        error_messages={"required": _("Choose a practice.")},
    )
    field_order = ("practice",)

    def __init__(self, *args: Any, practices: list[Practice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = practices[0] if len(practices) == 1 else None
        if self.only:
            del self.fields["practice"]
            return
        self.fields["practice"].queryset = Practice.objects.filter(  # type: ignore[attr-defined]
            pk__in=[one.pk for one in practices]
        ).order_by("name", "pk")

    def for_practice(self) -> Practice:
        chosen: Practice = self.only or self.cleaned_data["practice"]
        return chosen


class JudgeForm(forms.Form):
    """What the coordinator decides; accepting says for which norm, or for none."""

    use_required_attribute = False

    NO_NORM, ASK, DECLINE = "none", "ask", "decline"
    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[
            (str(SessionKind.TRIAGE), _("Accept: counts for triage training")),
            (str(SessionKind.CONVERSATION), _("Accept: counts for the other conversation")),
            (str(SessionKind.INTERVISION), _("Accept: counts for intervision")),
            (NO_NORM, _("Accept: counts for no norm")),
            (ASK, _("Ask for more")),
            (DECLINE, _("Do not accept")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide.")},
    )
    text = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who claimed it reads this. Needed when you ask for more or do not accept it."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        explains = data.get("decision") in (self.ASK, self.DECLINE)
        if explains and not (data.get("text") or "").strip():
            self.add_error("text", _("Write an explanation: who claimed it reads it."))
        return data

    def kind(self) -> str:
        """Of the norm that it counts for, '' for none."""
        chosen: str = self.cleaned_data["decision"]
        return "" if chosen == self.NO_NORM else chosen


def first_values(claim: TrainingClaim) -> dict[str, Any]:
    return {name: getattr(claim, name) for name in TOLD}
