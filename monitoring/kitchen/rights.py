"""What is held on somebody who looks in others' kitchens or shows the own."""

from typing import Any

from monitoring.models import (
    KitchenAsk,
    KitchenOffer,
    SpeedDateGuest,
    SpeedDates,
    SpeedDateSeat,
)
from practices.models import Person, User
from practices.rights.people import rows


def held_on_person(person: Person | None, account: User | None) -> dict[str, Any]:
    held: dict[str, Any] = {}
    if person is not None:
        held |= {
            "speed_dates_wishes": rows(
                SpeedDateGuest.objects.filter(person=person),
                *("session__held_on", "tells", "wishes", "absent"),
            ),
            "speed_dates_seats": rows(
                SpeedDateSeat.objects.filter(person=person),
                *("dates__session__held_on", "round", "table"),
            ),
        }
    if account is not None:
        held |= _of_account(account)
    return held


def _of_account(account: User) -> dict[str, Any]:
    return {
        "kitchens_offered": rows(
            KitchenOffer.objects.filter(offered_by=account),
            *("practice__name", "title", "text", "offered_at", "on_behalf"),
        ),
        "kitchens_asked": rows(
            KitchenAsk.objects.filter(asked_by=account),
            *("practice__name", "offer__title", "message", "contact", "asked_at"),
        ),
        "kitchens_shown": rows(
            KitchenAsk.objects.filter(offer__offered_by=account, host_contact__isnull=False),
            *("offer__title", "host_contact", "accepted_at"),
        ),
        "speed_dates_made": rows(
            SpeedDates.objects.filter(made_by=account), "session__held_on", "made_at"
        ),
    }
