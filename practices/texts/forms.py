"""What the coordinator types; what could not be filled in is told on saving, not on sending."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from practices.models.text import BODY_LENGTH, TITLE_LENGTH
from practices.texts.registry import Announced
from practices.texts.rendering import names_in
from practices.texts.services import Version

_UNKNOWN = _("%(wrong)s cannot be filled in here. You can use: %(allowed)s.")
_NONE = _("Nothing is filled in here: leave out %(wrong)s.")


class TextForm(forms.Form):
    use_required_attribute = False

    title = forms.CharField(
        label=_("Title"),
        max_length=TITLE_LENGTH,
        error_messages={"required": _("Fill in a title")},
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=BODY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 16}),
        error_messages={"required": _("Fill in the text")},
    )
    based_on = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, text: Announced, version: Version) -> None:
        initial = {"title": version.title, "body": version.body, "based_on": version.number}
        super().__init__(data, initial=initial)
        self.text = text
        if text.mail:
            self.fields["title"].label = _("Subject")
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_title(self) -> str:
        return self._fillable(self.cleaned_data["title"])

    def clean_body(self) -> str:
        body = self._fillable(self.cleaned_data["body"].replace("\r\n", "\n"))
        if self.text.wrong and (problems := self.text.wrong(body)):
            raise forms.ValidationError(problems)
        return body

    def _fillable(self, typed: str) -> str:
        if not self.text.mail:
            return typed
        allowed = self.text.placeholders
        wrong = [name for name in names_in(typed) if name not in allowed]
        if wrong:
            named = {"wrong": _braced(wrong), "allowed": _braced(allowed)}
            raise forms.ValidationError((_UNKNOWN if allowed else _NONE) % named)
        return typed


def _braced(names: Any) -> str:
    return ", ".join(f"{{{name}}}" for name in dict.fromkeys(names))
