"""What of looks in each other's kitchen waits for a practice, and what came of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from monitoring.models import KitchenAsk
from practices.models import Practice


@dataclass(frozen=True, slots=True)
class Waiting:
    """`hosts`: this practice is the host, and makes an appointment; else the host says that it
    happened, and this practice does not yet. `user` began it here."""

    hosts: bool
    other: str
    title: str
    user: int
    owner: str
    said: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """So many offers, questions, and looks that both say happened, up to a day."""

    asked: int
    happened: int
    hosts: int


def waiting_for(practice: Practice) -> list[Waiting]:
    """The oldest first; one query."""
    open_ones = KitchenAsk.objects.held_up().between(practice)
    shown = open_ones.select_related("offer__practice", "offer__offered_by", "practice", "asked_by")
    found = []
    for ask in shown.order_by("asked_at", "pk"):
        hosts = ask.offer.practice_id == practice.pk
        by_host, by_guest = ask.host_said_at is not None, ask.guest_said_at is not None
        if (hosts and not by_host) or (not hosts and by_host and not by_guest):
            user = ask.offer.offered_by if hosts else ask.asked_by
            other = ask.practice if hosts else ask.offer.practice
            found.append(
                Waiting(hosts, other.name, ask.offer.title, user.pk, str(user), by_guest or by_host)
            )
    return found


def looked(first: date, last: date, practices: Collection[int] | None = None) -> Looked:
    """What was asked in these days, last one included, and what came of that; one query."""
    asks = KitchenAsk.objects.held_up().filter(asked_at__date__range=(first, last))
    if practices is not None:
        asks = asks.filter(practice__in=practices)
    rows = list(asks.select_related("offer"))
    happened = [ask.offer.practice_id for ask in rows if ask.host_said_at and ask.guest_said_at]
    return Looked(len(rows), len(happened), len(set(happened)))
