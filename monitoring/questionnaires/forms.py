"""The questionnaire as a form: to save half of it, or to hand in all of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from highusers.states import PartnerKind
from monitoring.bottlenecks.states import BottleneckKind, Weight
from monitoring.models import QuestionnaireQuestion
from monitoring.models.bottleneck import TEXT_LENGTH as BOTTLENECK_LENGTH
from monitoring.models.questionnaire import TEXT_LENGTH
from monitoring.questionnaires.merging import in_words, packed, unpacked
from monitoring.questionnaires.questions import NOTHING_KNOWN, Known
from monitoring.questionnaires.states import Prefill, QuestionKind
from practices.without_patient import WithoutPatientForm, refuse_bsn

YES, NO = "yes", "no"
NO_SOURCES: Mapping[Prefill, str] = {}
_TRUTH: dict[Any, bool | None] = {YES: True, NO: False}
BOTTLENECK_ROWS = 3
SAID = ("partner", "kind", "weight", "text")


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one bottleneck; `open`: it is unfolded."""

    fields: Sequence[BoundField]
    open: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A question on the page: one field, or a row of fields for each bottleneck; `theirs` is what
    a colleague answered meanwhile."""

    question: QuestionnaireQuestion
    text: str
    fields: Sequence[BoundField]
    rows: Sequence[Row]
    theirs: str = ""


class QuestionnaireForm(WithoutPatientForm):
    """`answers()` gives what was filled in. `looked_at` is the state that was on the screen and
    `sources` the addresses of what is on record, for whoever may open them."""

    looked_at = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    on_screen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any,
        *,
        questions: Sequence[QuestionnaireQuestion],
        texts: Mapping[str, str],
        known: Mapping[str, Known],
        filled_in: Mapping[str, Any],
        looked_at: str = "",
        version: str = "",
        sources: Mapping[Prefill, str] = NO_SOURCES,
    ) -> None:
        super().__init__(data, initial={"looked_at": looked_at, "version": version})
        self.handing_in = data is None or "hand_in" in data
        self.questions, self.texts, self._sources = questions, texts, sources
        made = (self._make(one, known, filled_in) for one in questions)
        self.watched = tuple(name for names in made for name in names)
        self.theirs: Mapping[str, Any] = {}

    @property
    def state_looked_at(self) -> str:
        """What was looked at, also when the page comes back with a problem."""
        return str(self["looked_at"].value() or "")

    @property
    def answers_on_screen(self) -> dict[str, Any] | None:
        """As they were when the page was opened or last saved from; None from another page."""
        text = self.data.get("on_screen", "")
        return unpacked(text) if text else None

    @property
    def packed(self) -> str:
        """The same for the page that is shown now: a clash that was shown is decided by whoever
        saves again."""
        if not self.is_bound:
            return packed({one.key: self._initial(one) for one in self.questions})
        return packed((self.answers_on_screen or {}) | dict(self.theirs))

    def _initial(self, one: QuestionnaireQuestion) -> Any:
        if one.kind != QuestionKind.BOTTLENECKS:
            value = self.initial[one.key]
            return _TRUTH.get(value) if one.kind == QuestionKind.YES_NO else value
        rows = [[self.initial[name] for name in row] for row in _rows(one)]
        return [dict(zip(SAID, row, strict=True)) for row in rows if any(row)]

    def shown(self) -> list[Shown]:
        return [
            Shown(
                one,
                self.texts[one.key],
                () if one.kind == QuestionKind.BOTTLENECKS else (self[one.key],),
                [self._row(row, first=not place) for place, row in enumerate(_rows(one))],
                in_words(self.theirs[one.key]) if one.key in self.theirs else "",
            )
            for one in self.questions
        ]

    def _row(self, names: Sequence[str], *, first: bool) -> Row:
        fields = [self[name] for name in names]
        return Row(fields, first or any(field.value() or field.errors for field in fields))

    def answers(self) -> dict[str, Any]:
        return {one.key: self._answer(one) for one in self.questions}

    def clean(self) -> dict[str, Any]:
        """Of a bottleneck that was begun everything is asked."""
        cleaned = super().clean()
        for one in self.questions:
            for row in _rows(one):
                begun = any(cleaned.get(name) for name in row)
                missing = [name for name in row if name in cleaned and not cleaned[name]]
                if begun and self.handing_in:
                    for name in missing:
                        self.add_error(name, _ASKED[name.rpartition("-")[2]])
        return cleaned

    def _make(
        self,
        one: QuestionnaireQuestion,
        known: Mapping[str, Known],
        filled_in: Mapping[str, Any],
    ) -> tuple[str, ...]:
        """The fields of a question; returns the names of those that take words."""
        value, beside = filled_in.get(one.key), known.get(one.key, NOTHING_KNOWN)
        if one.kind == QuestionKind.BOTTLENECKS:
            return self._bottlenecks(one, value or [])
        make = _FIELDS[QuestionKind(one.kind)]
        self.fields[one.key] = make(self, one, self._hint(one, beside, value))
        value = beside.answer if value is None else value
        yes_no = {True: YES, False: NO}.get(value) if isinstance(value, bool) else value
        self.initial[one.key] = yes_no
        return (one.key,) if one.kind == QuestionKind.TEXT else ()

    def _bottlenecks(self, one: QuestionnaireQuestion, said: Sequence[Any]) -> tuple[str, ...]:
        for row, begun in zip(_rows(one), [*said, *[{}] * BOTTLENECK_ROWS], strict=False):
            for name, part in zip(row, SAID, strict=True):
                self.fields[name] = _PARTS[part]()
                self.initial[name] = begun.get(part, "")
        return tuple(row[-1] for row in _rows(one))

    def _answer(self, one: QuestionnaireQuestion) -> Any:
        if one.kind != QuestionKind.BOTTLENECKS:
            return self.cleaned_data[one.key]
        rows = [[self.cleaned_data[name] for name in row] for row in _rows(one)]
        return [dict(zip(SAID, row, strict=True)) for row in rows if any(row)]

    def _hint(self, one: QuestionnaireQuestion, beside: Known, value: Any) -> str:
        """What was saved before may say otherwise than what is on record by now."""
        on_record = _("On record: %(known)s.") % {"known": beside.text} if beside.text else ""
        otherwise = beside.figure and None not in (value, beside.answer) and value != beside.answer
        differs = _("This differs from the answer.") if otherwise else ""
        hint = " ".join(filter(None, [one.hint, on_record, differs]))
        source = self._sources.get(Prefill(one.prefill)) if one.prefill else None
        if source:
            return format_html('{} <a href="{}">{}</a>', hint, source, _("See the figures"))
        return hint


class ReopenForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("Why may the practice change it?"),
        max_length=500,
        validators=[refuse_bsn],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Fill in the reason")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.add_input(Submit("reopen", _("Reopen")))


def _yes_or_no(form: QuestionnaireForm, one: QuestionnaireQuestion, hint: str) -> forms.Field:
    return forms.TypedChoiceField(
        label=form.texts[one.key],
        help_text=hint,
        choices=[(YES, _("Yes")), (NO, _("No"))],
        coerce=_TRUTH.__getitem__,
        empty_value=None,
        widget=forms.RadioSelect,
        required=form.handing_in,
        error_messages={"required": _("Choose yes or no")},
    )


def _one_of(form: QuestionnaireForm, one: QuestionnaireQuestion, hint: str) -> forms.Field:
    return forms.ChoiceField(
        label=form.texts[one.key],
        help_text=hint,
        choices=[(text, text) for text in one.options],
        widget=forms.RadioSelect,
        required=form.handing_in,
        error_messages={"required": _("Choose an answer")},
    )


def _words(form: QuestionnaireForm, one: QuestionnaireQuestion, hint: str) -> forms.Field:
    return forms.CharField(
        label=form.texts[one.key],
        help_text=hint,
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


_FIELDS: dict[
    QuestionKind, Callable[[QuestionnaireForm, QuestionnaireQuestion, str], forms.Field]
] = {
    QuestionKind.YES_NO: _yes_or_no,
    QuestionKind.CHOICE: _one_of,
    QuestionKind.TEXT: _words,
}


def _rows(one: QuestionnaireQuestion) -> list[tuple[str, ...]]:
    """The names of the fields for each bottleneck; none for another kind of question."""
    if one.kind != QuestionKind.BOTTLENECKS:
        return []
    return [
        tuple(f"{one.key}-{row}-{part}" for part in SAID) for row in range(1, BOTTLENECK_ROWS + 1)
    ]


def _chosen(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", _("Choose")), *choices], required=False)


_PARTS: dict[str, Callable[[], forms.Field]] = {
    "partner": lambda: _chosen(_("With whom?"), PartnerKind.choices),
    "kind": lambda: _chosen(_("What is it about?"), BottleneckKind.choices),
    "weight": lambda: _chosen(_("How much does it hinder you?"), Weight.choices),
    "text": lambda: forms.CharField(
        label=_("What goes wrong?"),
        required=False,
        max_length=BOTTLENECK_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    ),
}
_ASKED = {
    "partner": gettext_lazy("Choose with whom."),
    "kind": gettext_lazy("Choose what it is about."),
    "weight": gettext_lazy("Choose how much."),
    "text": gettext_lazy("Say in a sentence what goes wrong."),
}
