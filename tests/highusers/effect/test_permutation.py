"""One practice: the ratio of change with its interval, or a reason."""

import itertools
import math

import numpy as np
import pytest

from bench.effect_trials import of_rows, practice_trials, synthetic
from highusers.effect.permutation import Estimate, compare, interval, picks, seed_of
from highusers.effect.reasons import Reason
from tests.highusers.effect import oracle
from tests.highusers.effect.trials import TRIALS, as_promised

SEED = (7, 11)
PANEL = of_rows(synthetic(np.random.default_rng(1), 5_000))


def patients(*, number, seed=3, zeros=False):
    """Rows (u, v0, v1)."""
    chance = np.random.default_rng(seed)
    v0 = chance.integers(30, 90, number)
    v1 = chance.poisson(v0 * 0.7)
    if zeros:
        v1[chance.random(number) < 0.4] = 0
    return [(0, int(a), int(b)) for a, b in zip(v0, v1, strict=True)]


def pairs(rows):
    return np.array([row[1:] for row in rows], dtype=float).reshape(-1, 2)


def changes(rows):
    return np.array([v1 / v0 for _u, v0, v1 in rows])


@pytest.mark.parametrize("zeros", [False, True])
@pytest.mark.parametrize("chosen", [2, 3, 5])
def test_all_picks_of_a_small_set_agree_with_plain_loops(chosen, zeros):
    rows = patients(number=11, zeros=zeros, seed=chosen)
    every = list(itertools.combinations(range(len(rows)), chosen))
    members = np.zeros((len(every), len(rows)), dtype=bool)
    for row, pick in zip(members, every, strict=True):
        row[list(pick)] = True
    low, high = interval(changes(rows), chosen, iter([members]))
    expected = oracle.practice_interval(rows[:chosen], rows[chosen:], every)
    assert (low, high) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("zeros", [False, True])
def test_a_list_agrees_with_plain_loops_over_the_same_draws(seed, zeros):
    rows = patients(number=60, seed=seed, zeros=zeros)
    found = compare(pairs(rows[:5]), pairs(rows[5:]), seed=SEED, draws=2_500)
    drawn = picks(5, 60, np.random.default_rng(SEED), 2_500)
    listed = [np.flatnonzero(row).tolist() for block in drawn for row in block]
    expected = oracle.practice_interval(rows[:5], rows[5:], listed)
    assert isinstance(found, Estimate)
    assert found.ratio == pytest.approx(oracle.practice_ratio(rows[:5], rows[5:]), rel=1e-9)
    assert (found.low, found.high) == pytest.approx(expected, rel=1e-9)


def test_every_pick_has_its_number_of_patients_and_none_is_favoured():
    drawn = np.concatenate(list(picks(5, 20, np.random.default_rng(1), 9_999)))
    assert drawn.shape == (9_999, 20)
    assert set(drawn.sum(axis=1)) == {5}
    # Each patient is in a quarter of the picks: 2,500 give or take four standard deviations.
    assert np.abs(drawn.sum(axis=0) - 2_500).max() < 4 * math.sqrt(9_999 * 0.25 * 0.75)


def test_the_same_practice_and_extract_give_the_same_answer_and_others_another():
    rows = patients(number=40)
    planned, others = pairs(rows[:5]), pairs(rows[5:])
    seed = seed_of("01234567", "2024-03-31")
    first = compare(planned, others, seed=seed)
    assert compare(planned, others, seed=seed_of("01234567", "2024-03-31")) == first
    assert compare(planned, others, seed=seed_of("01234567", "2025-03-31")) != first
    assert compare(planned, others, seed=seed_of("01234568", "2024-03-31")) != first


def test_the_ends_are_rounded_outward():
    """Of 39 picks with r = 1 … 39, 0 and infinity: places 1 and 39 of 0 … 40."""
    changes = np.array([780.0, *(780.0 / r for r in range(1, 40))])
    members = np.zeros((39, 40), dtype=bool)
    members[np.arange(39), np.arange(1, 40)] = True
    assert interval(changes, 1, iter([members])) == pytest.approx((1.0, 39.0))
    assert interval(changes, 1, iter([members[:38]])) == (0.0, math.inf)


@pytest.mark.parametrize(
    ("planned", "others", "reason"),
    [
        ([], patients(number=20), Reason.NOBODY_PLANNED),
        (patients(number=20), [], Reason.EVERYBODY_PLANNED),
        (patients(number=1), patients(number=60), Reason.TOO_FEW_PLANNED),
        (patients(number=51), patients(number=60), Reason.TOO_MANY_PLANNED),
        (patients(number=30), patients(number=1), Reason.TOO_FEW_COMPARED),
        (patients(number=2), patients(number=43), Reason.TOO_FEW_SETS),
        ([(0, 81, 40)] * 5, [(0, 80, 30)] * 25, Reason.HIGHEST_CHOSEN),
        ([(0, 40, 0)] * 5, patients(number=25), Reason.NO_CONTACTS),
        (patients(number=5), [(0, 95, 0)] * 25, Reason.NO_CONTACTS),
        ([(0, 40, 20)] * 5, [(0, 60, 30)] * 25, Reason.ALL_ALIKE),
    ],
)
def test_a_reason_instead_of_a_figure(planned, others, reason):
    assert compare(pairs(planned), pairs(others), seed=SEED) is reason


def test_ties_between_some_patients_are_no_obstacle():
    rows = [(0, 40, 20)] * 12 + [(0, 40, 30)] * 18
    found = compare(pairs(rows[8:13]), pairs(rows[:8] + rows[13:]), seed=SEED)
    assert isinstance(found, Estimate)
    assert found.low < found.ratio < found.high


def test_the_last_of_the_chosen_as_high_as_the_first_of_the_others_may_be_compared():
    rows = patients(number=25)
    top = max(v0 for _u, v0, _v1 in rows)
    chosen = [(0, top, 30), (0, top + 1, 44), (0, top + 9, 41)]
    assert isinstance(compare(pairs(chosen), pairs(rows), seed=SEED), Estimate)
    above = [(0, v0 + 1, v1) for _u, v0, v1 in chosen]
    assert compare(pairs(above), pairs(rows), seed=SEED) is Reason.HIGHEST_CHOSEN


@pytest.mark.parametrize("effect", [1, 0.8])
def test_the_interval_holds_the_truth_as_often_as_it_promises(effect):
    held = list(practice_trials(PANEL, trials=TRIALS, draws=499, effect=effect, seed=20))
    assert len(held) == TRIALS
    assert sum(held) in as_promised()


def test_a_before_after_difference_would_have_proved_a_saving_where_nothing_was_done():
    """What the comparison is for: in the same trials the mean change is far from nought."""
    rows = synthetic(np.random.default_rng(20), 2_000)
    assert rows[:, 2].sum() < 0.6 * rows[:, 1].sum()
