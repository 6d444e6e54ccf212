"""What may be asked and said of a look in another's kitchen, apart from by whom."""

from datetime import date
from enum import Enum, auto

from monitoring.models import KitchenAsk, KitchenOffer
from practices.models import Practice


class Problem(Enum):
    OWN = auto()
    OVER = auto()
    """Withdrawn, past its last day, or the practice stopped."""
    ASKED_ALREADY = auto()
    ENDED = auto()
    """Taken back or declined."""
    SAID = auto()
    """Somebody said already that it happened."""
    ACCEPTED = auto()
    """The host said yes already."""
    NOT_YET = auto()
    """The host did not say yes."""
    STOPPED = auto()
    """Host or guest takes part no more."""
    TOO_LONG_AGO = auto()
    """How to reach who asked is no longer kept."""


def can_ask(
    offer: KitchenOffer, practice: Practice, *, open_already: bool, today: date
) -> list[Problem]:
    problems = []
    if offer.practice_id == practice.pk:
        problems.append(Problem.OWN)
    elif _stopped(practice, today):
        problems.append(Problem.STOPPED)
    gone = offer.withdrawn_at is not None or _stopped(offer.practice, today)
    if gone or offer.until < today:
        problems.append(Problem.OVER)
    if open_already:
        problems.append(Problem.ASKED_ALREADY)
    return problems


def _stopped(practice: Practice, today: date) -> bool:
    return practice.stopped_on is not None and practice.stopped_on <= today


def can_end(ask: KitchenAsk) -> list[Problem]:
    """As host who declines or as guest who takes it back."""
    if ask.withdrawn_at or ask.declined_at:
        return [Problem.ENDED]
    return [Problem.SAID] if ask.host_said_at or ask.guest_said_at else []


def can_accept(ask: KitchenAsk, today: date) -> list[Problem]:
    if ask.withdrawn_at or ask.declined_at:
        return [Problem.ENDED]
    if ask.accepted_at:
        return [Problem.ACCEPTED]
    problems = [] if ask.goes_on(today) else [Problem.STOPPED]
    return problems or ([Problem.TOO_LONG_AGO] if ask.contact is None else [])


def can_say(ask: KitchenAsk) -> list[Problem]:
    if ask.withdrawn_at or ask.declined_at:
        return [Problem.ENDED]
    return [] if ask.accepted_at else [Problem.NOT_YET]
