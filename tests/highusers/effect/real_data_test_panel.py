"""The comparison on a real panel in which nobody was treated."""

import numpy as np
import pandas as pd
import pytest

from bench.effect_trials import of_rows, practice_trials, region_trials
from tests.highusers.effect.trials import TRIALS, as_promised

OFTEN = 10
"""The survey counted visits; at this number a list is as long as that of a practice."""


@pytest.fixture(scope="module")
def panel(real_data):
    """Rows (u, v0, v1) of people with three years in a row who came often in the second."""
    visits = pd.read_csv(real_data / "panel" / "gsoep.csv").pivot_table(
        index="id", columns="year", values="docvis"
    )
    years = [
        visits[[year - 1, year, year + 1]].dropna().to_numpy()
        for year in visits.columns
        if {year - 1, year + 1} <= set(visits.columns)
    ]
    rows = np.vstack(years).astype(np.int64)
    return of_rows(rows[rows[:, 1] >= OFTEN])


@pytest.mark.parametrize("effect", [1, 0.8])
def test_the_interval_of_a_practice_holds_the_truth(panel, effect):
    held = list(practice_trials(panel, trials=TRIALS, draws=499, effect=effect, seed=22))
    assert len(held) == TRIALS
    assert sum(held) in as_promised()


@pytest.mark.parametrize("two_years", [True, False])
@pytest.mark.parametrize("effect", [1, 0.8])
def test_the_interval_of_the_region_holds_the_truth(panel, effect, two_years):
    held = list(region_trials(panel, trials=TRIALS, effect=effect, seed=23, two_years=two_years))
    assert len(held) == TRIALS
    assert sum(held) in as_promised()
