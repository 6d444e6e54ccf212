"""Writing a script, a case, a learning point."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from practices.without_patient import WithoutPatientForm
from training.models import Script
from training.scripts.services import ScriptText


class ScriptForm(forms.Form):
    """`seen` is the version on which this one is written."""

    use_required_attribute = False
    topic = forms.CharField(
        label=_("Topic"), max_length=160, error_messages={"required": _("Fill in the topic.")}
    )
    text = forms.CharField(
        label=_("Script"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Who does what, and how long it takes."),
    )
    questions = forms.CharField(
        label=_("Questions for the discussion"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One question a line. Participants see the topic and these questions."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def written(self) -> ScriptText:
        data = self.cleaned_data
        return ScriptText(data["topic"], data["text"], data["questions"])


def script_form(data: Any, last: Script | None) -> ScriptForm:
    """Begins with the last version; bound when something was posted."""
    if last is None:
        return ScriptForm(data, initial={"seen": 0})
    begin = {"topic": last.topic, "text": last.text, "questions": last.questions}
    return ScriptForm(data, initial=begin | {"seen": last.number})


class CaseForm(WithoutPatientForm):
    text = forms.CharField(
        label=_("Your case"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("No name, date of birth or number of a patient. Age and sex are enough."),
        error_messages={"required": _("Describe your case in a few sentences.")},
    )


class LearningPointForm(WithoutPatientForm):
    """What the group takes along."""

    text = forms.CharField(
        label=_("Learning point"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down what the group learned.")},
    )
