"""What may be asked and said of a look in another's kitchen, apart from by whom."""

from datetime import date
from enum import Enum, auto

from monitoring.models import KitchenAsk, KitchenOffer


class Problem(Enum):
    OWN = auto()
    OVER = auto()
    """Withdrawn, or past its last day."""
    ASKED_ALREADY = auto()
    ENDED = auto()
    """Taken back or declined."""
    SAID = auto()
    """Somebody said already that it happened."""


def can_ask(
    offer: KitchenOffer, practice: int, *, open_already: bool, today: date
) -> list[Problem]:
    problems = []
    if offer.practice_id == practice:
        problems.append(Problem.OWN)
    if offer.withdrawn_at is not None or offer.until < today:
        problems.append(Problem.OVER)
    if open_already:
        problems.append(Problem.ASKED_ALREADY)
    return problems


def can_end(ask: KitchenAsk) -> list[Problem]:
    """As host who declines or as guest who takes it back."""
    if ask.withdrawn_at or ask.declined_at:
        return [Problem.ENDED]
    return [Problem.SAID] if ask.host_said_at or ask.guest_said_at else []


def can_say(ask: KitchenAsk) -> list[Problem]:
    return [Problem.ENDED] if ask.withdrawn_at or ask.declined_at else []
