"""What a template comes to in a week: arithmetic on its blocks, no promise.

Places are those where a patient comes to the practice: consultations, kept free for today,
walk-in, and looking along in a block for e-mail. Telephone and visits stand apart.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from interventions.schedules.blocks import Block, people
from interventions.schedules.states import IN_THE_PRACTICE, BlockKind

PROGRAMME_MINUTES = 15
"""The length that the programme takes as a usual consultation [1]."""


@dataclass(frozen=True, slots=True)
class WeekFigures:
    """`who` is empty for all together. `by_length` counts places by minutes, `face_to_face` adds
    their minutes; `average` is None where there are no places."""

    who: str
    by_length: dict[int, int]
    face_to_face: int
    average: Fraction | None
    urgent_places: int
    urgent_minutes: int
    telephone_minutes: int
    visit_minutes: int

    @property
    def places(self) -> int:
        return sum(self.by_length.values())


def week_figures(blocks: Iterable[Block]) -> tuple[WeekFigures, list[WeekFigures]]:
    """All together, and each person in the order of their names."""
    found = list(blocks)
    each = [_figures(who, [one for one in found if one.who == who]) for who in people(found)]
    return _figures("", found), each


def _figures(who: str, blocks: Sequence[Block]) -> WeekFigures:
    by_length: Counter[int] = Counter()
    for block in blocks:
        if block.kind in IN_THE_PRACTICE and block.minutes and block.count:
            by_length[block.minutes] += block.count
    minutes = sum(length * count for length, count in by_length.items())
    urgent = [block for block in blocks if block.kind == BlockKind.URGENT]
    return WeekFigures(
        who=who,
        by_length=dict(sorted(by_length.items())),
        face_to_face=minutes,
        average=Fraction(minutes, by_length.total()) if by_length else None,
        urgent_places=sum(block.count for block in urgent),
        urgent_minutes=sum(block.count * (block.minutes or 0) for block in urgent),
        telephone_minutes=_lasting(blocks, BlockKind.TELEPHONE),
        visit_minutes=_lasting(blocks, BlockKind.VISITS),
    )


def _lasting(blocks: Iterable[Block], kind: BlockKind) -> int:
    return sum(block.lasts for block in blocks if block.kind == kind)
