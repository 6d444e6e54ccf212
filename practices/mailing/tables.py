"""Tables of mail of the apps above, for the page of what could not be sent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from practices.models import OutgoingMail
from practices.querysets import OutgoingMailQuerySet


@dataclass(frozen=True, slots=True)
class Row:
    """One message in words: to whom, which mail, and what it is about."""

    to: str
    kind: str
    about: str


@dataclass(frozen=True, slots=True)
class Table:
    """`word` names it in addresses. `mails` gives those that concern the region, with all that
    `row` reads of one."""

    word: str
    model: type[OutgoingMail]
    mails: Callable[[], OutgoingMailQuerySet]
    row: Callable[[Any], Row]


announced: list[Table] = []
