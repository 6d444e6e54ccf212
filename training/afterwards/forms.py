"""Evaluating a session, and telling what the team agreed."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.afterwards.evaluations import Answers
from training.models import Session

MARKS = (
    (1, _("1, not at all")),
    (2, "2"),
    (3, "3"),
    (4, "4"),
    (5, _("5, very much")),
)


def _mark(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=MARKS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a mark from 1 to 5.")},
    )


class EvaluationForm(forms.Form):
    """Three marks and room for a remark: under a minute on a phone."""

    use_required_attribute = False
    useful = _mark(_("Was this session useful for your work?"))
    applicable = _mark(_("Can you do something with it tomorrow?"))
    facilitation = _mark(_("Was it led well?"))
    remark = forms.CharField(
        label=_("What should we change?"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Write nothing by which you or a patient can be recognised."),
    )

    def answers(self) -> Answers:
        data = self.cleaned_data
        return Answers(data["useful"], data["applicable"], data["facilitation"], data["remark"])


class SharingForm(forms.Form):
    """When the team talked about a session and what it agreed."""

    use_required_attribute = False
    session = forms.ModelChoiceField(
        Session.objects.none(),
        label=_("Training"),
        empty_label=_("Choose a training"),
        error_messages={"required": _("Choose a training.")},
    )
    shared_on = forms.DateField(
        label=_("When did the team talk about it?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Fill in the date."),
            "invalid": _("Fill in a date as in 14-03-2026."),
        },
    )
    agreed = forms.CharField(
        label=_("What did you agree?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write down what you agreed.")},
    )

    def __init__(self, *args: Any, sessions: list[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = Session.objects.filter(pk__in=[one.pk for one in sessions])
        self.fields["session"].queryset = chosen.order_by("-held_on", "pk")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        day, session = data.get("shared_on"), data.get("session")
        if day and day > timezone.localdate():
            self.add_error("shared_on", _("This day is still to come."))
        elif day and session and day < session.held_on:
            self.add_error("shared_on", _("This is before the training itself."))
        return data
