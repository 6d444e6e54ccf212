"""Who sits with whom in each round of speed dates. Pure: no request, no table, no chance.

Everybody sits in every round, at tables of two; with an odd number one table has three, and who
sits in a threesome is spread. Nobody meets the same person twice. Within that as many wishes as
possible are met, and colleagues of one practice meet as little as possible.

A small group is solved in one go, so that nothing better exists. A larger one is solved round by
round, each the best that the rounds so far leave, and then improved one round at a time. Where that
ends early another of the equally good first rounds is tried, a few times; then fewer rounds come
out than were asked.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

SMALL = 6
"""Up to as many people all rounds are solved together."""

MIDDLE = 9
"""Up to as many people that is done, too, when one by one gave fewer rounds than were asked."""

TRIES = 8
_LIKINGS = 31
THREESOMES = 400
"""Of a round, the best are looked at: there are thousands in a large group."""
SWEEPS = 2
SECONDS = 5
"""For one program; the best so far is taken then."""

Table = tuple[int, ...]
Round = tuple[Table, ...]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Guest:
    """`group`: colleagues have the same. `tells` and `wishes` are subjects."""

    key: int
    group: int
    tells: frozenset[str]
    wishes: frozenset[str]


def worth(one: Guest, other: Guest) -> int:
    """How many of the two hear of something they wish; -1 for colleagues, who can talk any day."""
    if one.group == other.group:
        return -1
    return bool(one.wishes & other.tells) + bool(other.wishes & one.tells)


def most_rounds(people: int) -> int:
    """More are not to be had without meeting somebody twice: a threesome takes three pairs."""
    if people < 2:
        return 0
    if people % 2 == 0:
        return people - 1
    return people * (people - 1) // (people + 3)


def make_rounds(
    guests: Sequence[Guest], number: int, held: Iterable[Round] = ()
) -> tuple[Round, ...]:
    """`number` rounds, or fewer where there are no more. `held` are the rounds that were, also of
    people who went home: who met there does not meet again."""
    before = list(held)
    wanted = min(number, most_rounds(len(guests)))
    if wanted < 1:
        return ()
    plan = _Plan(guests)
    if len(guests) <= SMALL:
        return _together(plan, wanted, before)
    made = _tried(plan, wanted, before)
    if len(made) < wanted and not before and len(guests) % 2 == 0:
        made = _circle(plan, wanted)
    if len(made) < wanted and len(guests) <= MIDDLE:
        plan.season(0)
        made = list(_together(plan, wanted, before, more_than=len(made))) or made
    return tuple(_improved(plan, made, before))


class _Plan:
    """The tables there could be, and what each is worth."""

    def __init__(self, guests: Sequence[Guest]) -> None:
        self.keys = [guest.key for guest in guests]
        self.odd = len(guests) % 2 == 1
        by_key = {guest.key: guest for guest in guests}
        pairs: list[Pair] = list(combinations(sorted(self.keys), 2))
        self.pairs = {pair: worth(by_key[pair[0]], by_key[pair[1]]) for pair in pairs}
        self.tables: list[Table] = list(pairs)
        if self.odd:
            self.tables += combinations(sorted(self.keys), 3)
        self.taste = dict.fromkeys(self.tables, 0.0)

    def season(self, number: int) -> None:
        """Prefer others among the equally good (0: none): too little to outweigh a wish."""
        step = 0.5 / len(self.keys) / _LIKINGS
        self.taste = {
            table: step * (place * number % _LIKINGS) for place, table in enumerate(self.tables)
        }

    def worth(self, table: Table) -> int:
        return sum(self.pairs[pair] for pair in combinations(table, 2))

    def total(self, one: Round) -> int:
        return sum(map(self.worth, one))


def met_in(rounds: Iterable[Round]) -> set[Pair]:
    return {pair for one in rounds for table in one for pair in combinations(sorted(table), 2)}


def _threesomes(rounds: Iterable[Round]) -> Counter[int]:
    return Counter(key for one in rounds for table in one if len(table) == 3 for key in table)


def _together(
    plan: _Plan, wanted: int, before: list[Round], more_than: int = 0
) -> tuple[Round, ...]:
    """As many as there are, from all that were asked down; () when not `more_than` so many."""
    for number in range(wanted, more_than, -1):
        for fair in (True, False):
            if found := _solved(plan, number, before, fair=fair):
                return found
    return ()


def _tried(plan: _Plan, wanted: int, before: list[Round]) -> list[Round]:
    """The most rounds of a few tries, then the best spread of threesomes."""
    best: list[Round] = []
    spread = 0
    for number in range(TRIES):
        plan.season(number)
        made = _one_by_one(plan, wanted, before)
        uneven = _uneven(plan, [*before, *made])
        if not best or (-len(made), uneven) < (-len(best), spread):
            best, spread = made, uneven
        if len(best) == wanted and spread <= 1:
            break
    return best


def _uneven(plan: _Plan, rounds: list[Round]) -> int:
    counts = _threesomes(rounds)
    times = [counts[key] for key in plan.keys]
    return max(times) - min(times)


def _one_by_one(plan: _Plan, wanted: int, before: list[Round]) -> list[Round]:
    made: list[Round] = []
    while len(made) < wanted:
        known = [*before, *made]
        found = _solved(plan, 1, known, fair=True) or _solved(plan, 1, known, fair=False)
        if not found:
            break
        made += found
    return made


def _improved(plan: _Plan, made: list[Round], before: list[Round]) -> list[Round]:
    """Each round made anew beside the others, as long as that brings something."""
    for _sweep in range(SWEEPS):
        better = False
        for index, one in enumerate(made):
            others = [*before, *made[:index], *made[index + 1 :]]
            found = _solved(plan, 1, others, fair=True)
            if found and plan.total(found[0]) > plan.total(one):
                made[index], better = found[0], True
        if not better:
            break
    return made


def _circle(plan: _Plan, wanted: int) -> list[Round]:
    """The old way for an even number: one stays, the others move up a place each round."""
    first, *ring = plan.keys
    made = []
    for _turn in range(wanted):
        seats = [first, *ring]
        half = len(seats) // 2
        made.append(
            tuple(
                tuple(sorted(pair))
                for pair in zip(seats[:half], reversed(seats[half:]), strict=True)
            )
        )
        ring = [ring[-1], *ring[:-1]]
    return made


def _solved(
    plan: _Plan, number: int, before: Collection[Round], *, fair: bool
) -> tuple[Round, ...]:
    """The best `number` rounds beside those before, as an integer program; () when there are none.
    A column is a table in a round."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # Slow to load, seldom needed.

    met = met_in(before)
    open_tables = [table for table in plan.tables if met.isdisjoint(combinations(table, 2))]
    if number == 1:
        open_tables = _fewer(plan, open_tables)
    if not open_tables:
        return ()
    rows, low, high = _rules(plan, open_tables, number, _threesomes(before) if fair else None)
    gain = [-plan.worth(table) - plan.taste[table] for table in open_tables] * number
    found = milp(
        np.array(gain, dtype=float),
        constraints=LinearConstraint(rows, low, high),
        integrality=np.ones(len(gain), dtype=int),
        bounds=Bounds(0, 1),
        options={"time_limit": SECONDS},
    )
    if found.x is None:
        return ()
    taken = found.x.reshape(number, len(open_tables)) > 0.5
    return tuple(
        tuple(table for table, sits in zip(open_tables, line, strict=True) if sits)
        for line in taken
    )


