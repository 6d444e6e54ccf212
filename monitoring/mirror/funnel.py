"""Funnel limits: how far a practice may lie from the region before chance no longer explains it.

After Spiegelhalter, 'Funnel plots for comparing institutional performance', Statistics in
Medicine 2005;24:1185-1202, and 'Handling over-dispersion of performance indicators', Quality and
Safety in Health Care 2005;14:347-351. Shares are looked at on the arcsine scale, numbers per
person on the square root scale: on both the variance by chance of a list of n is 1/(4n). Practices
differ by more than chance alone, so a variance between practices comes on top: estimated from the
z-scores, 10% of which is winsorised at either end (decision 0161). Pure.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from statistics import NormalDist, fmean, quantiles

from monitoring.mirror.states import Comparison

WARNING, ALARM = (NormalDist().inv_cdf(1 - tail / 2) for tail in (0.05, 0.002))
"""Standard deviations to the limits of 95 and 99.8%."""

FEWEST = 8
"""Of fewer practices there is no comparison."""


class Place(Enum):
    """Where a practice lies, in words that judge nothing; `beyond` the limits of 95 or 99.8%."""

    FAR_LOWER = -2
    LOWER = -1
    USUAL = 0
    HIGHER = 1
    FAR_HIGHER = 2

    @property
    def beyond(self) -> bool:
        return self is not Place.USUAL


@dataclass(frozen=True, slots=True)
class _Scale:
    """To the scale of equal variance and back; `highest` is the end of the scale."""

    to: Callable[[float], float]
    back: Callable[[float], float]
    highest: float


_SCALES = {
    Comparison.PROPORTION: _Scale(
        to=lambda share: math.asin(math.sqrt(min(share, 1.0))),
        back=lambda angle: math.sin(angle) ** 2,
        highest=math.pi / 2,
    ),
    Comparison.RATE: _Scale(to=math.sqrt, back=lambda root: root**2, highest=math.inf),
}


@dataclass(frozen=True)
class Funnel:
    """`target` is the value of the region; `between` the variance between practices on the scale
    of the comparison, 0 where chance explains all."""

    comparison: Comparison
    target: float
    between: float

    @cached_property
    def _middle(self) -> float:
        return _SCALES[self.comparison].to(self.target)

    def limits(self, size: float, z: float) -> tuple[float, float]:
        """Lowest and highest value at `z` standard deviations for a list of `size`."""
        scale = _SCALES[self.comparison]
        reach = z * math.sqrt(1 / (4 * size) + self.between)
        low, high = max(self._middle - reach, 0.0), min(self._middle + reach, scale.highest)
        return scale.back(low), scale.back(high)

    def place(self, value: float, size: float) -> Place:
        for z, low, high in (
            (ALARM, Place.FAR_LOWER, Place.FAR_HIGHER),
            (WARNING, Place.LOWER, Place.HIGHER),
        ):
            lowest, highest = self.limits(size, z)
            if value < lowest:
                return low
            if value > highest:
                return high
        return Place.USUAL


def funnel_of(counts: Sequence[tuple[float, float]], comparison: Comparison) -> Funnel:
    """The funnel around the pooled value of these numerators and denominators (all above 0)."""
    scale = _SCALES[comparison]
    target = sum(count for count, _size in counts) / sum(size for _count, size in counts)
    middle = scale.to(target)
    weights = [4 * size for _count, size in counts]
    scores = [
        (scale.to(count / size) - middle) * math.sqrt(weight)
        for (count, size), weight in zip(counts, weights, strict=True)
    ]
    return Funnel(comparison, target, variance_between(winsorised(scores), weights))


def winsorised(scores: Sequence[float]) -> list[float]:
    """The outer 10% at either end pulled in to the first and last decile."""
    deciles = quantiles(scores, n=10, method="inclusive")
    return [min(max(score, deciles[0]), deciles[-1]) for score in scores]


def dispersion(scores: Sequence[float]) -> float:
    """Spiegelhalter's phi: the mean square of z-scores; 1 where chance alone is at work."""
    return fmean(score * score for score in scores)


def variance_between(scores: Sequence[float], weights: Sequence[float]) -> float:
    """DerSimonian and Laird's tau squared from z-scores and weights (1 / variance by chance)."""
    excess = len(scores) * dispersion(scores) - (len(scores) - 1)
    total = sum(weights)
    room = total - sum(weight * weight for weight in weights) / total
    return max(0.0, excess / room)
