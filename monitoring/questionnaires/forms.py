"""The questionnaire as a form: to save half of it, or to hand in all of it."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitoring.models.questionnaire import TEXT_LENGTH
from monitoring.questionnaires.questions import HABIT, QUESTIONS, Known

YES, NO = "yes", "no"
_TRUTH: dict[Any, bool | None] = {YES: True, NO: False}


class QuestionnaireForm(forms.Form):
    """`answers()` gives what was filled in; `seen` is the state that was looked at; `habit` the
    address of the figures about a lasting habit, for whoever may open it."""

    use_required_attribute = False

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any,
        *,
        texts: Mapping[str, str],
        known: Mapping[str, Known],
        filled_in: Mapping[str, Any],
        seen: str,
        habit: str = "",
    ) -> None:
        super().__init__(data, initial={"seen": seen})
        self.handing_in = data is None or "hand_in" in data
        for question in QUESTIONS:
            beside = known.get(question.name)
            hints = [
                str(question.hint),
                _("On record: %(known)s.") % {"known": beside.text}
                if beside and beside.text
                else "",
            ]
            hint = " ".join(filter(None, hints))
            if habit and question.name == HABIT:
                hint = format_html('{} <a href="{}">{}</a>', hint, habit, _("See the figures"))
            label, value = texts[question.name], filled_in.get(question.name)
            if question.yes_or_no:
                self.fields[question.name] = self._yes_or_no(label, hint)
                value = beside.answer if value is None and beside else value
                self.initial[question.name] = {True: YES, False: NO}.get(value)  # type: ignore[arg-type]
            else:
                self.fields[question.name] = _words(label, hint)
                self.initial[question.name] = value or ""
        self.helper = FormHelper()
        self.helper.form_tag = False

    def _yes_or_no(self, label: str, hint: str) -> forms.TypedChoiceField:
        return forms.TypedChoiceField(
            label=label,
            help_text=hint,
            choices=[(YES, _("Yes")), (NO, _("No"))],
            coerce=_TRUTH.__getitem__,
            empty_value=None,
            widget=forms.RadioSelect,
            required=self.handing_in,
            error_messages={"required": _("Choose yes or no")},
        )

    def answers(self) -> dict[str, Any]:
        return {question.name: self.cleaned_data[question.name] for question in QUESTIONS}


class ReopenForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("Why may the practice change it?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Fill in the reason")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.add_input(Submit("reopen", _("Reopen")))


def _words(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
