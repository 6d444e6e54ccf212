"""Who was there, as it is kept: ids of people, so that erasing somebody takes the name out."""

import json
from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import ngettext

from highusers.models import TeamTalk
from practices.models import Person


def people_text(people: Collection[Person]) -> str:
    return json.dumps(sorted(person.pk for person in people))


def ids_in(talk: TeamTalk) -> list[int]:
    found: list[int] = json.loads(talk.present or "[]")
    return found


def names_of(talks: Iterable[TeamTalk]) -> Mapping[int, str]:
    """Names of everybody who was at one of these talks, in one query."""
    wanted = {pk for talk in talks for pk in ids_in(talk)}
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name"))


def present_words(talk: TeamTalk, names: Mapping[int, str]) -> str:
    """The names, and how many are not known any more."""
    ids = ids_in(talk)
    known = sorted(names[pk] for pk in ids if pk in names)
    gone = len(ids) - len(known)
    if gone:
        former = ngettext("%(number)s former colleague", "%(number)s former colleagues", gone)
        known.append(former % {"number": gone})
    return ", ".join(known)
