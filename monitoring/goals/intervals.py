"""How far a yearly figure may lie from another by chance: 95 % intervals, pure.

The figures count everybody, so an interval says nothing of a sample: it tells which differences
between years, or with the country, chance alone could make.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

Z = 1.959963984540054
"""Of a normal distribution, 2.5 % lies above."""

FEWEST_PRACTICES = 8
"""With fewer, the differences between practices say too little of themselves."""


class Kind(StrEnum):
    """What an interval rests on."""

    PRACTICES = "practices"
    """How practices differ (a ratio of sums, with Student's t): the honest one, where practices
    have figures."""
    SHARE = "share"
    """Wilson's, of a share of people, as if each were independent: too narrow, but never absurd."""
    RATE = "rate"
    """Of a count of events (Poisson, exact), as if each were independent: too narrow."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Interval:
    kind: Kind
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Spread:
    """The practices' own figures of a year, as sums: how many, and of numerators x, denominators n
    and their products."""

    practices: int
    x: float
    n: float
    xx: float
    xn: float
    nn: float


def between_practices(value: float, spread: Spread) -> Interval | None:
    """Around `value`, by the differences between practices: with R = Σx/Σn the standard error is
    √(P/(P−1) · Σ(x − R·n)²) / Σn. None with too few practices."""
    if spread.practices < FEWEST_PRACTICES or spread.n <= 0:
        return None
    from scipy.stats import t

    ratio = spread.x / spread.n
    squares = max(0.0, spread.xx - 2 * ratio * spread.xn + ratio**2 * spread.nn)
    error = sqrt(spread.practices / (spread.practices - 1) * squares) / spread.n
    away = float(t.ppf(0.975, spread.practices - 1)) * error
    return Interval(Kind.PRACTICES, max(0.0, value - away), value + away)


def of_share(count: float, people: float) -> Interval | None:
    """Wilson's interval; None for what is no share of people."""
    if people <= 0 or not 0 <= count <= people:
        return None
    share, weight = count / people, Z**2 / people
    middle = (share + weight / 2) / (1 + weight)
    away = Z / (1 + weight) * sqrt(share * (1 - share) / people + weight / (4 * people))
    return Interval(Kind.SHARE, max(0.0, middle - away), min(1.0, middle + away))


def of_rate(events: float, people: float) -> Interval | None:
    """The exact interval of a Poisson count, divided by the people."""
    if people <= 0 or events < 0:
        return None
    from scipy.stats import chi2

    low = float(chi2.ppf(0.025, 2 * events)) / 2 if events else 0.0
    high = float(chi2.ppf(0.975, 2 * (events + 1))) / 2
    return Interval(Kind.RATE, low / people, high / people)
