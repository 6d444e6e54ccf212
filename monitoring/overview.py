"""Which obligations stand in the six rows of a practice, today: pure.

The start page and the matrix of the region show the same rows.
"""

from dataclasses import dataclass

from monitoring.compliance import Obligation, PracticeStanding, Status
from practices.programme_year import NORMED_YEARS

INTERVENTIONS = range(1, 7)
SETTLED = frozenset({Status.MET, Status.NOT_APPLICABLE})
LAST_NORMED_YEAR = NORMED_YEARS[-1]


@dataclass(frozen=True, slots=True)
class Row:
    """One intervention. `current` is what the row is about; `earlier` are lines under it.

    In years 1 and 2 the lines are what an earlier year left open or missed. After year 2 there
    is nothing current, and the lines are the whole history.
    """

    intervention: int
    current: Obligation | None
    earlier: tuple[Obligation, ...]

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        return self.earlier if self.current is None else (self.current, *self.earlier)


def rows_of(standing: PracticeStanding) -> tuple[Row, ...]:
    asked: dict[int, list[Obligation]] = {intervention: [] for intervention in INTERVENTIONS}
    for obligation in standing.obligations:
        asked[obligation.intervention].append(obligation)
    year = standing.programme_year or 1
    return tuple([_row(intervention, found, year) for intervention, found in asked.items()])


def _row(intervention: int, asked: list[Obligation], year: int) -> Row:
    if year > LAST_NORMED_YEAR:
        return Row(intervention, None, tuple(asked))
    begun = [o for o in asked if o.programme_year <= year]
    return Row(intervention, begun[-1], tuple([o for o in begun[:-1] if o.status not in SETTLED]))


def worst_of(standing: PracticeStanding) -> Status | None:
    """The status that most needs help: missed, at risk, or None when nothing does."""
    found = {obligation.status for obligation in standing.obligations}
    return next((s for s in (Status.MISSED, Status.AT_RISK) if s in found), None)
