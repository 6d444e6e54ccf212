"""The effect of plans: the time of one practice's interval, and how often intervals hold."""

from collections.abc import Callable, Iterator
from functools import partial
from statistics import mean, median

import numpy as np

from bench.effect_trials import (
    THRESHOLD,
    Source,
    of_rows,
    practice_trials,
    region_trials,
    synthetic,
)
from bench.measure import Figure, seconds
from highusers.effect.permutation import DRAWS, compare

HIGH_USERS, PLANNED = 150, 10
PANEL = 20_000
EFFECTS = (1.0, 0.8)


def practice(*, repetitions: int = 15, draws: int = DRAWS) -> Iterator[Figure]:
    """150 high users, ten of them with a plan; there is no floor to hold this beside."""
    rows = synthetic(np.random.default_rng(1), HIGH_USERS).astype(np.float64)
    assert rows[:, 1].min() >= THRESHOLD
    work = partial(compare, rows[:PLANNED, 1:], rows[PLANNED:, 1:], seed=(1, 2), draws=draws)
    work()
    times = [seconds(work) for _turn in range(repetitions)]
    yield Figure("effect_practice", median(times), "s", n=repetitions)


def placebo(*, trials: int = 2_000, draws: int = DRAWS) -> Iterator[Figure]:
    """The share of intervals of 95% that held the truth, on patients whom nobody treated."""
    panel = of_rows(synthetic(np.random.default_rng(2), PANEL))
    for effect in EFFECTS:
        yield from _coverage(panel, effect, trials, draws)


def _coverage(panel: Source, effect: float, trials: int, draws: int) -> Iterator[Figure]:
    runs: dict[str, Callable[[], Iterator[bool]]] = {
        "practice": partial(
            practice_trials, panel, trials=trials, draws=draws, effect=effect, seed=3
        ),
        "region": partial(region_trials, panel, trials=trials, effect=effect, seed=3),
        "region_one_year": partial(
            region_trials, panel, trials=trials, effect=effect, seed=3, two_years=False
        ),
    }
    for name, run in runs.items():
        held = list(run())
        yield Figure(f"effect_coverage_{name}_{effect:g}", mean(held), "share", n=len(held))
