"""A status as people see it: a word, an icon and a colour, always the three together."""

from dataclasses import dataclass

from monitoring.compliance import Obligation, Part, Status
from monitoring.words import obligation_word, part_word


@dataclass(frozen=True, slots=True)
class Tag:
    """`tone` is a class of the style sheet, `icon` an id of the sprite."""

    tone: str
    icon: str
    word: str


LOOKS = {
    Status.MET: ("done", "check-lg"),
    Status.MISSED: ("late", "x-lg"),
    Status.AT_RISK: ("attention", "exclamation-triangle-fill"),
    Status.NOT_DUE: ("empty", "clock"),
    Status.NOT_APPLICABLE: ("empty", "dash-lg"),
}
BUSY = ("busy", "circle-half")
UNTOUCHED = ("empty", "circle")


def obligation_tag(obligation: Obligation) -> Tag:
    begun = any(part.achieved for part in obligation.parts if part.status is not Status.NOT_DUE)
    return Tag(*_look(obligation.status, begun), obligation_word(obligation))


def part_tag(part: Part) -> Tag:
    return Tag(*_look(part.status, bool(part.achieved)), part_word(part))


def _look(status: Status, begun: bool) -> tuple[str, str]:
    if status is Status.ON_TRACK:
        return BUSY if begun else UNTOUCHED
    return LOOKS[status]
