"""The region: the ratio of observed to expected contacts with its interval, or a reason."""

import numpy as np
import pytest

from bench.effect_trials import of_rows, region_trials, synthetic
from highusers.effect.expected import (
    Pooled,
    Practice,
    Sums,
    expectation,
    fit,
    level,
    pooled,
    sums_of,
    terms,
)
from highusers.effect.reasons import Reason
from tests.highusers.effect import oracle
from tests.highusers.effect.trials import TRIALS, as_promised

PANEL = of_rows(synthetic(np.random.default_rng(1), 5_000))


def lists(*, practices=12, seed=4, planned=5, others=30):
    """(planned, others) per practice, rows (u, v0, v1)."""
    rows = synthetic(np.random.default_rng(seed), practices * (planned + others)).tolist()
    made = []
    for place in range(practices):
        own = [tuple(row) for row in rows[place * (planned + others) :][: planned + others]]
        made.append((own[:planned], own[planned:]))
    return made


def x_of(rows, two_years):
    rows = np.array(rows)
    return terms(rows[:, 1], rows[:, 0] if two_years else None)


def result(practices, *, two_years=True):
    sums = [
        sums_of(x_of(others, two_years), np.array(others)[:, 2]) for _planned, others in practices
    ]
    f = fit(sum(sums[1:], start=sums[0]))
    shares = [
        Practice(
            len(planned),
            sum(v1 for _u, _v0, v1 in planned),
            float(expectation(x_of(planned, two_years), level(own, f), f).sum()),
        )
        for (planned, _others), own in zip(practices, sums, strict=True)
    ]
    return pooled(shares)


@pytest.mark.parametrize("two_years", [True, False])
@pytest.mark.parametrize(("practices", "seed"), [(10, 1), (12, 2), (20, 3)])
def test_agrees_with_plain_loops(practices, seed, two_years):
    made = lists(practices=practices, seed=seed)
    found = result(made, two_years=two_years)
    expected = oracle.region(made, two_years=two_years)
    assert isinstance(found, Pooled)
    told = {
        "ratio": found.estimate.ratio,
        "low": found.estimate.low,
        "high": found.estimate.high,
        "expected": found.expected,
        "avoided": found.avoided,
        "avoided_low": found.avoided_low,
        "avoided_high": found.avoided_high,
    }
    assert told == pytest.approx(expected, rel=1e-9)
    assert (found.patients, found.practices) == (5 * practices, practices)


def test_nobody_is_expected_to_come_less_than_once():
    """A fit that falls below one contact is held at one."""
    f = (-40.0, 1.0)
    x = terms(np.array([30, 60]), None)
    assert expectation(x, 0.5, f).tolist() == [0.5, 10.0]


def test_whole_numbers_of_any_size_are_summed_without_loss():
    many = 99_999
    sums = sums_of(terms(np.array([many]), np.array([many])), np.array([many]))
    assert sums.squares[5][5] == many**4
    assert sums.products[5] == many**3


def test_sums_of_practices_add_up_to_sums_of_everybody():
    made = lists(practices=2)
    both = [row for _planned, others in made for row in others]
    own = [sums_of(x_of(others, True), np.array(others)[:, 2]) for _planned, others in made]
    assert own[0] + own[1] == sums_of(x_of(both, True), np.array(both)[:, 2])


@pytest.mark.parametrize(
    ("rows", "two_years"),
    [
        ([(10, 40, 20)] * 30, True),
        ([(10, 40, 20)] * 30, False),
        ([(10, v0, 20) for v0 in range(30, 60)], True),
    ],
)
def test_no_fit_where_patients_do_not_differ(rows, two_years):
    assert fit(sums_of(x_of(rows, two_years), np.array(rows)[:, 2])) is None


def test_no_level_without_patients_to_compare_with():
    nobody = Sums(0, ((0, 0), (0, 0)), (0, 0))
    assert level(nobody, (1.0, 0.5)) is None
    somebody = sums_of(terms(np.array([30]), None), np.array([12]))
    assert level(somebody, (0.0, 0.5)) == pytest.approx(12 / 15)
    assert level(somebody, (-30.0, 0.5)) is None


@pytest.mark.parametrize(
    ("practices", "reason"),
    [
        ([], Reason.TOO_FEW_PATIENTS),
        ([Practice(7, 100, 110.0)] * 7, Reason.TOO_FEW_PATIENTS),
        ([Practice(7, 100, 110.0)] * 9, Reason.TOO_FEW_PRACTICES),
        ([Practice(7, 100, 110.0)] * 9 + [Practice(0, 0, 0.0)], Reason.TOO_FEW_PRACTICES),
        ([Practice(5, 0, 110.0)] * 10, Reason.NO_CONTACTS),
    ],
)
def test_a_reason_instead_of_a_figure(practices, reason):
    assert pooled(practices) is reason


def test_fifty_patients_in_ten_practices_are_enough():
    found = pooled([Practice(5, 90 + place, 100.0) for place in range(10)])
    assert isinstance(found, Pooled)
    assert (found.patients, found.practices, found.observed) == (50, 10, 945)


@pytest.mark.parametrize("two_years", [True, False])
@pytest.mark.parametrize("effect", [1, 0.8])
def test_the_interval_holds_the_truth_as_often_as_it_promises(effect, two_years):
    held = list(region_trials(PANEL, trials=TRIALS, effect=effect, seed=21, two_years=two_years))
    assert len(held) == TRIALS
    assert sum(held) in as_promised()
