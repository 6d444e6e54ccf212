"""Words for the report: proposing them, and a practice's own version of them."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from monitoring.models.report_quote import QUOTE_LENGTH
from monitoring.report.quotes.identity import telling_words
from monitoring.report.states import QUOTED_IN, QuoteSource
from mtvp.privacy.identifying import Found, Sign
from practices.mailing.readers import account_holders
from practices.models import Practice
from practices.without_patient import WithoutPatientForm


class WordsForm(WithoutPatientForm):
    """Words of `practice` in which nobody is known: no patient, nobody of the team, no place."""

    text = forms.CharField(
        label=_("Words"),
        max_length=QUOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write the words that may stand in the report")},
    )

    def __init__(self, *args: Any, practice: Practice | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practice = practice

    def of_practice(self) -> Practice | None:
        return self.practice

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        practice = self.of_practice()
        if practice is not None and cleaned.get("text"):
            found = telling_words(cleaned["text"], practice, timezone.localdate())
            if found.names:
                message = _now("Leave out what tells which practice this is: %(words)s")
                self.add_error("text", message % {"words": ", ".join(found.names)})
            self.warnings += [Found(Sign.NAME, word, 0) for word in found.perhaps]
        return cleaned


class ProposalForm(WordsForm):
    practice_of = forms.ModelChoiceField(
        label=_("Practice"),
        queryset=Practice.objects.order_by("name"),
        empty_label=_("Choose a practice"),
        error_messages={"required": _("Choose the practice that said this")},
    )
    block = forms.ChoiceField(
        label=_("Where it stands in the report"),
        choices=[(str(one), one.label) for one in QUOTED_IN],
    )
    source = forms.ChoiceField(label=_("Source"), choices=QuoteSource.choices)

    field_order = ("practice_of", "block", "source", "text")

    def of_practice(self) -> Practice | None:
        found: Practice | None = self.cleaned_data.get("practice_of")
        return found

    def clean_practice_of(self) -> Practice:
        """Who stopped, or never had an account, would be asked in vain."""
        found: Practice = self.cleaned_data["practice_of"]
        if not account_holders([found], timezone.localdate()):
            raise forms.ValidationError(
                _("Nobody of this practice can say yes: nobody who runs its account can sign in.")
            )
        return found
