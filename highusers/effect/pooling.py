"""The figures of the region, gathered practice by practice: sums first, then what was expected.

Each practice is read inside its own scope, twice: its sums go into the fit, and with the fit its
observed and expected contacts are counted. Nothing else leaves it.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import reduce
from operator import add
from typing import Any

from highusers.effect.expected import (
    Coefficients,
    Pooled,
    Sums,
    expectation,
    fit,
    level,
    pooled,
)
from highusers.effect.expected import Practice as Share
from highusers.effect.figures import Basis, YearFigures, figures_of, terms_of
from highusers.effect.permutation import Estimate
from highusers.effect.reasons import Reason
from practices.isolation import practice_scope
from practices.models import Practice

Step = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The region's result on one basis; counts, observed and expected contacts are of the planned
    patients who take part. `unfit` are years of practices whose planned patients do not, as nobody
    of theirs without a plan can be followed."""

    compared: int
    coefficients: Coefficients | None
    outcome: Pooled | Reason
    patients: int
    practices: int
    chosen_year: int
    observed: int
    expected: float
    unfit: int


@dataclass(slots=True)
class Coverage:
    """What the computation read. `highest_only`: years of practices that planned their very
    highest patients, so that nobody of their own is like them."""

    practices: int = 0
    planned: int = 0
    planned_gone: int = 0
    compared: int = 0
    compared_gone: int = 0
    highest_only: int = 0
    censored: int = 0
    first_end: date | None = None
    last_end: date | None = None
    by_basis: dict[Basis, list[Sums]] = field(default_factory=dict)


def region_figures(practices: Sequence[Practice], step: Step) -> dict[str, Any]:
    """Everything the page of the region shows, as JSON. `step` is called after each reading of a
    practice, twice as often as there are practices."""
    covered = Coverage(by_basis={basis: [] for basis in Basis})
    for practice in practices:
        with practice_scope(practice):
            _cover(covered, figures_of(practice, intervals=False))
        step()
    fits = {basis: _fit(sums) for basis, sums in covered.by_basis.items()}
    shares: dict[Basis, list[tuple[Share, int]]] = {basis: [] for basis in Basis}
    for practice in practices:
        with practice_scope(practice):
            years = figures_of(practice, intervals=False)
            for basis, coefficients in fits.items():
                if coefficients is not None:
                    shares[basis].append(share_of(years, basis, coefficients))
        step()
    fitted = {
        basis: _fitted(covered.by_basis[basis], fits[basis], shares[basis]) for basis in Basis
    }
    return _as_json(covered, fitted)


def share_of(
    years: Iterable[YearFigures], basis: Basis, coefficients: Coefficients
) -> tuple[Share, int]:
    """A practice's planned patients of all years together, and the number of years in which they
    take no part, as nobody there without a plan tells the level of the practice."""
    patients, observed, chosen_year, unfit, expected = 0, 0, 0, 0, []
    for year in years:
        planned = year.planned_by(basis)
        if not planned or basis not in year.sums:
            continue
        k = level(year.sums[basis], coefficients)
        if k is None:
            unfit += 1
            continue
        patients += len(planned)
        observed += sum(row.v1 or 0 for row in planned)
        chosen_year += sum(row.v0 for row in planned)
        expected.extend(expectation(terms_of(planned, basis), k, coefficients).tolist())
    return Share(patients, observed, math.fsum(expected), chosen_year), unfit


def _cover(covered: Coverage, years: Iterable[YearFigures]) -> None:
    complete = [year for year in years if year.sums]
    covered.practices += bool(complete)
    for year in years:
        covered.censored += year.outcome is Reason.CENSORED
        covered.highest_only += year.outcome is Reason.HIGHEST_CHOSEN
        for basis, sums in year.sums.items():
            covered.by_basis[basis].append(sums)
    for year in complete:
        covered.planned += year.tally.planned
        covered.planned_gone += year.tally.planned_gone
        covered.compared += year.tally.compared
        covered.compared_gone += year.tally.compared_gone
        end = year.year.period_end
        covered.first_end = min(covered.first_end or end, end)
        covered.last_end = max(covered.last_end or end, end)


def _fit(sums: Sequence[Sums]) -> Coefficients | None:
    return fit(reduce(add, sums)) if sums else None


def _fitted(
    sums: Sequence[Sums], coefficients: Coefficients | None, shares: Sequence[tuple[Share, int]]
) -> Fitted:
    taking_part = [share for share, _unfit in shares if share.patients]
    return Fitted(
        compared=sum(one.patients for one in sums),
        coefficients=coefficients,
        outcome=pooled(taking_part) if coefficients else Reason.NO_EXPECTATION,
        patients=sum(share.patients for share in taking_part),
        practices=len(taking_part),
        chosen_year=sum(share.chosen_year for share in taking_part),
        observed=sum(share.observed for share in taking_part),
        expected=math.fsum(share.expected for share in taking_part),
        unfit=sum(unfit for _share, unfit in shares),
    )


def _as_json(covered: Coverage, fitted: Mapping[Basis, Fitted]) -> dict[str, Any]:
    told = asdict(covered)
    del told["by_basis"]
    told |= {
        name: end.isoformat() if end else None
        for name, end in (("first_end", covered.first_end), ("last_end", covered.last_end))
    }
    return {"covered": told} | {
        basis.value: asdict(one)
        | {"outcome": one.outcome if isinstance(one.outcome, Reason) else asdict(one.outcome)}
        for basis, one in fitted.items()
    }


def fitted_from(told: Mapping[str, Any]) -> Fitted:
    """Back from JSON."""
    outcome = told["outcome"]
    if isinstance(outcome, str):
        return Fitted(**{**told, "outcome": Reason(outcome)})
    estimate = Estimate(**outcome["estimate"])
    return Fitted(**{**told, "outcome": Pooled(**{**outcome, "estimate": estimate})})
