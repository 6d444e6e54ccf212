"""How the apps tell what they have for the mail of people.

What can wait stands together in one mail a week at most; a reminder that belongs to a day goes by
itself on that day. Nobody has to get either. Whoever announces a kind gets the rest: the text that
the region may rewrite, its line on the page of preferences, sending once, saying why it came, and
the way out.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from practices.models import User
from practices.permissions import Permission
from practices.texts import registry as texts


@dataclass(frozen=True, slots=True)
class Item:
    """Something for one account. `about` names it among its kind, within 80 signs: the same is told
    once. `values` fill the text of the kind, in Dutch. What is not for everybody names the
    `practice` (its key) that it is about."""

    user: int
    about: str
    values: Mapping[str, str]
    practice: int | None = None


def _always(user: int, about: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Kind:
    """A subject of mail.

    `label` says on the page of preferences what it is about and `concerns` to whom it is offered
    there. `gather` yields what can be told on a day, what was told before included. It is asked on
    Mondays, and of a `dated` kind every hour of the day: a kind that can wait looks back two weeks
    at least, so that a Monday without a worker loses nothing, and not much further, for that is no
    news. The title of `text` heads the item in the mail, `why` is the sentence that says why
    somebody gets it.

    Before the mail leaves it is asked anew who may read it: whom the kind `concerns`, and of an
    item that names a practice who has `permission` there. `still` is asked then as well, with
    account and `about`: False, and it stays. `anew` gives the values as they are by then, for what
    may say less than when it was written down; None, and it stays. `for_one` yields the items of
    one account, where `gather` is too much work for a page.
    """

    text: texts.Announced
    label: Any
    gather: Callable[[date], Iterable[Item]]
    concerns: Callable[[User], bool]
    why: Any
    dated: bool = False
    still: Callable[[int, str], bool] = _always
    permission: Permission = Permission.SEE_PRACTICE
    anew: Callable[[User, str], Mapping[str, str] | None] | None = None
    for_one: Callable[[User, date], Iterable[Item]] | None = None

    @property
    def key(self) -> str:
        return self.text.key

    def of(self, user: User, day: date) -> Iterable[Item]:
        """What there is for one account."""
        if self.for_one is not None:
            return self.for_one(user, day)
        return (item for item in self.gather(day) if item.user == user.pk)


_kinds: dict[str, Kind] = {}


def announce(*kinds: Kind) -> None:
    for kind in kinds:
        _kinds[kind.key] = kind
        texts.announce(kind.text)


def kinds() -> list[Kind]:
    """In the order in which they were announced, which is that of the items in the mail."""
    return list(_kinds.values())


def find(key: str) -> Kind | None:
    return _kinds.get(key)


def offered_to(user: User) -> list[Kind]:
    return [kind for kind in kinds() if kind.concerns(user)]
