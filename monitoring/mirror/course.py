"""The own course over years: what moves within its usual range and what does not. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

FEWEST_POINTS = 12
"""With fewer points limits would say more than the points do."""

_REACH = 2.66
"""Mean moving ranges from the mean to the limits of an XmR chart: 3 / 1.128."""


@dataclass(frozen=True, slots=True)
class NaturalRange:
    low: float
    mean: float
    high: float


def natural_range(values: Sequence[float | None]) -> NaturalRange | None:
    """The limits of an XmR chart, from 12 points on; gaps are left out, and a step over a gap
    counts as no step. Nothing measured here lies below 0."""
    known = [value for value in values if value is not None]
    if len(known) < FEWEST_POINTS:
        return None
    steps = [
        abs(after - before)
        for before, after in pairwise(values)
        if before is not None and after is not None
    ]
    mean, reach = fmean(known), _REACH * (fmean(steps) if steps else 0.0)
    return NaturalRange(max(0.0, mean - reach), mean, mean + reach)
