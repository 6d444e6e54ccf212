"""Placebo trials of the comparison: patients nobody treated, "planned" by lot.

The truth is known, so an interval either holds it or does not. With an effect of 1 the later year
is left as it is; with another, the contacts of the planned patients are multiplied by it.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from highusers.effect.expected import (
    Practice,
    expectation,
    fit,
    level,
    pooled,
    sums_of,
    terms,
)
from highusers.effect.permutation import Estimate, compare
from highusers.effect.reasons import Reason

THRESHOLD = 30
PLANNED = 5

Panel = NDArray[np.int64]
"""A row (u, v0, v1) per high user: contacts in three years in a row."""

Source = Callable[[np.random.Generator, int], Panel]
"""Draws so many high users who stay in the panel."""


def synthetic(chance: np.random.Generator, patients: int) -> Panel:
    """Patients with a lasting tendency and yearly luck, seen at or above the threshold.

    Counts are negative binomial round each patient's own rate, so a peak is partly luck and those
    chosen at one fall by themselves.
    """
    found: list[Panel] = []
    while sum(map(len, found)) < patients:
        tendency = chance.gamma(0.9, 5.0, 100_000)
        years = chance.negative_binomial(3.0, 3.0 / (3.0 + tendency[:, None]), (len(tendency), 3))
        found.append(years[years[:, 1] >= THRESHOLD])
    return np.concatenate(found)[:patients]


def of_rows(rows: Panel) -> Source:
    """High users of a panel, drawn with replacement."""
    return lambda chance, patients: rows[chance.integers(len(rows), size=patients)]


def practice_trials(
    source: Source, *, trials: int, draws: int, effect: float, seed: int, patients: int = 40
) -> Iterator[bool]:
    """Whether the interval of one practice held the effect, for each trial that gave one."""
    chance = np.random.default_rng([seed, 1])
    for trial in range(trials):
        rows = source(chance, patients).astype(np.float64)
        rows[:PLANNED, 2] *= effect
        found = compare(rows[:PLANNED, 1:], rows[PLANNED:, 1:], seed=(seed, trial), draws=draws)
        if isinstance(found, Estimate):
            yield found.low <= effect <= found.high


def region_trials(
    source: Source,
    *,
    trials: int,
    effect: float,
    seed: int,
    practices: int = 20,
    patients: int = 40,
    two_years: bool = True,
) -> Iterator[bool]:
    """Whether the interval of the region held the effect."""
    chance = np.random.default_rng([seed, 2])
    for _trial in range(trials):
        rows = source(chance, practices * patients)
        shares = one_region(np.split(rows, practices), effect, chance, two_years=two_years)
        found = pooled(shares)
        assert not isinstance(found, Reason), found
        yield found.estimate.low <= effect <= found.estimate.high


def one_region(
    lists: list[Panel], effect: float, chance: np.random.Generator, *, two_years: bool
) -> list[Practice]:
    """The first five of each list are planned; a contact falls away with the odds of the effect."""
    x = [terms(rows[:, 1], rows[:, 0] if two_years else None) for rows in lists]
    sums = [sums_of(own[PLANNED:], rows[PLANNED:, 2]) for own, rows in zip(x, lists, strict=True)]
    total = sums[0]
    for more in sums[1:]:
        total = total + more
    f = fit(total)
    assert f is not None
    shares = []
    for own, sum_, rows in zip(x, sums, lists, strict=True):
        k = level(sum_, f)
        assert k is not None
        observed = int(chance.binomial(rows[:PLANNED, 2], effect).sum())
        shares.append(Practice(PLANNED, observed, float(expectation(own[:PLANNED], k, f).sum())))
    return shares
