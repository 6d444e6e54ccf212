"""Which practices of the region are shown, in what order, and the sentence about them: pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.compliance import Status
from monitoring.matrix.rows import PracticeRow
from practices.models import Practice


class First(StrEnum):
    """What stands on top; the values are those of the address."""

    LATE = "te-laat"
    ATTENTION = "let-op"
    NAME = "naam"


ORDERS: dict[First, Sequence[Status | None]] = {
    First.LATE: (Status.MISSED, Status.AT_RISK, None),
    First.ATTENTION: (Status.AT_RISK, Status.MISSED, None),
}


NEEDS = {First.LATE.value: Status.MISSED, First.ATTENTION.value: Status.AT_RISK}
"""What to show alone, as the address says it."""


def place_of(practice: Practice) -> str:
    """Where a practice is, as the overview of high users says it."""
    return f"{practice.city} {practice.neighbourhood}".strip()


def order_names() -> list[tuple[str, str]]:
    """Value and name of each order, for the list to choose from."""
    return [
        (First.LATE.value, _("Too late")),
        (First.ATTENTION.value, _("Attention")),
        (First.NAME.value, _("Name")),
    ]


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter without a value, or with one that does not exist, lets all practices through."""

    cohort: int | None = None
    consultant: int | None = None
    place: str = ""
    status: Status | None = None
    first: First = First.LATE


def choice_of(query: Mapping[str, str]) -> Choice:
    first = query.get("eerst", "")
    return Choice(
        cohort=_number(query.get("lichting", "")),
        consultant=_number(query.get("consulent", "")),
        place=query.get("wijk", ""),
        status=NEEDS.get(query.get("alleen", "")),
        first=First(first) if first in set(First) else First.LATE,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def chosen(rows: Sequence[PracticeRow], choice: Choice) -> list[PracticeRow]:
    """The rows asked for; those of equal need stay in the order they came in."""
    places = {place_of(row.practice) for row in rows}
    kept = [
        row
        for row in rows
        if choice.cohort in (None, row.practice.cohort_id)
        and choice.consultant in (None, row.practice.consultant_id)
        and (choice.place not in places or choice.place == place_of(row.practice))
        and choice.status in (None, row.worst)
    ]
    if choice.first is First.NAME:
        return kept
    return sorted(kept, key=lambda row: ORDERS[choice.first].index(row.worst))


def late(rows: Sequence[PracticeRow]) -> int:
    return sum(row.worst is Status.MISSED for row in rows)


def summary(rows: Sequence[PracticeRow]) -> str:
    """ "46 practices. 31 on schedule, 9 attention, 6 too late." """
    needs = Counter(row.worst for row in rows)
    total = ngettext("%(number)s practice.", "%(number)s practices.", len(rows))
    parts = _("%(fine)s on schedule, %(attention)s attention, %(late)s too late.")
    return f"{total % {'number': len(rows)}} " + parts % {
        "fine": needs[None],
        "attention": needs[Status.AT_RISK],
        "late": needs[Status.MISSED],
    }
