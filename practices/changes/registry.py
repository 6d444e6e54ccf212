"""What other apps do when people go to another practice, a practice is divided, gets another
consultant or stops."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from practices.models import Practice, User


@dataclass(frozen=True, slots=True)
class Move:
    """People, by id, who work for `to` from `day` on instead of, or besides, `source`."""

    source: Practice
    to: Practice
    people: frozenset[int]
    day: date


@dataclass(frozen=True, slots=True)
class Follower:
    """Something of people that goes along. `go` gives the keys of what went, `back` takes those
    back to a practice."""

    name: str
    go: Callable[[Move], list[int]]
    back: Callable[[Collection[int], Practice], None]


Divided = Callable[[Practice, Practice, date], None]
"""The practice, the new one, and the first day of the new one."""

OtherConsultant = Callable[[Practice, User], None]
"""The practice with the consultant of from now on, and who changed it."""

Stops = Callable[[Practice, date, User], None]
"""The practice, the first day on which it takes part no more, and who noted it."""

followers: list[Follower] = []
when_divided: list[Divided] = []
when_other_consultant: list[OtherConsultant] = []
when_stopped: list[Stops] = []
