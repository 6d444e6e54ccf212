"""What of looks in each other's kitchen waits for a practice."""

from dataclasses import dataclass

from django.utils import timezone

from monitoring.models import KitchenAsk
from practices.models import Practice


@dataclass(frozen=True, slots=True)
class Waiting:
    """`hosts`: this practice is the host, which answers, and once it said yes (`accepted`) makes an
    appointment; else the host says that it happened, and this practice does not yet. `user` began
    it here."""

    hosts: bool
    other: str
    title: str
    user: int
    owner: str
    accepted: bool
    said: bool


def waiting_for(practice: Practice) -> list[Waiting]:
    """The oldest first; one query. Of who stopped nothing comes any more."""
    open_ones = KitchenAsk.objects.held_up().between(practice).of_participants(timezone.localdate())
    shown = open_ones.without_words().select_related(
        "offer__practice", "offer__offered_by", "practice", "asked_by"
    )
    found = []
    for ask in shown.order_by("asked_at", "pk"):
        hosts = ask.offer.practice_id == practice.pk
        by_host, by_guest = ask.host_said_at is not None, ask.guest_said_at is not None
        if (hosts and not by_host) or (not hosts and by_host and not by_guest):
            user = ask.offer.offered_by if hosts else ask.asked_by
            other = ask.practice if hosts else ask.offer.practice
            said, accepted = by_guest or by_host, ask.accepted_at is not None
            found.append(
                Waiting(hosts, other.name, ask.offer.title, user.pk, str(user), accepted, said)
            )
    return found
