"""A practice beside others whom nobody can recognise. Pure.

A list's size tells insiders whose it is, so others are drawn in groups of three lists that lie
near one another, at the mean of the three rounded to 250, and their values to a tenth of a
percentage point (decision 0160). Of fewer than eight practices nothing is said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles

from monitoring.mirror.facts import Count
from monitoring.mirror.funnel import FEWEST, Funnel, Place, funnel_of
from monitoring.mirror.states import Comparison
from mtvp.charts.funnel import Dot

SIZE_STEP = 250
ALIKE = 3
"""So many lists stand at one size at least."""

_STEP, _STEP_OF_MANY = 0.001, 0.05
"""To what values are rounded: a tenth of a percentage point; where it is one a person or more, a
twentieth."""


@dataclass(frozen=True)
class Beside:
    """A year of an indicator, as the practice may see it; `practices` counts those compared.

    `own` is the practice itself, with nothing rounded; None where it has no figure that may be
    compared. `low` and `high` are the tenth and ninetieth percentile of what is shown.
    """

    year: int
    practices: int
    funnel: Funnel
    dots: tuple[Dot, ...]
    own: Dot | None
    low: float
    high: float

    @property
    def place(self) -> Place | None:
        return self.funnel.place(self.own.value, self.own.size) if self.own else None


def beside(
    counts: Iterable[Count], year: int, comparison: Comparison, practice: int | None
) -> Beside | None:
    """Of these counts that year; None for fewer than eight practices or without comparison."""
    compared = [
        one for one in counts if one.year == year and one.practice is not None and not one.kept_back
    ]
    if comparison is Comparison.COURSE or len(compared) < FEWEST:
        return None
    funnel = funnel_of([(one.numerator, one.denominator) for one in compared], comparison)
    own = next((one for one in compared if one.practice == practice), None)
    dots = _anonymous([one for one in compared if one is not own], step_of(funnel))
    itself = Dot(own.denominator, own.value) if own else None
    values = [dot.value for dot in dots] + ([itself.value] if itself else [])
    tenths = quantiles(values, n=10, method="inclusive")
    return Beside(year, len(compared), funnel, dots, itself, tenths[0], tenths[-1])


def step_of(funnel: Funnel) -> float:
    return _STEP if funnel.target < 1 else _STEP_OF_MANY


def _anonymous(others: Sequence[Count], step: float) -> tuple[Dot, ...]:
    """In groups of three by size, the last one up to five, each in order of its values."""
    ordered = sorted(others, key=lambda one: one.denominator)
    starts = range(0, max(len(ordered) - ALIKE + 1, 1), ALIKE)
    dots: list[Dot] = []
    for start in starts:
        is_last = start == starts[-1]
        group = ordered[start:] if is_last else ordered[start : start + ALIKE]
        size = _to(fmean(one.denominator for one in group), SIZE_STEP) or SIZE_STEP
        dots += sorted(
            (Dot(size, _to(one.value, step)) for one in group), key=lambda dot: dot.value
        )
    return tuple(dots)


def _to(value: float, step: float) -> float:
    return round(round(value / step) * step, 6)
