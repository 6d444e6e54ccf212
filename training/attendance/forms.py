"""Finding somebody who was not expected."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django import forms
from django.utils.translation import gettext_lazy as _

from practices.models import Employment, Person
from training.models import Session

MOST_FOUND = 20


class SearchForm(forms.Form):
    """By a part of the name."""

    use_required_attribute = False
    q = forms.CharField(
        label=_("Name"),
        min_length=2,
        max_length=120,
        error_messages={
            "required": _("Fill in a part of the name."),
            "min_length": _("Fill in at least 2 letters."),
        },
    )


@dataclass(frozen=True, slots=True)
class Found:
    person: Person
    practices: str


def search(session: Session, part: str, *, apart_from: Sequence[int] = ()) -> list[Found]:
    """People in service on the day of the session, by name."""
    serving = (
        Employment.objects.in_service(session.held_on)
        .filter(person__name__icontains=part)
        .exclude(person__in=apart_from)
        .select_related("person", "practice")
        .order_by("person__name", "person_id", "practice__name")
    )
    found = []
    for person, spells in groupby(serving, key=lambda spell: spell.person):
        names = dict.fromkeys(spell.practice.name for spell in spells)
        found.append(Found(person, ", ".join(names)))
    return found[:MOST_FOUND]
