"""Which practices of the region are shown, as it stands in the address: pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.visit_planning.planning import Row, Stand
from practices.models import Practice


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter without a value, or with one that does not exist, lets all practices through."""

    consultant: int | None = None
    stand: Stand | None = None


def choice_of(query: Mapping[str, str]) -> Choice:
    consultant, stand = query.get("consulent", ""), query.get("stand", "")
    number = consultant.isascii() and consultant.isdigit() and len(consultant) < 10
    return Choice(
        int(consultant) if number else None, Stand(stand) if stand in set(Stand) else None
    )


def chosen(rows: Sequence[Row], choice: Choice) -> list[Row]:
    return [
        row
        for row in rows
        if choice.consultant in (None, row.practice.consultant_id)
        and choice.stand in (None, row.stand)
    ]


def consultants_of(practices: Iterable[Practice]) -> list[tuple[int, str]]:
    """Whom there is to filter by, by name."""
    found = {one.consultant_id: str(one.consultant) for one in practices if one.consultant_id}
    return sorted(found.items(), key=lambda pair: pair[1])


def summary(rows: Sequence[Row]) -> str:
    """ "12 practices: 3 to plan, 1 asks for another date, 2 invited, 1 agreed, 5 visited." """
    if not rows:
        return ""
    count = Counter(row.stand for row in rows)
    total = ngettext("%(count)s practice:", "%(count)s practices:", len(rows))
    words = [
        (
            Stand.PASSED,
            ngettext(
                "%(count)s with a date that went by",
                "%(count)s with a date that went by",
                count[Stand.PASSED],
            ),
        ),
        (Stand.TO_PLAN, _("%(count)s to plan")),
        (
            Stand.ANOTHER,
            ngettext(
                "%(count)s asks for another date",
                "%(count)s ask for another date",
                count[Stand.ANOTHER],
            ),
        ),
        (Stand.INVITED, _("%(count)s invited")),
        (Stand.AGREED, _("%(count)s agreed")),
        (Stand.VISITED, _("%(count)s visited")),
    ]
    told = ", ".join(text % {"count": count[stand]} for stand, text in words if count[stand])
    return f"{total % {'count': len(rows)}} {told}."
