"""What planned patients would have done without a plan, as far as others tell.

The same f as that of the region's ratio, at the level of the practice; without it, what the
practice's own high users without a plan did. Too few of those: nothing is foreseen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from highusers.effect.expected import Coefficients, expectation, level
from highusers.effect.figures import Basis, YearFigures, terms_of
from highusers.effect.pooling import fitted_from
from highusers.effect.rows import Row
from highusers.effect.services import newest
from mtvp.privacy.suppression import MINIMUM


class Source(StrEnum):
    """Whose course is held beside that of the planned patients."""

    REGION = "region"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Foresight:
    """Contacts in the year after the choice, all these patients together."""

    contacts: float
    source: Source


def region_fits() -> dict[Basis, Coefficients]:
    """The newest f of the region on each basis; none that stands on a handful of patients."""
    last = newest()
    if last is None:
        return {}
    fitted = {basis: fitted_from(last.figures[basis]) for basis in Basis}
    return {
        basis: one.coefficients
        for basis, one in fitted.items()
        if one.coefficients is not None and one.compared >= MINIMUM
    }


def foresee(
    rows: Sequence[Row],
    figures: YearFigures,
    years: Sequence[YearFigures],
    fits: Mapping[Basis, Coefficients],
) -> Foresight | None:
    """For patients chosen on the extract of `figures`; `years` are all those of the practice."""
    if not rows:
        return None
    known_before = figures.year.before is not None and all(row.u is not None for row in rows)
    basis = Basis.TWO_YEARS if known_before and Basis.TWO_YEARS in fits else Basis.ONE_YEAR
    if basis in fits:
        k = _level(figures, years, basis, fits[basis])
        expected = expectation(terms_of(rows, basis), k, fits[basis])
        return Foresight(float(expected.sum()), Source.REGION)
    own = _nearest(figures, years, Basis.ONE_YEAR)
    if own is None:
        return None
    sums = own.sums[Basis.ONE_YEAR]
    contacts = sum(row.v0 for row in rows) * sums.products[0] / sums.squares[0][1]
    return Foresight(contacts, Source.PRACTICE)


def _level(
    figures: YearFigures, years: Sequence[YearFigures], basis: Basis, f: Coefficients
) -> float:
    """The practice's own level where enough of its patients tell it, else that of the region."""
    near = _nearest(figures, years, basis)
    return (level(near.sums[basis], f) if near else None) or 1.0


def _nearest(
    figures: YearFigures, years: Sequence[YearFigures], basis: Basis
) -> YearFigures | None:
    """This year where others could be followed, else the latest in which they could."""
    told = [year for year in years if basis in year.sums and year.sums[basis].patients >= MINIMUM]
    if figures in told:
        return figures
    return told[-1] if told else None
