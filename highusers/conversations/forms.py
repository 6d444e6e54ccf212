"""A conversation as a form: six rows of marks, each of which may stay open."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from highusers.conversations.services import Talk, version
from highusers.conversations.web import ABOUT, marks_of
from highusers.lookup import colleagues
from highusers.models import Conversation
from highusers.states import PositiveHealth
from mtvp.charts.spider import HIGHEST
from practices.models import Person, Practice

LONGEST_NOTE = 2000
MARKS = [("", gettext_lazy("none")), *((str(mark), str(mark)) for mark in range(HIGHEST + 1))]


class ConversationForm(forms.Form):
    use_required_attribute = False

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    held_on = forms.DateField(
        label=gettext_lazy("Date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Fill in the date of the conversation."),
            "invalid": gettext_lazy("Fill in a date that exists, for example 31-12-2023."),
        },
    )
    note = forms.CharField(
        label=gettext_lazy("What was said, in a few words"),
        help_text=gettext_lazy("Short: the medical record is in your GP system."),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        *args: Any,
        practice: Practice,
        person: Person | None,
        conversation: Conversation | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        also = conversation.colleague_id if conversation else None
        self.fields["colleague"] = forms.ModelChoiceField(
            label=_("Who talked with the patient"),
            queryset=colleagues(practice, today, also),
            required=False,
            empty_label=_("Not filled in"),
        )
        for axis in PositiveHealth:
            self.fields[axis.value] = forms.ChoiceField(
                label=axis.label,
                help_text=ABOUT[axis],
                choices=MARKS,
                required=False,
                widget=forms.RadioSelect,
            )
        if conversation:
            marks = {axis: str(mark) for axis, mark in marks_of(conversation).items()}
            given = {name: getattr(conversation, name) for name in ("held_on", "colleague", "note")}
        else:
            marks, given = {}, {"held_on": today, "colleague": person}
        given["seen"] = version(conversation) if conversation else ""
        blank = dict.fromkeys(PositiveHealth.values, "")
        self.initial = {**given, **blank, **marks, **self.initial}

    def mark_rows(self) -> Iterator[BoundField]:
        return (self[axis] for axis in PositiveHealth.values)

    def clean_held_on(self) -> Any:
        held_on = self.cleaned_data["held_on"]
        if held_on > timezone.localdate():
            raise forms.ValidationError(_("Fill in a date that is not after today."))
        return held_on

    def talk(self) -> Talk:
        given = self.cleaned_data
        marks = {axis: int(given[axis]) for axis in PositiveHealth.values if given[axis]}
        return Talk(given["held_on"], given["colleague"], given["note"], marks)
