"""Writing a script, a case, a learning point."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mtvp.privacy.identifying import Found, Sign, described, identifying
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


class CaseForm(forms.Form):
    """A case without a patient who can be known: a BSN is refused, what looks like a name or a
    date of birth is shown once, and kept when the person says it is none."""

    use_required_attribute = False
    text = forms.CharField(
        label=_("Your case"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("No name, date of birth or number of a patient. Age and sex are enough."),
        error_messages={"required": _("Describe your case in a few sentences.")},
    )
    looked = forms.CharField(widget=forms.HiddenInput, required=False)

    warnings: list[Found]

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        found = identifying(text, today=timezone.localdate())
        self.warnings = [one for one in found if one.sign != Sign.BSN]
        refused = [one for one in found if one.sign == Sign.BSN]
        if refused:
            raise forms.ValidationError([described(one) for one in refused])
        return text

    @property
    def told(self) -> list[str]:
        """What the person should look at before it is kept."""
        return [described(one) for one in getattr(self, "warnings", [])]

    def may_be_kept(self) -> bool:
        """Nothing looks like a person, or exactly this text was shown with its warnings before."""
        return self.is_valid() and (not self.warnings or self.looked_at())

    def looked_at(self) -> bool:
        return str(self.data.get("looked", "")) == "|".join(one.text for one in self.warnings)

    @property
    def seen(self) -> str:
        return "|".join(one.text for one in getattr(self, "warnings", []))


class LearningPointForm(CaseForm):
    """What the group takes along; looked at as a case is."""

    text = forms.CharField(
        label=_("Learning point"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down what the group learned.")},
    )
