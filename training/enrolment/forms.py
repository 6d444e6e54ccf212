"""Which colleagues to enrol."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from practices.models import Person
from training.enrolment.page import Colleague, SessionPage


class ColleaguesForm(forms.Form):
    """One tick per colleague who may; the page says of the others why not."""

    use_required_attribute = False

    people = forms.ModelMultipleChoiceField(
        queryset=Person.objects.none(),
        error_messages={
            "required": _("Choose who you want to enrol"),
            "invalid_choice": _("One of these colleagues cannot be enrolled. Choose again."),
        },
    )

    def __init__(self, data: Any, *, page: SessionPage, own: Colleague | None) -> None:
        super().__init__(data)
        self.ticked = set(data.getlist("people")) if data is not None else _oneself(page, own)
        allowed = [one.person.pk for one in page.choosable]
        self.fields["people"].queryset = Person.objects.filter(  # type: ignore[attr-defined]
            pk__in=allowed
        )


def _oneself(page: SessionPage, own: Colleague | None) -> set[str]:
    """Who comes to a session that counts for oneself, mostly comes for that."""
    mine = own is not None and own.wanted and own in page.choosable
    return {str(own.person.pk)} if own is not None and mine else set()
