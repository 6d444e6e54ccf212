"""Which reports the region looks at, from the address."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, When

from highusers.states import PartnerKind
from monitoring.bottlenecks.querysets import BottleneckQuerySet
from monitoring.bottlenecks.states import BottleneckKind, BottleneckState

PAGE = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter without a value, or with one that does not exist, lets all through."""

    state: str = ""
    partner: str = ""
    kind: str = ""
    page: int = 0

    def __bool__(self) -> bool:
        return bool(self.state or self.partner or self.kind)


def choice_of(query: Mapping[str, str]) -> Choice:
    page = query.get("blad", "0")
    return Choice(
        state=_known(query.get("stand", ""), BottleneckState.values),
        partner=_known(query.get("partner", ""), PartnerKind.values),
        kind=_known(query.get("soort", ""), BottleneckKind.values),
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 0,
    )


def chosen(reports: BottleneckQuerySet, choice: Choice) -> BottleneckQuerySet:
    """The new ones first, and of those the heaviest."""
    if choice.state:
        reports = reports.in_state(choice.state)
    if choice.partner:
        reports = reports.filter(partner=choice.partner)
    if choice.kind:
        reports = reports.filter(kind=choice.kind)
    new_first = Case(When(structural=None, then=0), default=1)
    return reports.order_by(new_first, "-weight", "-reported_at", "-pk")


def _known(value: str, values: list[str]) -> str:
    return value if value in values else ""
