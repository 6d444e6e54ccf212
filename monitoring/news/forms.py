"""What the coordinator types for an announcement or a newsletter."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interventions.models import Example
from monitoring.models import Announcement, Newsletter
from monitoring.news.services import Composed, Written
from monitoring.states import Audience

SHOWN_DAYS = 28
OFFERED = 40
"""Of the newest announcements and examples, to choose from."""

_MARKS = _(
    "An empty line starts a new paragraph. # before a line makes a heading, - before a line a "
    "list, **word** is bold, [words](https://…) a link."
)
_DAY = {"required": _("Fill in the day."), "invalid": _("Fill in a day like 14-03-2028.")}


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget, error_messages=_DAY)


class AnnouncementForm(forms.Form):
    use_required_attribute = False

    title = forms.CharField(
        label=_("Title"), max_length=120, error_messages={"required": _("Fill in a title")}
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_MARKS,
        error_messages={"required": _("Fill in the text")},
    )
    audience = forms.ChoiceField(label=_("For whom"), choices=Audience.choices)
    shown_from = _day(_("First day"))
    shown_until = _day(_("Last day"), _("After that it stands under earlier news."))

    def __init__(self, data: Any, *, announcement: Announcement | None = None) -> None:
        super().__init__(data, initial=_begin(announcement))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("shown_from"), cleaned.get("shown_until")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("shown_until", _("The last day lies before the first. Choose a later."))
        return cleaned

    def written(self) -> Written:
        return Written(**self.cleaned_data)


class NewsletterForm(forms.Form):
    use_required_attribute = False

    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        help_text=_("Also the subject of the mail, when nothing else stands in it."),
        error_messages={"required": _("Fill in a title")},
    )
    opening = forms.CharField(
        label=_("Opening"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_MARKS,
    )
    announcements = forms.ModelMultipleChoiceField(
        Announcement.objects.none(),
        label=_("Announcements"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One for a group is left out for who is not in it."),
    )
    examples = forms.ModelMultipleChoiceField(
        Example.objects.none(),
        label=_("Examples"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any, *, newsletter: Newsletter | None = None) -> None:
        super().__init__(data, initial=_begin_letter(newsletter))
        news = Announcement.objects.standing()
        examples = Example.objects.published()
        self._offer("announcements", news, "-shown_from", newsletter)
        self._offer("examples", examples, "-decided_at", newsletter)

    def _offer(self, name: str, among: Any, order: str, letter: Newsletter | None) -> None:
        """The newest, and what was chosen before."""
        newest = list(among.order_by(order).values_list("pk", flat=True)[:OFFERED])
        chosen = list(getattr(letter, name).values_list("pk", flat=True)) if letter else []
        found = among.filter(pk__in=newest + chosen).order_by(order)
        self.fields[name].queryset = found  # type: ignore[attr-defined]

    def composed(self) -> Composed:
        return Composed(**self.cleaned_data)


def _begin(announcement: Announcement | None) -> dict[str, Any]:
    if announcement is None:
        today = timezone.localdate()
        return {
            "shown_from": today,
            "shown_until": today + timedelta(days=SHOWN_DAYS),
            "audience": Audience.ALL,
        }
    names = ("title", "body", "audience", "shown_from", "shown_until")
    return {name: getattr(announcement, name) for name in names}


def _begin_letter(letter: Newsletter | None) -> dict[str, Any]:
    if letter is None:
        return {}
    return {
        "title": letter.title,
        "opening": letter.opening,
        "announcements": list(letter.announcements.values_list("pk", flat=True)),
        "examples": list(letter.examples.values_list("pk", flat=True)),
    }
