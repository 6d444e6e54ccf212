"""One practice: the ratio of change and its interval, by inverting a permutation test.

With e = v1 / v0 (contacts in the year after the choice and in the year of the choice), the ratio is
the mean of e over the planned patients by that over the patients without a plan. A factor r is
held possible when "the plans multiplied contacts by r" would not make the chosen patients an odd
pick among all picks of their number. Each other pick S gives the one value of r at which it does
as well as the real pick T:

    r_S = sum of e over T without S / sum of e over S without T

Pure: arrays in, figures out. The same practice and extract always give the same answer.
"""

import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from highusers.effect.reasons import Reason

DRAWS = 9_999
FEWEST_PLANNED, MOST_PLANNED = 2, 50
FEWEST_COMPARED = 2
FEWEST_SETS = 1_000
"""With fewer ways to pick that many patients, the real pick is no longer a rare one and an
interval of 95% would hold the truth less often than that."""

TAIL = 0.025
_DRAWS_AT_ONCE = 1_000

Numbers = NDArray[np.float64]
Members = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Estimate:
    """`high` may be infinite; the interval holds the true ratio in 95 of 100 cases."""

    ratio: float
    low: float
    high: float

    @property
    def holds_one(self) -> bool:
        return self.low <= 1 <= self.high


def compare(
    planned: Numbers, compared: Numbers, *, seed: tuple[int, ...], draws: int = DRAWS
) -> Estimate | Reason:
    """Both arrays hold a row (v0, v1) per patient; v0 is above nought."""
    reason = reason_against(planned, compared)
    if reason is not None:
        return reason
    changes = np.concatenate([planned[:, 1] / planned[:, 0], compared[:, 1] / compared[:, 0]])
    chosen = len(planned)
    blocks = picks(chosen, len(changes), np.random.default_rng(seed), draws)
    low, high = interval(changes, chosen, blocks)
    ratio = float(changes[:chosen].mean() / changes[chosen:].mean())
    return Estimate(ratio, low, high)


def seed_of(practice_code: str, period_end: str) -> tuple[int, ...]:
    return (zlib.crc32(practice_code.encode()), zlib.crc32(period_end.encode()))


def picks(chosen: int, patients: int, chance: np.random.Generator, draws: int) -> Iterator[Members]:
    """Random sets of `chosen` of the patients: a row per set, true for who is in it."""
    for start in range(0, draws, _DRAWS_AT_ONCE):
        rows = min(_DRAWS_AT_ONCE, draws - start)
        order = chance.random((rows, patients)).argpartition(chosen - 1, axis=1)
        members = np.zeros((rows, patients), dtype=bool)
        np.put_along_axis(members, order[:, :chosen], values=True, axis=1)
        yield members


def interval(changes: Numbers, chosen: int, blocks: Iterator[Members]) -> tuple[float, float]:
    """The 2.5% and 97.5% quantiles of r_S, 0 and infinity among them, rounded outward.

    The first `chosen` of `changes` are the planned patients. A pick equal to theirs says nothing
    and is left out; one where both sums are nought does as well at every r, so it widens both
    ends.
    """
    lower, upper = [np.array([0.0, np.inf])], [np.array([0.0, np.inf])]
    for members in blocks:
        left_out, taken_in = ~members[:, :chosen], members[:, chosen:]
        differs = left_out.any(axis=1)
        above = left_out[differs] @ changes[:chosen]
        below = taken_in[differs] @ changes[chosen:]
        with np.errstate(divide="ignore", invalid="ignore"):
            ratios = above / below
        undecided = (above == 0) & (below == 0)
        lower.append(np.where(undecided, 0.0, ratios))
        upper.append(np.where(undecided, np.inf, ratios))
    return _quantile(np.concatenate(lower), TAIL), -_quantile(-np.concatenate(upper), TAIL)


def _quantile(values: Numbers, share: float) -> float:
    """The value at this share of the way through, or the one before it."""
    place = math.floor(share * (len(values) - 1))
    return float(np.partition(values, place)[place])


def reason_against(planned: Numbers, compared: Numbers) -> Reason | None:
    """The first thing that stands in the way of a figure."""
    numbers = _by_numbers(len(planned), len(compared))
    if numbers is not None:
        return numbers
    if planned[:, 0].min() > compared[:, 0].max():
        return Reason.HIGHEST_CHOSEN
    if not planned[:, 1].any() or not compared[:, 1].any():
        return Reason.NO_CONTACTS
    changes = np.concatenate([planned, compared])
    alike = changes[:, 1] * changes[0, 0] == changes[0, 1] * changes[:, 0]
    return Reason.ALL_ALIKE if alike.all() else None


def _by_numbers(planned: int, compared: int) -> Reason | None:
    if not planned:
        return Reason.NOBODY_PLANNED
    if not compared:
        return Reason.EVERYBODY_PLANNED
    if planned < FEWEST_PLANNED:
        return Reason.TOO_FEW_PLANNED
    if planned > MOST_PLANNED:
        return Reason.TOO_MANY_PLANNED
    if compared < FEWEST_COMPARED:
        return Reason.TOO_FEW_COMPARED
    if math.comb(planned + compared, planned) < FEWEST_SETS:
        return Reason.TOO_FEW_SETS
    return None
