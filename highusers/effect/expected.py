"""The region: contacts of planned patients beside what their practices' others did next.

f is a least-squares fit of v1 on the years before it, over every high user without a plan of the
region. Within a practice, k makes f right for its own patients without a plan, and a planned
patient is expected to come E = k · max(1, f) times. The ratio is all O by all E, its interval
follows from how far practices lie apart.

The fit is solved from sums of products: those leave a practice, rows do not. The sums are whole
numbers and are solved as fractions, so no digit is lost on the way. Pure.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from highusers.effect.permutation import TAIL, Estimate
from highusers.effect.reasons import Reason

FEWEST_PATIENTS = 50
FEWEST_PRACTICES = 10

Counts = NDArray[np.int64]
Coefficients = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Sums:
    """Of the terms x of patients without a plan: their number, Σ x xᵀ and Σ x v1."""

    patients: int
    squares: tuple[tuple[int, ...], ...]
    products: tuple[int, ...]

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.patients + other.patients,
            tuple(
                tuple(a + b for a, b in zip(mine, theirs, strict=True))
                for mine, theirs in zip(self.squares, other.squares, strict=True)
            ),
            tuple(a + b for a, b in zip(self.products, other.products, strict=True)),
        )


@dataclass(frozen=True, slots=True)
class Practice:
    """What one practice hands over in the second pass: observed and expected contacts.

    `chosen_year` are the contacts of the year of the choice: shown, not used."""

    patients: int
    observed: int
    expected: float
    chosen_year: int = 0


@dataclass(frozen=True, slots=True)
class Pooled:
    """`avoided` is expected less observed contacts; its interval follows from the ratio's."""

    patients: int
    practices: int
    observed: int
    expected: float
    estimate: Estimate
    avoided: float
    avoided_low: float
    avoided_high: float


def terms(chosen_year: Counts, year_before: Counts | None) -> Counts:
    """1, v0, u and their squares and product; without a year before, 1 and v0 only."""
    ones = np.ones_like(chosen_year)
    if year_before is None:
        return np.column_stack([ones, chosen_year])
    v0, u = chosen_year, year_before
    return np.column_stack([ones, v0, u, v0 * v0, v0 * u, u * u])


def sums_of(x: Counts, later_year: Counts) -> Sums:
    """Σ x xᵀ and Σ x v1 as Python's whole numbers, which do not overflow."""
    exact = x.astype(object)
    return Sums(
        len(x),
        tuple(tuple(int(cell) for cell in row) for row in exact.T @ exact),
        tuple(int(cell) for cell in exact.T @ later_year.astype(object)),
    )


def fit(total: Sums) -> Coefficients | None:
    """The coefficients of f; none when the patients differ too little to tell them."""
    size = len(total.products)
    rows = [
        [*map(Fraction, row), Fraction(product)]
        for row, product in zip(total.squares, total.products, strict=True)
    ]
    for place in range(size):
        pivot = next((row for row in range(place, size) if rows[row][place]), None)
        if pivot is None:
            return None
        rows[place], rows[pivot] = rows[pivot], rows[place]
        rows[place] = [cell / rows[place][place] for cell in rows[place]]
        for row in range(size):
            if row != place and rows[row][place]:
                factor = rows[row][place]
                rows[row] = [
                    cell - factor * own for cell, own in zip(rows[row], rows[place], strict=True)
                ]
    return tuple(float(row[size]) for row in rows)


def level(own: Sums, coefficients: Coefficients) -> float | None:
    """k: contacts of the practice's patients without a plan, by what f says of them."""
    foreseen = math.fsum(
        coefficient * total for coefficient, total in zip(coefficients, own.squares[0], strict=True)
    )
    return own.products[0] / foreseen if own.patients and foreseen > 0 else None


def expectation(x: Counts, k: float, coefficients: Coefficients) -> NDArray[np.float64]:
    """E per planned patient."""
    foreseen: NDArray[np.float64] = np.maximum(1.0, x @ np.asarray(coefficients))
    return k * foreseen


def pooled(practices: Iterable[Practice]) -> Pooled | Reason:
    """The ratio over practices, from 50 planned patients in 10 practices."""
    counted = [one for one in practices if one.patients]
    patients = sum(one.patients for one in counted)
    if patients < FEWEST_PATIENTS:
        return Reason.TOO_FEW_PATIENTS
    if len(counted) < FEWEST_PRACTICES:
        return Reason.TOO_FEW_PRACTICES
    observed = sum(one.observed for one in counted)
    expected = math.fsum(one.expected for one in counted)
    if not observed or expected <= 0:
        return Reason.NO_CONTACTS
    estimate = _interval(counted, observed, expected)
    return Pooled(
        patients,
        len(counted),
        observed,
        expected,
        estimate,
        expected - observed,
        expected * (1 - estimate.high),
        expected * (1 - estimate.low),
    )


def _interval(practices: Sequence[Practice], observed: int, expected: float) -> Estimate:
    number = len(practices)
    ratio = observed / expected
    apart = math.fsum((one.observed - ratio * one.expected) ** 2 for one in practices)
    error = math.sqrt(number / (number - 1) * apart) / observed
    reach = math.exp(float(stdtrit(number - 1, 1 - TAIL)) * error)
    return Estimate(ratio, ratio / reach, ratio * reach)
