"""Notes of a team talk on one page."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from highusers.models import TeamTalk
from highusers.talks.presence import ids_in
from highusers.talks.services import Notes, version
from practices.models import Person

LONGEST_TEXT = 4000


class NotesForm(forms.Form):
    """`notes()` gives what was filled in; `seen` is the state of the notes that was looked at."""

    use_required_attribute = False

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    held_on = forms.DateField(
        label=gettext_lazy("Date of the talk"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Fill in when you talked."),
            "invalid": gettext_lazy("Fill in a date that exists, for example 31-12-2023."),
        },
    )
    present = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who was there"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick who was there.")},
    )
    decided = forms.CharField(
        label=gettext_lazy("What you decided"),
        help_text=gettext_lazy("Write V-codes, no names of patients."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Fill in what you decided.")},
    )

    def __init__(
        self, *args: Any, team: QuerySet[Person], talk: TeamTalk | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        present = self.fields["present"]
        assert isinstance(present, forms.ModelMultipleChoiceField)
        present.queryset = team
        self.initial["held_on"] = timezone.localdate()
        if talk is not None:
            self.initial.update(
                held_on=talk.held_on,
                present=ids_in(talk),
                decided=talk.decided,
                seen=version(talk),
            )
        self.helper = FormHelper()
        self.helper.add_input(Submit("save", _("Save the notes")))

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Fill in a date up to and including today."))
        return day

    def notes(self) -> Notes:
        given = self.cleaned_data
        return Notes(given["held_on"], given["present"], given["decided"])
