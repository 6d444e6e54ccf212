"""Whether words give away which practice, or who, said them."""

import re
from datetime import date

from practices.models import Employment, Practice

SHORTEST = 3
GENERAL = frozenset(
    {"praktijk", "huisartsenpraktijk", "huisartsen", "centrum", "van", "der", "den"}
)
"""Words in names that say nothing about which one."""


def telling_words(text: str, practice: Practice, today: date) -> list[str]:
    """Names in a text by which a reader would know the practice: its own, its town, its people."""
    spells = Employment.objects.in_service(today).filter(practice=practice)
    names = [practice.name, practice.city, practice.neighbourhood]
    names += list(spells.values_list("person__name", flat=True))
    if practice.consultant is not None:
        names.append(str(practice.consultant))
    found = {
        word
        for name in names
        for word in re.findall(r"[^\W\d_]+", name or "")
        if len(word) >= SHORTEST and word.lower() not in GENERAL and word[0].isupper()
    }
    return sorted(
        word for word in found if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
    )