def _fewer(plan: _Plan, tables: list[Table]) -> list[Table]:
    by_worth = sorted(tables, key=plan.worth, reverse=True)
    threes = set([table for table in by_worth if len(table) > 2][:THREESOMES])
    return [table for table in tables if len(table) == 2 or table in threes]


def _rules(
    plan: _Plan, tables: list[Table], number: int, threesomes: Counter[int] | None
) -> tuple[NDArray[np.float64], list[float], list[float]]:
    """Lines of coefficients with their lowest and highest sum: everybody sits once a round, one
    table of three a round where the number is odd, no pair twice, threesomes spread."""
    lines: list[NDArray[np.float64]] = []
    low: list[float] = []
    high: list[float] = []

    def rule(mask: list[bool], least: float, most: float, of_round: int | None) -> None:
        line = np.zeros((number, len(tables)))
        line[slice(None) if of_round is None else of_round] = mask
        lines.append(line.ravel())
        low.append(least)
        high.append(most)

    for turn in range(number):
        for key in plan.keys:
            rule([key in table for table in tables], 1, 1, turn)
        if plan.odd:
            rule([len(table) == 3 for table in tables], 1, 1, turn)
    if number > 1:
        for pair in plan.pairs:
            rule([set(pair) <= set(table) for table in tables], 0, 1, None)
    if plan.odd and threesomes is not None:
        for key, (least, most) in _shares(plan, number, threesomes).items():
            rule([len(table) == 3 and key in table for table in tables], least, most, None)
    return np.array(lines), low, high


def _shares(plan: _Plan, number: int, before: Counter[int]) -> dict[int, tuple[int, int]]:
    """How often each sits in a threesome in the rounds to come: who did least goes first."""
    counts = {key: before[key] for key in plan.keys}
    left = 3 * number
    level = min(counts.values())
    while sum(max(level + 1 - count, 0) for count in counts.values()) <= left:
        level += 1
    return {
        key: (max(level - count, 0), max(level + 1 - count, 0)) for key, count in counts.items()
    }
