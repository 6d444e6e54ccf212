"""How the apps tell what they have for the daily mail.

What can wait stands together in one mail a day at most, and nobody has to get it. Whoever announces
a kind gets the rest: the text that the region may rewrite, its line on the page of preferences,
sending once, and the way out.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from practices.models import User
from practices.texts import registry as texts


@dataclass(frozen=True, slots=True)
class Item:
    """Something for one account. `about` names it among its kind, within 80 signs: the same is told
    once. `values` fill the text of the kind, in Dutch."""

    user: int
    about: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A subject of the daily mail.

    `label` says on the page of preferences what it is about and `concerns` to whom it is offered
    there. `gather` yields what can be told on a day, what was told before included; it is called
    every working day, so what lies further back than a few weeks is no news. The title of `text`
    heads the item in the mail.
    """

    text: texts.Announced
    label: Any
    gather: Callable[[date], Iterable[Item]]
    concerns: Callable[[User], bool]

    @property
    def key(self) -> str:
        return self.text.key


_kinds: dict[str, Kind] = {}


def announce(*kinds: Kind) -> None:
    for kind in kinds:
        _kinds[kind.key] = kind
        texts.announce(kind.text)


def kinds() -> list[Kind]:
    """In the order in which they were announced, which is that of the items in the mail."""
    return list(_kinds.values())


def offered_to(user: User) -> list[Kind]:
    return [kind for kind in kinds() if kind.concerns(user)]
