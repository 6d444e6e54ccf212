"""One action as a form; the owner is a colleague or a network partner, an old one or a new."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from highusers.actions.services import ActionText, version
from highusers.lookup import colleagues
from highusers.models import NetworkPartner, PlanAction
from highusers.states import PartnerKind
from practices.models import Practice

LONGEST = 300
COLLEAGUE, PARTNER = "c", "p"


class ActionForm(forms.Form):
    """`text()` gives what was filled in. `overtaken`: it shows what a colleague saved meanwhile."""

    use_required_attribute = False
    overtaken = False

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    what = forms.CharField(
        label=gettext_lazy("What"),
        max_length=LONGEST,
        error_messages={"required": gettext_lazy("Fill in what is to be done.")},
    )
    due_on = forms.DateField(
        label=gettext_lazy("When"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": gettext_lazy("Fill in a date that exists, for example 31-12-2023.")
        },
    )
    new_partner = forms.CharField(
        label=gettext_lazy("Name of the new partner"), max_length=120, required=False
    )
    new_kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("", gettext_lazy("Choose")), *PartnerKind.choices],
        required=False,
    )

    def __init__(
        self, *args: Any, practice: Practice, action: PlanAction | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.practice = practice
        today = timezone.localdate()
        also = (action.colleague_id, action.partner_id) if action else (None, None)
        self.people = {one.pk: one for one in colleagues(practice, today, also[0])}
        partners = NetworkPartner.objects.filter(practice=practice).order_by("kind", "name")
        self.partners = {one.pk: one for one in partners if one.active or one.pk == also[1]}
        self.fields["owner"] = forms.ChoiceField(
            label=_("Who"), choices=self._owners(), required=False
        )
        if action:
            given = {
                "what": action.what,
                "owner": _owner_of(action),
                "due_on": action.due_on,
                "seen": version(action),
            }
            self.initial = {**given, **self.initial}

    def _owners(self) -> list[Any]:
        team = [(f"{COLLEAGUE}{pk}", str(one)) for pk, one in self.people.items()]
        outside = [
            (f"{PARTNER}{pk}", f"{one} ({one.get_kind_display()})")
            for pk, one in self.partners.items()
        ]
        groups: list[Any] = [("", _("Nobody yet")), (_("Team"), team)]
        return [*groups, (_("Network partners"), outside)] if outside else groups

    def clean_new_partner(self) -> str:
        name: str = self.cleaned_data["new_partner"].strip()
        same = NetworkPartner.objects.filter(practice=self.practice, name__iexact=name)
        if name and same.exists():
            raise forms.ValidationError(_("This partner is in the list already. Choose it there."))
        return name

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("new_partner") and not given.get("new_kind"):
            self.add_error("new_kind", _("Choose what kind of partner it is."))
        return given

    def text(self) -> ActionText:
        """With a new partner, that one is the owner whatever was chosen."""
        given = self.cleaned_data
        chosen = given["owner"]
        pk = int(chosen[1:] or 0) if chosen else 0
        return ActionText(
            given["what"],
            self.people.get(pk) if chosen[:1] == COLLEAGUE else None,
            self.partners.get(pk) if chosen[:1] == PARTNER else None,
            given["due_on"],
            (given["new_partner"], given["new_kind"]) if given["new_partner"] else None,
        )


def _owner_of(action: PlanAction) -> str:
    if action.colleague_id:
        return f"{COLLEAGUE}{action.colleague_id}"
    return f"{PARTNER}{action.partner_id}" if action.partner_id else ""
