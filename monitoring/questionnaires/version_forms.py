"""Writing a question, and saying from when a version is asked."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monitoring.models import QuestionnaireQuestion
from monitoring.models.questionnaire import YEARS
from monitoring.questionnaires.drafting import Written
from monitoring.questionnaires.shipped import (
    ADDED_VALUE,
    BOTTLENECKS,
    EXPERIENCES,
    FIXED_KEYS,
    KNOWN_KEYS,
)
from monitoring.questionnaires.states import Prefill, QuestionKind

OWN_KINDS = [
    (kind, kind.label) for kind in (QuestionKind.YES_NO, QuestionKind.TEXT, QuestionKind.CHOICE)
]
_SUBJECTS = {
    EXPERIENCES: _("Experiences, for the yearly report"),
    ADDED_VALUE: _("Added value, for the yearly report"),
    BOTTLENECKS: _("Bottlenecks, reported to PrimaCura"),
}
_KIND_OF = {BOTTLENECKS: QuestionKind.BOTTLENECKS}
FEWEST_OPTIONS = 2


class QuestionForm(forms.Form):
    """`missing` are the known subjects that the draft does not ask about yet."""

    use_required_attribute = False

    subject = forms.ChoiceField(label=_("What is it about?"), required=False)
    text = forms.CharField(
        label=_("Question"), max_length=300, error_messages={"required": _("Fill in the question")}
    )
    hint = forms.CharField(label=_("Hint below the question"), max_length=300, required=False)
    kind = forms.ChoiceField(
        label=_("How is it answered?"),
        choices=OWN_KINDS,
        widget=forms.RadioSelect,
        initial=QuestionKind.TEXT,
        error_messages={"required": _("Choose how it is answered")},
    )
    options = forms.CharField(
        label=_("Answers to choose from"),
        help_text=_("One on each line; only for one of some answers."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    programme_year = forms.TypedChoiceField(
        label=_("After which year?"),
        choices=[("", _("After both")), *((year, str(year)) for year in YEARS)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    prefill = forms.ChoiceField(
        label=_("What is known beside it"),
        choices=[("", _("Nothing")), *Prefill.choices],
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        question: QuestionnaireQuestion | None = None,
        missing: list[str] | None = None,
    ) -> None:
        super().__init__(data, initial=_begin(question) if question else None)
        self.question = question
        subjects = [
            ("", _("A question of our own")),
            *((key, _SUBJECTS[key]) for key in missing or ()),
        ]
        self.fields["subject"].choices = subjects  # type: ignore[attr-defined]
        if question is not None or not missing:
            del self.fields["subject"]
        for name in _settled(question):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lines = [line.strip() for line in cleaned.get("options", "").splitlines()]
        cleaned["options"] = list(dict.fromkeys(filter(None, lines)))
        choice = cleaned.get("kind") == QuestionKind.CHOICE and not cleaned.get("subject")
        if choice and len(cleaned["options"]) < FEWEST_OPTIONS:
            self.add_error("options", _("Write at least two answers, each on its own line"))
        return cleaned

    def written(self) -> Written:
        cleaned, subject = self.cleaned_data, self.cleaned_data.get("subject", "")
        kind = cleaned.get("kind", QuestionKind.TEXT)
        if subject:
            kind = _KIND_OF.get(subject, QuestionKind.TEXT)
        return Written(
            text=cleaned["text"],
            hint=cleaned["hint"],
            kind=kind,
            options=cleaned["options"],
            programme_year=cleaned.get("programme_year"),
            prefill=cleaned.get("prefill", ""),
        )


class PublishForm(forms.Form):
    use_required_attribute = False

    holds_from = forms.DateField(
        label=_("Asked from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Fill in a day"),
            "invalid": _("Fill in a day, such as 31-12-2028"),
        },
    )

    def clean_holds_from(self) -> Any:
        day = self.cleaned_data["holds_from"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a later day"))
        return day


def _settled(question: QuestionnaireQuestion | None) -> tuple[str, ...]:
    """What the coordinator does not choose for this question."""
    if question is None:
        return ()
    if question.key in FIXED_KEYS:
        return ("kind", "options", "programme_year", "prefill")
    return ("kind", "options") if question.key in KNOWN_KEYS else ()


def _begin(question: QuestionnaireQuestion) -> dict[str, Any]:
    names = ("text", "hint", "kind", "programme_year", "prefill")
    begin = {name: getattr(question, name) for name in names}
    return begin | {"options": "\n".join(question.options)}
