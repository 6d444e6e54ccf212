"""Limits against exact ones of scipy, overdispersion against published worked figures."""

import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from monitoring.mirror.funnel import (
    ALARM,
    WARNING,
    Funnel,
    Place,
    dispersion,
    funnel_of,
    variance_between,
    winsorised,
)
from monitoring.mirror.states import Comparison

TAILS = {WARNING: 0.025, ALARM: 0.001}
PATIENTS = 2.0
"""Tolerance: two patients, whatever the size of the list. Exact limits step from patient to
patient, so a smooth line differs by half a patient at least."""


@pytest.mark.parametrize("z", [WARNING, ALARM])
@settings(max_examples=150, deadline=None)
@given(size=st.integers(300, 12_000), share=st.floats(0.005, 0.995))
def test_limits_of_a_share_are_the_exact_binomial_ones(z: float, size: int, share: float) -> None:
    if min(share, 1 - share) * size < 10:
        return  # No such dot is drawn.
    low, high = Funnel(Comparison.PROPORTION, share, 0.0).limits(size, z)
    exact = stats.binom(size, share)
    assert low * size == pytest.approx(exact.ppf(TAILS[z]), abs=PATIENTS)
    assert high * size == pytest.approx(exact.ppf(1 - TAILS[z]), abs=PATIENTS)


@pytest.mark.parametrize("z", [WARNING, ALARM])
@settings(max_examples=150, deadline=None)
@given(size=st.integers(300, 12_000), rate=st.floats(0.01, 8))
def test_limits_of_a_number_per_person_are_the_exact_poisson_ones(
    z: float, size: int, rate: float
) -> None:
    if rate * size < 10:
        return
    low, high = Funnel(Comparison.RATE, rate, 0.0).limits(size, z)
    exact = stats.poisson(size * rate)
    assert low * size == pytest.approx(exact.ppf(TAILS[z]), abs=PATIENTS)
    assert high * size == pytest.approx(exact.ppf(1 - TAILS[z]), abs=PATIENTS)


def test_a_limit_five_patients_off_would_be_seen() -> None:
    low, _high = Funnel(Comparison.PROPORTION, 0.022, 0.0).limits(2000, WARNING)
    assert low * 2000 != pytest.approx(stats.binom(2000, 0.022).ppf(0.025) - 5, abs=PATIENTS)


def test_no_share_leaves_the_scale() -> None:
    funnel = Funnel(Comparison.PROPORTION, 0.99, 0.01)
    assert funnel.limits(20, ALARM)[1] == pytest.approx(1.0)
    assert Funnel(Comparison.RATE, 0.01, 0.01).limits(20, ALARM)[0] == 0.0


# Observed and expected numbers of six groups and their dispersion, 2.948033, as worked out in the
# tests of the R package FunnelPlotR (C. Mainey, NHS-R community): log scale, nothing pulled in.
OBSERVED = (100, 150, 180, 80, 120, 225)
EXPECTED = (108, 112, 165, 95, 100, 220)


def test_dispersion_is_the_published_one() -> None:
    scores = [
        math.sqrt(expected) * math.log(observed / expected)
        for observed, expected in zip(OBSERVED, EXPECTED, strict=True)
    ]
    assert dispersion(scores) == pytest.approx(2.948033, abs=5e-7)


# Thirteen trials of BCG (Colditz et al., JAMA 1994;271:698-702): cases and others among the
# vaccinated, cases and others among those who were not. Published for their log relative risks:
# Q = 152.2330 and, by DerSimonian and Laird, tau squared = 0.3088 (Viechtbauer, Journal of
# Statistical Software 2010;36(3)).
TRIALS = (
    (4, 119, 11, 128),
    (6, 300, 29, 274),
    (3, 228, 11, 209),
    (62, 13536, 248, 12619),
    (33, 5036, 47, 5761),
    (180, 1361, 372, 1079),
    (8, 2537, 10, 619),
    (505, 87886, 499, 87892),
    (29, 7470, 45, 7232),
    (17, 1699, 65, 1600),
    (186, 50448, 141, 27197),
    (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
)


def test_variance_between_is_the_published_one() -> None:
    ratios = [math.log(a / (a + b) / (c / (c + d))) for a, b, c, d in TRIALS]
    weights = [1 / (1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)) for a, b, c, d in TRIALS]
    pooled = np.average(ratios, weights=weights)
    scores = [
        (ratio - pooled) * math.sqrt(weight) for ratio, weight in zip(ratios, weights, strict=True)
    ]
    assert len(scores) * dispersion(scores) == pytest.approx(152.2330, abs=5e-5)
    assert variance_between(scores, weights) == pytest.approx(0.3088, abs=5e-5)


@settings(max_examples=100, deadline=None)
@given(scores=st.lists(st.floats(-50, 50), min_size=8, max_size=60))
def test_a_tenth_at_either_end_is_pulled_in(scores: list[float]) -> None:
    low, high = np.percentile(scores, [10, 90])
    assert winsorised(scores) == pytest.approx(list(np.clip(scores, low, high)), abs=1e-9)


def test_chance_alone_widens_little_and_true_differences_much() -> None:
    chance = random.Random(5)
    sizes = [chance.randint(1_500, 6_000) for _ in range(200)]

    def funnel(spread: float) -> Funnel:
        counts = []
        for size in sizes:
            share = min(max(chance.gauss(0.05, spread), 0.001), 1.0)
            counts.append((float(np.random.default_rng(size).binomial(size, share)), float(size)))
        return funnel_of(counts, Comparison.PROPORTION)

    by_chance, differing = funnel(0.0), funnel(0.015)
    assert by_chance.between == pytest.approx(0.0, abs=5e-5)
    # On the arcsine scale a spread of s around p is s / (2 sqrt(p (1 - p))). Of the mean square of
    # a normal variable 0.679 is left once its outer tenths are pulled in, by chance as well.
    true, by_chance_too = 0.015**2 / (4 * 0.05 * 0.95), 1 / (4 * np.mean(sizes))
    left = 0.679 * (true + by_chance_too) - by_chance_too
    assert differing.between == pytest.approx(left, rel=0.3)


def test_a_practice_has_a_place_and_no_rank() -> None:
    funnel = Funnel(Comparison.PROPORTION, 0.022, 0.0)
    found = [funnel.place(share, 4000) for share in (0.010, 0.016, 0.022, 0.028, 0.035)]
    assert found == [Place.FAR_LOWER, Place.LOWER, Place.USUAL, Place.HIGHER, Place.FAR_HIGHER]
    assert [place.beyond for place in found] == [True, True, False, True, True]
