"""Whether words give away which practice, or who, said them."""

import re
from dataclasses import dataclass
from datetime import date

from practices.models import Employment, Practice

SHORTEST = 3
GENERAL = frozenset(
    {"praktijk", "huisartsenpraktijk", "huisartsen", "centrum", "van", "der", "den"}
)
"""Words in names that say nothing about which one."""


@dataclass(frozen=True, slots=True)
class Telling:
    """`names` stand in the text as a name; `perhaps` as another word: dokter De Jong is no reason
    not to say that somebody is jong."""

    names: list[str]
    perhaps: list[str]


def telling_words(text: str, practice: Practice, today: date) -> Telling:
    """Names in a text by which a reader would know the practice: its own, its town, its people of
    now and before."""
    spells = Employment.objects.filter(practice=practice, started_on__lte=today)
    people = list(spells.values_list("person__name", flat=True))
    if practice.consultant is not None:
        people.append(str(practice.consultant))
    places = _words([practice.city, practice.neighbourhood])
    names = _words([practice.name, *people])
    certain = {word for word in names | places if _stands(word, text)}
    certain |= {word for word in places if _stands(word, text, re.IGNORECASE)}
    perhaps = {word for word in names - certain if _stands(word, text, re.IGNORECASE)}
    return Telling(sorted(certain), sorted(perhaps))


def _words(names: list[str]) -> set[str]:
    return {
        word
        for name in names
        for word in re.findall(r"[^\W\d_]+", name or "")
        if len(word) >= SHORTEST and word.lower() not in GENERAL and word[0].isupper()
    }


def _stands(word: str, text: str, flags: int = 0) -> bool:
    """As it is written, or in capitals."""
    found = rf"(?<!\w)(?:{re.escape(word)}|{re.escape(word.upper())})(?!\w)"
    return re.search(found, text, flags) is not None
