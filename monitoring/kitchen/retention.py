"""How long is kept who looked in whose kitchen, and who sat with whom."""

from datetime import date, timedelta

from django.db.models import Q
from django.db.models.functions import Coalesce

from monitoring.models import KitchenAsk, SpeedDateGuest, SpeedDates
from monitoring.retention import NAMELESS, PROGRAMME
from practices.retention import Rule, Whose

SEATS_DAYS = 365
ASK_DAYS = 730
CONTACT_DAYS = 182
"""An offer stands about as long."""


def delete_dates(today: date) -> int:
    limit = today - timedelta(days=SEATS_DAYS)
    due = SpeedDates.objects.filter(session__held_on__lt=limit)
    return due.delete()[1].get("monitoring.SpeedDates", 0)


def delete_guests(today: date) -> int:
    limit = today - timedelta(days=SEATS_DAYS)
    return int(SpeedDateGuest.objects.filter(session__held_on__lt=limit).delete()[0])


def delete_asks(today: date) -> int:
    """Of which nothing came; a look that happened is part of the programme, how to reach somebody
    is not."""
    limit = today - timedelta(days=ASK_DAYS)
    over = Q(declined_at__date__lt=limit) | Q(withdrawn_at__date__lt=limit)
    gone = int(KitchenAsk.objects.filter(over).delete()[0])
    since = today - timedelta(days=CONTACT_DAYS)
    kept = KitchenAsk.objects.filter(Q(contact__isnull=False) | Q(host_contact__isnull=False))
    old = kept.alias(last=Coalesce("accepted_at", "asked_at")).filter(last__date__lt=since)
    return gone + old.update(contact=None, host_contact=None, message="")


RULES = (
    Rule(
        "monitoring.KitchenOffer",
        Whose.STAFF,
        f"{PROGRAMME}; {NAMELESS}",
        personal=("offered_by",),
        harmless=("subject", "title", "text", "when_it_suits"),
    ),
    Rule(
        "monitoring.KitchenAsk",
        Whose.STAFF,
        f"{PROGRAMME}; {ASK_DAYS} days when nothing came of it; how to reach each other and the "
        f"message {CONTACT_DAYS} days from the yes, without one from asking, or until it "
        f"ended; {NAMELESS}",
        personal=("asked_by", "contact", "host_contact", "message"),
        delete=delete_asks,
    ),
    Rule(
        "monitoring.SpeedDates",
        Whose.STAFF,
        f"{SEATS_DAYS} days after the session",
        personal=("made_by",),
        delete=delete_dates,
    ),
    Rule(
        "monitoring.SpeedDateGuest",
        Whose.STAFF,
        f"{SEATS_DAYS} days after the session",
        personal=("person", "tells", "wishes"),
        delete=delete_guests,
    ),
    Rule("monitoring.SpeedDateSeat", Whose.STAFF, "with the speed dates", personal=("person",)),
)
