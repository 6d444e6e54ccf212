"""Patterns of time-outs: counts of a practice and of the region, and what of them may be shown.

Three readers (decision 0118). Who notes time-outs in the practice sees all its counts. The manager
sees them from three people on who noted one: fewer, and a count says what one colleague does. For
the consultant that holds, too, and as outside the practice no figure on fewer than ten patients is
shown and what would give one away is hidden with it. Of the region a figure needs three practices
besides. Outside the practice only time-outs with a known outcome count: one group less to hide.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from interventions.models import TimeOut
from interventions.timeouts.periods import Period, four_quarters, last_year
from interventions.timeouts.states import Kind, Outcome, Specialism, Step
from mtvp.documents.model import Mark
from mtvp.privacy.suppression import Sum, hidden_cells
from practices.models import Practice

FEWEST_PEOPLE = 3
FEWEST_PRACTICES = 3

Figure = int | Mark
Cell = tuple[str, str]
TOTAL: Cell = ("total", "")
GROUPS: dict[str, list[str]] = {
    "kind": Kind.values,
    "specialism": Specialism.values,
    "step": Step.values,
    "outcome": Outcome.values,
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """Figures by the value of each group; `practices` is None for a practice."""

    period: Period
    total: Figure
    kinds: dict[str, Figure]
    specialisms: dict[str, Figure]
    steps: dict[str, Figure]
    outcomes: dict[str, Figure]
    practices: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many time-outs of one person are the same in all that is counted."""

    practice: int
    person: int
    values: tuple[str, ...]
    """In the order of `GROUPS`."""
    number: int


def practice_pattern(practice: Practice, today: date, *, fewest: int) -> Pattern | None:
    """All counts, for the practice itself; None when fewer people than that noted one."""
    period = last_year(today)
    found = _counted(period, practice)
    return _open(found, period) if _people(found) >= fewest else None


def pattern_outside(practice: Practice, today: date) -> Pattern | None:
    """For the consultant, before and at the visit."""
    period = four_quarters(today)
    found = _decided(_counted(period, practice))
    return _guarded(found, period, practices=None) if _people(found) >= FEWEST_PEOPLE else None


def region_pattern(today: date) -> Pattern | None:
    """All practices together; None when fewer than three of them noted one."""
    period = four_quarters(today)
    found = _decided(_counted(period))
    practices = len({one.practice for one in found})
    return _guarded(found, period, practices) if practices >= FEWEST_PRACTICES else None


def not_sent_of(pattern: Pattern) -> tuple[int, int] | None:
    """In how many of those with a known outcome there was no referral or request in the end."""
    not_sent, sent = pattern.outcomes[Outcome.NOT_SENT], pattern.outcomes[Outcome.SENT]
    if isinstance(not_sent, Mark) or isinstance(sent, Mark) or not not_sent + sent:
        return None
    return not_sent, not_sent + sent


def _counted(period: Period, practice: Practice | None = None) -> list[Counted]:
    rows = TimeOut.objects.filter(held_on__range=(period.first, period.last)).order_by()
    if practice is not None:
        rows = rows.filter(practice=practice)
    names = ("practice", "person", *GROUPS)
    counted = rows.values_list(*names).annotate(number=Count("pk"))
    return [Counted(of, person, tuple(values), number) for of, person, *values, number in counted]


def _decided(found: Iterable[Counted]) -> list[Counted]:
    return [one for one in found if Outcome.OPEN not in one.values]


def _people(found: Iterable[Counted]) -> int:
    return len({one.person for one in found})


def _cells(one: Counted) -> list[Cell]:
    return [TOTAL, *zip(GROUPS, one.values, strict=True)]


def _counts(found: Iterable[Counted]) -> Counter[Cell]:
    counts: Counter[Cell] = Counter()
    for one in found:
        for cell in _cells(one):
            counts[cell] += one.number
    return counts


def _open(found: Sequence[Counted], period: Period) -> Pattern:
    return _pattern(_counts(found), frozenset(), period)


def _guarded(found: Sequence[Counted], period: Period, practices: int | None) -> Pattern:
    counts = _counts(found)
    sums = []
    for name, values in GROUPS.items():
        parts = tuple((name, value) for value in values if value != Outcome.OPEN)
        sums.append(Sum(TOTAL, parts))
    every = {cell: counts[cell] for one in sums for cell in one.cells()}
    outcomes: list[Cell] = [("outcome", Outcome.NOT_SENT), ("outcome", Outcome.SENT)]
    hidden = hidden_cells(
        every,
        sums,
        zero_is_small=True,
        rather_shown=[TOTAL, *outcomes],
        hidden_elsewhere=_of_few_practices(found) if practices else (),
    )
    return _pattern(counts, hidden, period, practices)


def _of_few_practices(found: Iterable[Counted]) -> list[Cell]:
    """A figure on one or two practices is theirs, however many patients it counts."""
    practices: dict[Cell, set[int]] = defaultdict(set)
    for one in found:
        for cell in _cells(one):
            practices[cell].add(one.practice)
    return sorted(cell for cell, of in practices.items() if len(of) < FEWEST_PRACTICES)


def _pattern(
    counts: Counter[Cell], hidden: frozenset[Cell], period: Period, practices: int | None = None
) -> Pattern:
    def figure(cell: Cell) -> Figure:
        return Mark.HIDDEN if cell in hidden else counts[cell]

    def group(name: str) -> dict[str, Figure]:
        return {value: figure((name, value)) for value in GROUPS[name]}

    return Pattern(
        period=period,
        total=figure(TOTAL),
        kinds=group("kind"),
        specialisms=group("specialism"),
        steps=group("step"),
        outcomes=group("outcome"),
        practices=practices,
    )
