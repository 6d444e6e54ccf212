"""What may be done with a report, and with a structural bottleneck, apart from by whom."""

from collections.abc import Collection
from enum import Enum, auto

from monitoring.bottlenecks.states import BottleneckState, Source
from monitoring.models import Bottleneck, StructuralBottleneck


class Problem(Enum):
    GROUPED = auto()
    """The region works with it: the practice changes it no more."""
    WITHDRAWN = auto()
    WITHOUT_WORDS = auto()
    """Only said to be there, too: it belongs to the structural one it was said of."""
    SAYS_NOTHING = auto()
    NOTHING_CHOSEN = auto()
    NOT_PUBLISHED = auto()
    SOLVED = auto()
    REPORTED_ALREADY = auto()


def can_change(found: Bottleneck) -> list[Problem]:
    """As the practice that reported it: while it is new."""
    problems = []
    if found.withdrawn_at is not None:
        problems.append(Problem.WITHDRAWN)
    if found.source == Source.ALSO_HERE:
        problems.append(Problem.WITHOUT_WORDS)
    elif found.structural_id is not None:
        problems.append(Problem.GROUPED)
    return problems


def can_group(chosen: Collection[Bottleneck]) -> list[Problem]:
    """What is part of another structural one goes over to this one; who only said of that one to
    have it, too, did not say so of this one."""
    if not chosen:
        return [Problem.NOTHING_CHOSEN]
    problems = []
    if any(one.withdrawn_at for one in chosen):
        problems.append(Problem.WITHDRAWN)
    if any(one.source == Source.ALSO_HERE for one in chosen):
        problems.append(Problem.WITHOUT_WORDS)
    return problems


def can_say_also_here(
    found: StructuralBottleneck, practices_in_it: Collection[int], practice: int
) -> list[Problem]:
    problems = []
    if found.published_at is None:
        problems.append(Problem.NOT_PUBLISHED)
    if found.state == BottleneckState.SOLVED:
        problems.append(Problem.SOLVED)
    if practice in practices_in_it:
        problems.append(Problem.REPORTED_ALREADY)
    return problems
