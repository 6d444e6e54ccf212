"""Small numbers: which cells of a set of tables must be hidden so that none can be worked out.

A cell is *small* when it counts more than nought and fewer than `minimum` patients (with
`zero_is_small`, nought too). Small cells are hidden. What remains visible may still give them
away: a total minus the other parts, the same figure in another table, a column against a row.
So further cells are hidden until, for someone who sees everything else, knows every total and
knows that no count is negative, the possible values of each hidden cell span at least `minimum`.

Such a reader can name no hidden cell, nor say that it must be below `minimum` (an interval that
starts at nought or higher and is `minimum` wide ends at `minimum` or higher). The same holds for
what is left over of a total: a remainder of fewer than `minimum` would itself be a small figure.

Limits, on purpose:
* The guard reasons over real numbers. For lists with a total and for tables of rows and columns
  with totals that is exact; for groups that overlap in other ways whole numbers may narrow the
  interval a little.
* It knows the sums it is given. A figure printed elsewhere that adds up with these must be passed
  as a cell of the same name, and percentages are hidden by the caller with their numerator.
* A reader with knowledge from elsewhere (a practice that knows its own count) is not modelled.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

MINIMUM = 10
"""No figure on fewer patients than this leaves a practice."""

Cell = TypeVar("Cell", bound=Hashable)

_ROUNDING = 1e-6


@dataclass(frozen=True)
class Sum(Generic[Cell]):
    """`total` equals the parts together. A part that is printed nowhere is named here as well."""

    total: Cell
    parts: tuple[Cell, ...]

    def cells(self) -> tuple[Cell, ...]:
        return (self.total, *self.parts)


class DoesNotAddUpError(ValueError):
    """A total differs from its parts: the guard would reason about the wrong table."""


def hidden_cells(
    counts: Mapping[Cell, int],
    sums: Sequence[Sum[Cell]] = (),
    *,
    minimum: int = MINIMUM,
    zero_is_small: bool = False,
    unpublished: Collection[Cell] = (),
    rather_shown: Collection[Cell] = (),
    hidden_elsewhere: Collection[Cell] = (),
) -> frozenset[Cell]:
    """The cells to hide: the small ones, and those without which a small one could be derived.

    `unpublished` are printed nowhere: the reader does not know them to begin with, and may work
    them out unless they are small. `rather_shown` are hidden besides the small ones only when no
    other cell protects as well. `hidden_elsewhere` are hidden in another publication that the same
    reader has, so they are hidden here as if they were small. The result is irreducible (no
    complementary cell can be shown again) and depends on no order of dictionaries. Raises
    `DoesNotAddUpError` for a wrong total.
    """
    _check(counts, sums)
    small = {cell for cell, count in counts.items() if _is_small(count, minimum, zero_is_small)}
    small |= set(hidden_elsewhere)
    free = frozenset(unpublished) - small
    guard = _Guard(counts, sums, minimum, free)
    hidden = small | free
    while exposed := guard.exposed(hidden):
        telling = [one for one in exposed[1] if guard.tells_by_itself(one, hidden)]
        candidates = _visible(telling, hidden) or _visible(exposed[1], hidden)
        hidden.add(_next_to_hide(candidates, sums, hidden, counts, rather_shown))
    for cell in _shown_again_first(hidden - small - free, counts, rather_shown):
        if not guard.exposed(hidden - {cell}):
            hidden.remove(cell)
    return frozenset(hidden)


def table_sums(
    rows: Sequence[Hashable],
    columns: Sequence[Hashable],
    *,
    total: Hashable = "total",
) -> list[Sum[tuple[Hashable, Hashable]]]:
    """The sums of a table whose cells are `(row, column)`, with `total` as last row and column."""
    across = [
        Sum(total=(row, total), parts=tuple((row, column) for column in columns))
        for row in (*rows, total)
    ]
    down = [
        Sum(total=(total, column), parts=tuple((row, column) for row in rows))
        for column in (*columns, total)
    ]
    return across + down


def _shown_again_first(
    cells: Collection[Cell], counts: Mapping[Cell, int], rather_shown: Collection[Cell]
) -> list[Cell]:
    return sorted(cells, key=lambda cell: (cell not in rather_shown, -counts[cell], repr(cell)))


def _is_small(count: int, minimum: int, zero_is_small: bool) -> bool:
    return count < minimum and (count > 0 or zero_is_small)


def _check(counts: Mapping[Cell, int], sums: Iterable[Sum[Cell]]) -> None:
    for one in sums:
        if not one.parts or counts[one.total] != sum(counts[part] for part in one.parts):
            raise DoesNotAddUpError(f"The parts of {one.total!r} do not add up to it.")
    if any(count < 0 for count in counts.values()):
        raise DoesNotAddUpError("A count is negative.")


@dataclass(frozen=True)
class _Guard(Generic[Cell]):
    """What a reader could do; `free` are unknown cells whose discovery does no harm."""

    counts: Mapping[Cell, int]
    sums: Sequence[Sum[Cell]]
    minimum: int
    free: frozenset[Cell]
    _safe: set[frozenset[Cell]] = field(default_factory=set)
    """Groups in which no cell can be narrowed too far; most stay as they are between two tries."""

    def exposed(self, hidden: set[Cell]) -> tuple[set[Cell], list[Sum[Cell]]] | None:
        """A group of hidden cells, with its sums, of which a reader can narrow one too far."""
        for cells, sums in _groups(hidden, self.sums):
            if (group := frozenset(cells)) in self._safe:
                continue
            guarded = sorted(cells - self.free, key=repr)
            if guarded and self._narrowest(guarded, cells, sums) < self.minimum - _ROUNDING:
                return cells, sums
            self._safe.add(group)
        return None

    def tells_by_itself(self, one: Sum[Cell], hidden: set[Cell]) -> bool:
        """Whether this sum alone narrows a hidden cell too far."""
        guarded = hidden.intersection(one.cells()) - self.free
        return bool(guarded) and _width_in_one_sum(one, hidden, self.counts) < self.minimum

    def _narrowest(
        self, guarded: Sequence[Cell], cells: set[Cell], sums: Sequence[Sum[Cell]]
    ) -> float:
        """The smallest width among the intervals in which the guarded cells can lie."""
        if len(sums) == 1:
            return _width_in_one_sum(sums[0], cells, self.counts)
        order = [*guarded, *sorted(cells & self.free, key=repr)]
        place = {cell: index for index, cell in enumerate(order)}
        equations = [_equation(one, place, self.counts) for one in sums]
        left, right = [row for row, _ in equations], [value for _, value in equations]
        truth = [self.counts[cell] for cell in order]
        return _narrowest_unknown(left, right, truth, len(guarded), self.minimum)


def _groups(
    hidden: set[Cell], sums: Sequence[Sum[Cell]]
) -> list[tuple[set[Cell], list[Sum[Cell]]]]:
    """Hidden cells that share sums, directly or through others: each group stands by itself."""
    groups: dict[int, tuple[set[Cell], list[Sum[Cell]]]] = {}
    place: dict[Cell, int] = {}
    for number, one in enumerate(sums):
        cells, own = hidden.intersection(one.cells()), [one]
        if not cells:
            continue
        for joined in sorted({place[cell] for cell in cells if cell in place}, reverse=True):
            others, sums_of_others = groups.pop(joined)
            cells, own = cells | others, sums_of_others + own
        groups[number] = cells, own
        place |= dict.fromkeys(cells, number)
    return list(groups.values())


def _narrowest_unknown(
    left: list[list[float]],
    right: list[float],
    truth: Sequence[int],
    guarded: int,
    minimum: int,
) -> float:
    """The smallest width among the first `guarded` unknowns, or any that is too small.

    Each solution that is found is a whole table the reader can imagine, so it settles other
    cells as well: a cell whose values already lie far enough apart needs no search of its own.
    """
    from scipy.optimize import linprog  # Slow to load, and most processes never hide a cell.

    lowest, highest = list(map(float, truth)), list(map(float, truth))
    for index in range(guarded):
        for sign in (1.0, -1.0):
            if highest[index] - lowest[index] >= minimum:
                break
            aim = [0.0] * len(truth)
            aim[index] = sign
            found = linprog(aim, A_eq=left, b_eq=right, bounds=(0, None), method="highs")
            if found.x is None:  # The truth is a solution: so no end was found upwards.
                highest[index] = float("inf")
                break
            lowest = list(map(min, lowest, found.x))
            highest = list(map(max, highest, found.x))
        if highest[index] - lowest[index] < minimum - _ROUNDING:
            return highest[index] - lowest[index]
    return float(minimum)


def _width_in_one_sum(one: Sum[Cell], hidden: set[Cell], counts: Mapping[Cell, int]) -> float:
    parts = [part for part in one.parts if part in hidden]
    if one.total in hidden:
        return float("inf") if parts else 0.0
    return float(sum(counts[part] for part in parts)) if len(parts) > 1 else 0.0


def _equation(
    one: Sum[Cell], place: Mapping[Cell, int], counts: Mapping[Cell, int]
) -> tuple[list[float], float]:
    row, known = [0.0] * len(place), 0.0
    for cell, sign in ((one.total, -1.0), *((part, 1.0) for part in one.parts)):
        if cell in place:
            row[place[cell]] += sign
        else:
            known += sign * counts[cell]
    return row, -known


def _next_to_hide(
    candidates: Iterable[Cell],
    sums: Sequence[Sum[Cell]],
    hidden: set[Cell],
    counts: Mapping[Cell, int],
    rather_shown: Collection[Cell],
) -> Cell:
    """The cell whose loss costs the reader least: parts before totals, then what stands in the
    fewest sums of which nothing is hidden yet (each would take a further cell along), then the
    smallest.

    Noughts come last: hiding one adds nothing that a reader could mistake for another count.
    """
    totals = {one.total for one in sums}
    untouched = Counter(
        cell for one in sums if hidden.isdisjoint(one.cells()) for cell in one.cells()
    )
    return min(
        candidates,
        key=lambda cell: (
            cell in rather_shown,
            counts[cell] == 0,
            cell in totals,
            untouched[cell],
            counts[cell],
            repr(cell),
        ),
    )


def _visible(sums: Iterable[Sum[Cell]], hidden: set[Cell]) -> set[Cell]:
    return {cell for one in sums for cell in one.cells()} - hidden
