"""One block of the day: how many places it has. Minutes count from midnight."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from interventions.schedules.states import BlockKind


@dataclass(frozen=True, slots=True)
class Block:
    """`minutes` is the length of one place. `places` is how many there are; without it as many as
    fit, and none in a block for e-mail."""

    weekday: int
    who: str
    begins: int
    ends: int
    kind: str
    minutes: int | None = None
    places: int | None = None

    @property
    def lasts(self) -> int:
        return self.ends - self.begins

    @property
    def fit(self) -> int:
        return self.lasts // self.minutes if self.minutes else 0

    @property
    def count(self) -> int:
        """The places of this block."""
        if self.places is not None:
            return self.places if self.minutes else 0
        return 0 if self.kind == BlockKind.EMAIL else self.fit

    def overlaps(self, other: "Block") -> bool:
        same = (self.weekday, self.who) == (other.weekday, other.who)
        return same and self.begins < other.ends and other.begins < self.ends


def clock(minutes: int) -> str:
    """ "8.05" for 485."""
    return f"{minutes // 60}.{minutes % 60:02}"


def people(blocks: Iterable[Block]) -> list[str]:
    return sorted({block.who for block in blocks}, key=str.casefold)


def nameless(blocks: Iterable[Block]) -> list[Block]:
    """The same week with A, B and C in place of names, for other practices."""
    found = list(blocks)
    letters = {who: _letter(place) for place, who in enumerate(people(found))}
    return [Block(**asdict(block) | {"who": letters[block.who]}) for block in found]


def as_rows(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    return [asdict(block) for block in blocks]


def _letter(place: int) -> str:
    return chr(ord("A") + place % 26) + (str(place // 26) if place >= 26 else "")
