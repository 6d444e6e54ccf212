"""What practices in the demo show each other, who wants to look, and speed dates to make."""

from datetime import date, timedelta

from django.utils import timezone

from monitoring.kitchen import services
from monitoring.kitchen.services import Offering
from monitoring.kitchen.speed_dates import HELD_AT, everybody, make_dates, say_wishes
from monitoring.models import KitchenAsk, KitchenOffer
from practices.models import Practice, User
from training.models import Session

SHOWN = (
    (
        "1",
        "Zo bespreken wij veelgebruikers met het hele team",
        "Elke maand een half uur.",
    ),
    ("2", "Een ochtend aan de balie met onze triagist", "U luistert mee en wij vertellen waarom."),
    ("4", "Twintig minuten voor iedereen", "Wat het met de agenda deed, en met onze werkdruk."),
    ("5", "Het gesprek met het spinnenweb", "Wij oefenen met elkaar en u doet mee."),
    ("3", "Time-out in een kleine praktijk", "Twee praktijken bellen elkaar op vaste tijden."),
)
DAYS = 120
LONG_AGO = timedelta(days=25)
ROUNDS, MINUTES, FEWEST = 5, 8, 4


def open_kitchens(today: date) -> int:
    """How many offers there are; again it adds none."""
    if KitchenOffer.objects.exists():
        return KitchenOffer.objects.count()
    going_on = Practice.objects.in_region_order().filter(stopped_on=None).exclude(consultant=None)
    practices = list(going_on[: len(SHOWN) + 2])
    for practice, (subject, title, text) in zip(practices, SHOWN, strict=False):
        until = today + timedelta(days=DAYS)
        offering = Offering(subject, title, text, "Dinsdag of donderdag, een uur", until)
        actor = _somebody(practice)
        on_behalf = actor == practice.consultant
        services.offer_kitchen(
            practice=practice, offering=offering, actor=actor, on_behalf=on_behalf
        )
    _ask(practices)
    _seat(today)
    return KitchenOffer.objects.count()


def _ask(practices: list[Practice]) -> None:
    """One look that happened, one question that waits for long, and one of today."""
    offers = list(KitchenOffer.objects.order_by("pk"))
    if len(offers) < 3 or len(practices) < len(offers) + 1:
        return
    guest = practices[-1]
    asks = [
        services.ask_to_look(
            offer=offer,
            practice=guest,
            contact=_somebody(guest).email,
            message="Wij komen graag met z'n tweeën.",
            actor=_somebody(guest),
        )
        for offer in offers[:3]
    ]
    host = _somebody(offers[2].practice)
    services.accept_ask(ask=asks[2], contact=host.email, actor=host)
    for side in (guest, offers[2].practice):
        services.say_it_happened(ask=asks[2], practice=side, happened=True, actor=_somebody(side))
    KitchenAsk.objects.filter(pk=asks[1].pk).update(asked_at=timezone.now() - LONG_AGO)


def _seat(today: date) -> None:
    """Wishes and tables for the next meeting where enough people have a place."""
    coming = Session.objects.coming(today).filter(kind__in=HELD_AT).exclude(facilitator=None)
    session = next((one for one in coming if len(everybody(one)) >= FEWEST), None)
    if session is None or session.facilitator is None:
        return
    for number, one in enumerate(everybody(session)):
        tells, wishes = [str(number % 6 + 1)], [str((number * 2 + 3) % 6 + 1)]
        say_wishes(
            session=session,
            person=one.person,
            tells=tells,
            wishes=wishes,
            actor=session.facilitator,
        )
    make_dates(
        session=session,
        rounds=ROUNDS,
        minutes=MINUTES,
        absent=(),
        keep=0,
        actor=session.facilitator,
    )


def _somebody(practice: Practice) -> User:
    """With an account there, else the consultant."""
    own = User.objects.filter(person__employments__practice=practice).order_by("pk").first()
    if own is not None:
        return own
    assert practice.consultant is not None
    return practice.consultant
