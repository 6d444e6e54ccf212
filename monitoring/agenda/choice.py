"""What of the calendar is shown: the filters, as they stand in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practices.programme_year import add_months
from training.states import SessionKind

VISIT = "visit"
MONTHS_AHEAD = 18


@dataclass(frozen=True, slots=True)
class Choice:
    """`month` is its first day, None for all that is to come; a filter without a value, or with
    one that does not exist, lets everything through."""

    kind: str = ""
    month: date | None = None
    free: bool = False
    near: bool = False


def choice_of(query: Mapping[str, str]) -> Choice:
    kind = query.get("soort", "")
    return Choice(
        kind=kind if kind in {*SessionKind.values, VISIT} else "",
        month=month_of(query.get("maand", "")),
        free=query.get("vrij") == "1",
        near=query.get("nabij") == "1",
    )


def month_of(text: str) -> date | None:
    """The first day of `2026-11`."""
    try:
        day = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return day if date(2000, 1, 1) <= day <= date(2100, 1, 1) else None


def kind_names() -> list[tuple[str, str]]:
    return [*((kind.value, str(kind.label)) for kind in SessionKind), (VISIT, _("Visit"))]


def month_names(today: date) -> list[tuple[str, str]]:
    """This month and those ahead, as value and name."""
    first = today.replace(day=1)
    months = [add_months(first, number) for number in range(MONTHS_AHEAD)]
    return [(f"{month:%Y-%m}", date_format(month, "F Y")) for month in months]
