"""Which events to look at."""

from datetime import timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.states import AuditAction
from practices.trail.querysets import AuditEventQuerySet
from practices.trail.states import PatternKind

DAYS = 7
"""How far back the page looks when nobody says otherwise."""

LONGEST = 366


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class EventFilterForm(forms.Form):
    """The names of the fields stand in the address, so they are Dutch."""

    use_required_attribute = False

    van = forms.DateField(label=_("From"), widget=_day())
    tot = forms.DateField(label=_("Until"), widget=_day())
    wie = forms.CharField(label=_("Who"), required=False, max_length=120)
    gebeurtenis = forms.ChoiceField(
        label=_("Event"), required=False, choices=[("", _("All")), *AuditAction.choices]
    )
    patroon = forms.ChoiceField(
        label=_("What stands out"), required=False, choices=[("", _("All")), *PatternKind.choices]
    )
    alles = forms.BooleanField(label=_("Show reviewed events too"), required=False)

    def __init__(self, data: Any) -> None:
        today = timezone.localdate()
        start = {"van": str(today - timedelta(days=DAYS)), "tot": str(today)}
        super().__init__({**start, **{name: data[name] for name in data}})
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("van"), cleaned.get("tot")
        if first and last and not 0 <= (last - first).days <= LONGEST:
            self.add_error("tot", _("Choose a last day after the first, within a year."))
        return cleaned

    def period(self, events: AuditEventQuerySet) -> AuditEventQuerySet:
        """Only the days; what stands out is looked for in all of them."""
        return events.between(self.cleaned_data["van"], self.cleaned_data["tot"])

    def chosen(self, events: AuditEventQuerySet) -> AuditEventQuerySet:
        wanted, found = self.cleaned_data, self.period(events)
        if who := wanted["wie"]:
            found = found.filter(
                Q(actor__name__icontains=who)
                | Q(actor__email__icontains=who)
                | Q(actor__person__name__icontains=who)
            )
        if wanted["gebeurtenis"]:
            found = found.filter(action=wanted["gebeurtenis"])
        if wanted["patroon"]:
            found = _standing_out(found, PatternKind(wanted["patroon"]))
        return found if wanted["alles"] else found.unreviewed()


def _standing_out(events: AuditEventQuerySet, kind: PatternKind) -> AuditEventQuerySet:
    if kind == PatternKind.NIGHT:
        return events.by_people().at_night()
    if kind == PatternKind.REFUSED:
        return events.turned_away()
    return events.filter(patient_key__isnull=False)
