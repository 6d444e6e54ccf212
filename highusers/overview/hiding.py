"""What the region's overview may not show: figures on fewer than ten patients, nought included,
and what would give them away.

Each year is judged once, over all its practices and all groups that any choice on the page can
make: practices, neighbourhoods, cohorts, neighbourhoods within a cohort, the region. A filter then
only picks from what was judged, so that two choices laid side by side tell no more than one. A
group is known by its practices: the same practices under another name are the same cell. The
yearly report's appendix hides what is hidden here (`hidden_practices`).

A rate is hidden with its numerator and with its denominator.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from highusers.overview.facts import PracticeYear
from mtvp.charts.numbers import rounded
from mtvp.documents.model import Mark
from mtvp.privacy.suppression import Sum, hidden_cells

YEARS_REMEMBERED = 32
"""Judging a year of many practices takes longer than all the rest of the page."""


class Measure(StrEnum):
    HIGH_USERS = "high_users"
    REGISTERED = "registered"
    OTHERS = "others"


Members = tuple[int, ...]
"""The ids of the practices that a figure is about, in order."""
Cell = tuple[Measure, Members]
Shown = int | Decimal | Mark


class NotJudgedError(LookupError):
    """A figure on practices that the guard was not asked about is not shown."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What may be shown of some practices in one year. Rates are over those practices whose
    registered patients (`per_thousand`) or contacts of all patients (the others) are known."""

    practices: int
    registered: Shown
    high_users: Shown
    per_thousand: Shown
    contacts: Shown
    visits: Shown


@dataclass(frozen=True, slots=True)
class Where:
    """A practice as a choice on the page knows it: not one number of patients."""

    practice: int
    name: str
    place: str
    cohort: int
    cohort_name: str
    definition: str


@dataclass(frozen=True)
class JudgedYear:
    """All practices of a year with what is hidden; a figure leaves through `figures` only."""

    _rows: tuple[PracticeYear, ...]
    _counts: dict[Cell, int]
    hidden: frozenset[Cell]

    def practices(self) -> list[Where]:
        return [
            Where(one.practice, one.name, one.place, one.cohort, one.cohort_name, one.definition)
            for one in self._rows
        ]

    def figures(self, practices: Collection[int]) -> Figures:
        """The figures of these practices together, by their ids."""
        asked = frozenset(practices)
        rows = [row for row in self._rows if row.practice in asked]
        rated = [row for row in rows if row.registered is not None]
        return Figures(
            practices=len(rows),
            registered=self._count(Measure.REGISTERED, rated),
            high_users=self._count(Measure.HIGH_USERS, rows),
            per_thousand=self._per_thousand(rated),
            contacts=self._per_patient(rated, lambda row: row.contacts),
            visits=self._per_patient(rated, lambda row: row.visits),
        )

    def _count(self, measure: Measure, rows: Sequence[PracticeYear]) -> int | Mark:
        if not rows:
            return Mark.NO_FIGURE
        cell = (measure, _members(rows))
        if cell not in self._counts:
            raise NotJudgedError(f"No judgement on these {len(rows)} practices together.")
        return Mark.HIDDEN if cell in self.hidden else self._counts[cell]

    def _per_thousand(self, rated: Sequence[PracticeYear]) -> Shown:
        return _rate(
            self._count(Measure.HIGH_USERS, rated), self._count(Measure.REGISTERED, rated), 1000
        )

    def _per_patient(
        self, rated: Sequence[PracticeYear], counted: Callable[[PracticeYear], int | None]
    ) -> Shown:
        """Contacts are no patients, but a figure on patients: hidden as these are."""
        known = [row for row in rated if counted(row) is not None]
        contacts = sum(counted(row) or 0 for row in known)
        return _rate(contacts, self._count(Measure.REGISTERED, known), 1)


def judged_years(rows: Iterable[PracticeYear]) -> dict[int, JudgedYear]:
    by_year: defaultdict[int, list[PracticeYear]] = defaultdict(list)
    for row in rows:
        by_year[row.year].append(row)
    return {year: judged(tuple(of_year)) for year, of_year in sorted(by_year.items())}


def hidden_practices(rows: Iterable[PracticeYear], year: int) -> frozenset[int]:
    """The practices whose number of high users of that year is not shown."""
    hidden = judged(tuple(row for row in rows if row.year == year)).hidden
    alone = (members for measure, members in hidden if measure is Measure.HIGH_USERS)
    return frozenset(members[0] for members in alone if len(members) == 1)


@lru_cache(maxsize=YEARS_REMEMBERED)
def judged(rows: tuple[PracticeYear, ...]) -> JudgedYear:
    """One year, judged. The same rows give the same answer, in every process."""
    counts: dict[Cell, int] = {}
    sums: list[Sum[Cell]] = []
    rather_shown: list[Cell] = []
    for measure, chosen in _tables(rows):
        if not chosen:
            continue
        value = {row.practice: _value(row, measure) for row in chosen}
        whole, parts = _members(chosen), list(_sums(chosen))
        rather_shown.append((measure, whole))
        for members in {whole, *((practice,) for practice in whole), *(one for one, _ in parts)}:
            counts[measure, members] = sum(value[practice] for practice in members)
        sums += [
            Sum((measure, total), tuple((measure, one) for one in of_total))
            for total, of_total in parts
        ]
    apart = list(_others(rows))
    for registered, high_users, others, count in apart:
        if count:
            counts[others] = count
        sums.append(Sum(registered, (high_users, others) if count else (high_users,)))
    hidden = hidden_cells(
        counts,
        sums,
        zero_is_small=True,
        unpublished=[others for _registered, _high_users, others, count in apart if count],
        rather_shown=rather_shown,
    )
    return JudgedYear(rows, counts, hidden)


def _tables(
    rows: Sequence[PracticeYear],
) -> Iterator[tuple[Measure, list[PracticeYear]]]:
    """Each measure with the practices over which it is added up somewhere."""
    rated = [row for row in rows if row.registered is not None]
    yield Measure.HIGH_USERS, list(rows)
    for measure in (Measure.HIGH_USERS, Measure.REGISTERED):
        yield measure, rated
    yield Measure.REGISTERED, [row for row in rated if row.contacts is not None]
    yield Measure.REGISTERED, [row for row in rated if row.visits is not None]


def _sums(rows: Sequence[PracticeYear]) -> Iterator[tuple[Members, list[Members]]]:
    """What adds up to what: the region, its cohorts and its neighbourhoods, those of a cohort,
    and their practices. What consists of one part only is that part."""
    everybody = _members(rows)
    for split in (_by_cohort, _by_place):
        groups = _split(rows, split)
        yield from _unless_same(everybody, map(_members, groups))
        for group in groups:
            yield from _unless_same(_members(group), map(_members, _split(group, _by_both)))
    for group in _split(rows, _by_both):
        yield from _unless_same(_members(group), [(row.practice,) for row in group])


def _unless_same(
    whole: Members, parts: Iterable[Members]
) -> Iterator[tuple[Members, list[Members]]]:
    listed = list(parts)
    if len(listed) > 1:
        yield whole, listed


def _split(
    rows: Iterable[PracticeYear], part_of: Callable[[PracticeYear], Hashable]
) -> list[list[PracticeYear]]:
    found: defaultdict[Hashable, list[PracticeYear]] = defaultdict(list)
    for row in rows:
        found[part_of(row)].append(row)
    return list(found.values())


def _by_cohort(row: PracticeYear) -> Hashable:
    return row.cohort


def _by_place(row: PracticeYear) -> Hashable:
    return row.place


def _by_both(row: PracticeYear) -> Hashable:
    return row.cohort, row.place


def _members(rows: Iterable[PracticeYear]) -> Members:
    return tuple(sorted(row.practice for row in rows))


def _value(row: PracticeYear, measure: Measure) -> int:
    return row.high_users if measure is Measure.HIGH_USERS else row.registered or 0


def _others(rows: Iterable[PracticeYear]) -> Iterator[tuple[Cell, Cell, Cell, int]]:
    """Registered patients are high users and others, of each practice: their cells, and how many
    the others are. They are printed nowhere, but follow, and a reader knows that there cannot be
    more high users than patients."""
    for row in rows:
        others = (row.registered or 0) - row.high_users
        if row.registered and others >= 0:
            alone = (row.practice,)
            yield (
                (Measure.REGISTERED, alone),
                (Measure.HIGH_USERS, alone),
                (Measure.OTHERS, alone),
                others,
            )


def _rate(numerator: int | Mark, denominator: int | Mark, times: int) -> Shown:
    """With one decimal: what a page prints is what a file holds."""
    if isinstance(numerator, Mark):
        return numerator
    if isinstance(denominator, Mark):
        return denominator
    return rounded(Decimal(numerator * times) / Decimal(denominator), 1)
