"""The figures of each year of one practice: from its rows, or as kept when rows had to go.

Read inside the scope of the practice. What leaves it are sums (`Sums`), and per practice observed
and expected contacts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np

from highusers.effect.expected import Counts, Sums, sums_of, terms
from highusers.effect.groups import Groups, Tally, choices_of, divide
from highusers.effect.permutation import Estimate, Numbers, compare, reason_against, seed_of
from highusers.effect.reasons import Reason
from highusers.effect.rows import Row, rows_of
from highusers.effect.years import Year, extracts_of, years_of
from highusers.models import ComparedYear
from practices.models import Practice


class Basis(StrEnum):
    """What f is fitted on: the two years up to the choice, or that of the choice alone."""

    TWO_YEARS = "two_years"
    ONE_YEAR = "one_year"


@dataclass(frozen=True, slots=True)
class YearFigures:
    """`sums` are those of the patients without a plan; `planned` have a figure for v1. `outcome` is
    none when it was not asked for."""

    year: Year
    tally: Tally
    planned: tuple[Row, ...]
    sums: Mapping[Basis, Sums]
    outcome: Estimate | Reason | None

    def planned_by(self, basis: Basis) -> list[Row]:
        """Those of whom the years are known that this basis asks for."""
        if basis is Basis.ONE_YEAR:
            return list(self.planned)
        return [row for row in self.planned if row.u is not None] if basis in self.sums else []


def figures_of(practice: Practice, *, intervals: bool = True) -> list[YearFigures]:
    """Every uploaded extract's year, the earliest first; six queries in all. Without `intervals`
    nothing is drawn, and only the reasons why there is no figure are told."""
    extracts = extracts_of(practice)
    years = years_of(extracts)
    rows = rows_of(years)
    choices = choices_of(practice, [one.period_end for one in extracts])
    kept = {one.period_end: one for one in ComparedYear.objects.filter(practice=practice)}
    found = []
    for year in years:
        until = year.later.period_end if year.later else date.max
        groups = divide(rows[year.extract.pk], choices, year.period_end, until)
        stored = kept.get(year.period_end)
        if stored is not None and stored.kept_at > year.last_stored_at:
            found.append(_as_kept(year, rows[year.extract.pk], stored.figures))
        else:
            found.append(_from_rows(practice, year, groups, intervals=intervals))
    return found


def kept_form(figures: YearFigures) -> dict[str, Any]:
    """As JSON, for `ComparedYear`: infinity is null there."""
    outcome = figures.outcome
    if isinstance(outcome, Estimate):
        high = outcome.high if np.isfinite(outcome.high) else None
        told: Any = {"ratio": outcome.ratio, "low": outcome.low, "high": high}
    else:
        told = outcome
    return {
        "planned": [row.high_user for row in figures.planned],
        "tally": asdict(figures.tally),
        "sums": {basis.value: asdict(sums) for basis, sums in figures.sums.items()},
        "outcome": told,
    }


def _from_rows(practice: Practice, year: Year, groups: Groups, *, intervals: bool) -> YearFigures:
    if year.reason is not None:
        return YearFigures(year, groups.tally, groups.planned, {}, year.reason)
    planned, compared = _pairs(groups.planned), _pairs(groups.compared)
    outcome: Estimate | Reason | None = reason_against(planned, compared)
    if intervals and outcome is None:
        seed = seed_of(practice.code, year.period_end.isoformat())
        outcome = compare(planned, compared, seed=seed)
    sums = {Basis.ONE_YEAR: _sums(groups.compared, Basis.ONE_YEAR)}
    if year.whole_before:
        known = [row for row in groups.compared if row.u is not None]
        sums[Basis.TWO_YEARS] = _sums(known, Basis.TWO_YEARS)
    return YearFigures(year, groups.tally, groups.planned, sums, outcome)


def _as_kept(year: Year, rows: Sequence[Row], kept: Mapping[str, Any]) -> YearFigures:
    """The planned patients' own rows are still there; of the others there are sums."""
    ids = set(kept["planned"])
    planned = tuple(row for row in rows if row.high_user in ids and row.v1 is not None)
    sums = {Basis(name): _sums_from(told) for name, told in kept["sums"].items()}
    told = kept["outcome"]
    if isinstance(told, str):
        return YearFigures(year, Tally(**kept["tally"]), planned, sums, Reason(told))
    high = np.inf if told["high"] is None else told["high"]
    outcome = Estimate(told["ratio"], told["low"], high)
    return YearFigures(year, Tally(**kept["tally"]), planned, sums, outcome)


def terms_of(rows: Sequence[Row], basis: Basis) -> Counts:
    """The terms of f, a row per patient."""
    v0 = np.array([row.v0 for row in rows], dtype=np.int64)
    if basis is Basis.ONE_YEAR:
        return terms(v0, None)
    return terms(v0, np.array([row.u for row in rows], dtype=np.int64))


def _sums(rows: Sequence[Row], basis: Basis) -> Sums:
    return sums_of(terms_of(rows, basis), np.array([row.v1 for row in rows], dtype=np.int64))


def _sums_from(told: Mapping[str, Any]) -> Sums:
    squares = tuple(tuple(row) for row in told["squares"])
    return Sums(told["patients"], squares, tuple(told["products"]))


def _pairs(rows: Sequence[Row]) -> Numbers:
    return np.array([(row.v0, row.v1) for row in rows], dtype=np.float64).reshape(-1, 2)
