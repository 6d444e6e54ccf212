"""The oracle here shares nothing with the code: it lists every table that a reader can imagine."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtvp.privacy.suppression import DoesNotAddUpError, Sum, hidden_cells, table_sums

MINIMUM = 3
"""Small, so that every imaginable table can be listed."""

LIST_PARTS = ["a", "b", "c", "d"]


def list_with_total(parts: Sequence[int]) -> tuple[dict[str, int], list[Sum[str]]]:
    names = LIST_PARTS[: len(parts)]
    counts = dict(zip(names, parts, strict=True)) | {"all": sum(parts)}
    return counts, [Sum("all", tuple(names))]


def table(cells: Sequence[Sequence[int]]) -> dict[tuple[object, object], int]:
    """The cells of a table by (row, column), with totals."""
    counts: dict[tuple[object, object], int] = {}
    for row, values in enumerate(cells):
        counts |= {(row, column): value for column, value in enumerate(values)}
        counts[(row, "total")] = sum(values)
    for column in range(len(cells[0])):
        counts[("total", column)] = sum(row[column] for row in cells)
    counts[("total", "total")] = sum(map(sum, cells))
    return counts


def imaginable(
    counts: Mapping[object, int],
    hidden: frozenset[object],
    inner: Sequence[object],
    totals: Mapping[object, Sequence[object]],
) -> Iterator[dict[object, int]]:
    """Every table of whole numbers, none negative, that agrees with all that is visible.

    Unknown inner cells run up to a bit above everything together: enough to see a spread.
    """
    top = sum(counts[cell] for cell in inner) + MINIMUM
    visible_totals = {total: cells for total, cells in totals.items() if total not in hidden}

    def extend(place: int, chosen: dict[object, int]) -> Iterator[dict[object, int]]:
        for total, cells in visible_totals.items():
            known = [chosen[cell] for cell in cells if cell in chosen]
            if sum(known) > counts[total]:
                return
            if len(known) == len(cells) and sum(known) != counts[total]:
                return
        if place == len(inner):
            full = {total: sum(chosen[cell] for cell in cells) for total, cells in totals.items()}
            yield chosen | full
            return
        cell = inner[place]
        values = range(top + 1) if cell in hidden else [counts[cell]]
        for value in values:
            yield from extend(place + 1, chosen | {cell: value})

    return extend(0, {})


def spreads(
    counts: Mapping[object, int],
    hidden: frozenset[object],
    inner: Sequence[object],
    totals: Mapping[object, Sequence[object]],
) -> dict[object, int]:
    """Per hidden cell, how far apart its lowest and highest imaginable value lie."""
    lowest: dict[object, int] = {}
    highest: dict[object, int] = {}
    for world in imaginable(counts, hidden, inner, totals):
        for cell in hidden:
            lowest[cell] = min(lowest.get(cell, world[cell]), world[cell])
            highest[cell] = max(highest.get(cell, world[cell]), world[cell])
    return {cell: highest[cell] - lowest[cell] for cell in hidden}


@settings(max_examples=60, deadline=None)
@given(parts=st.lists(st.integers(0, 6), min_size=1, max_size=4), zero=st.booleans())
def test_in_a_list_with_total_no_hidden_cell_can_be_narrowed(parts: list[int], zero: bool) -> None:
    counts, sums = list_with_total(parts)
    hidden = hidden_cells(counts, sums, minimum=MINIMUM, zero_is_small=zero)

    small = {cell for cell, count in counts.items() if count < MINIMUM and (count or zero)}
    assert small <= hidden
    inner = LIST_PARTS[: len(parts)]
    found = spreads(counts, hidden, inner, {"all": inner})
    assert all(spread >= MINIMUM for spread in found.values()), (counts, hidden, found)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_in_a_table_no_hidden_cell_can_be_narrowed(data: st.DataObject) -> None:
    rows, columns = 2, data.draw(st.integers(2, 3), label="columns")
    values = st.lists(st.integers(0, 4), min_size=columns, max_size=columns)
    cells = [data.draw(values) for _ in range(rows)]
    counts = table(cells)
    hidden = hidden_cells(counts, table_sums(range(rows), range(columns)), minimum=MINIMUM)

    inner = list(product(range(rows), range(columns)))
    totals: dict[object, list[object]] = {("total", "total"): list(inner)}
    totals |= {(row, "total"): [cell for cell in inner if cell[0] == row] for row in range(rows)}
    totals |= {
        ("total", column): [cell for cell in inner if cell[1] == column]
        for column in range(columns)
    }
    if hidden.intersection(totals):
        return  # A hidden total makes the list endless; the next test looks at those.
    found = spreads(counts, hidden, inner, totals)
    assert all(spread >= MINIMUM for spread in found.values()), (counts, hidden, found)


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_in_a_larger_table_each_hidden_cell_has_two_far_apart_worlds(data: st.DataObject) -> None:
    """The witnesses are found by moving patients around closed loops, not by a solver."""
    size = data.draw(st.integers(2, 4), label="rows"), data.draw(st.integers(2, 4), label="columns")
    row = st.lists(st.integers(0, 30), min_size=size[1], max_size=size[1])
    counts = table([data.draw(row) for _ in range(size[0])])
    hidden = hidden_cells(counts, table_sums(range(size[0]), range(size[1])), minimum=10)

    assert {cell for cell, count in counts.items() if 0 < count < 10} <= hidden
    for cell in hidden:
        assert counts[cell] + room(counts, hidden, cell, up=True, size=size) >= 10
        width = room(counts, hidden, cell, up=True, size=size) + room(
            counts, hidden, cell, up=False, size=size
        )
        assert width >= 10, (counts, hidden, cell)


def room(
    counts: Mapping[tuple[object, object], int],
    hidden: frozenset[tuple[object, object]],
    start: tuple[object, object],
    *,
    up: bool,
    size: tuple[int, int],
) -> int:
    """How far `start` can rise (or fall) while every visible cell and every sum stays true.

    With the totals as one more row and column (counted negatively) every line adds up to nought,
    so a change walks along lines: the greatest flow from the row of `start` to its column through
    the other hidden cells, sought path by path.
    """
    lines_across = [*range(size[0]), "total"]
    lines_down = [*range(size[1]), "total"]
    endless = 50
    change = dict.fromkeys(hidden, 0)

    def sign(cell: tuple[object, object]) -> int:
        return -1 if (cell[0] == "total") != (cell[1] == "total") else 1

    def step(cell: tuple[object, object], direction: int) -> bool:
        """Whether the signed value of a cell may still move one in this direction."""
        return counts[cell] + change[cell] + direction * sign(cell) >= 0

    def path(direction: int) -> list[tuple[tuple[object, object], int]] | None:
        goal, seen = ("down", start[1]), {("across", start[0])}
        queue: list[tuple[tuple[str, object], list[tuple[tuple[object, object], int]]]] = [
            (("across", start[0]), [])
        ]
        while queue:
            (kind, line), walked = queue.pop(0)
            if (kind, line) == goal:
                return walked
            others = lines_down if kind == "across" else lines_across
            for other in others:
                cell = (line, other) if kind == "across" else (other, line)
                move = -direction if kind == "across" else direction
                node = ("down" if kind == "across" else "across", other)
                if cell in hidden and cell != start and node not in seen and step(cell, move):
                    seen.add(node)
                    queue.append((node, [*walked, (cell, move)]))
        return None

    direction = (1 if up else -1) * sign(start)
    moved = 0
    while moved < endless and step(start, direction) and (found := path(direction)) is not None:
        change[start] += direction * sign(start)
        for cell, move in found:
            change[cell] += move * sign(cell)
        moved += 1
    return moved


@settings(max_examples=40, deadline=None)
@given(parts=st.lists(st.integers(0, 40), min_size=2, max_size=4))
def test_nothing_is_hidden_in_vain(parts: list[int]) -> None:
    counts, sums = list_with_total(parts)
    hidden = hidden_cells(counts, sums)
    small = {cell for cell, count in counts.items() if 0 < count < 10}
    assert small or not hidden
    for cell in hidden - small:
        rest = [counts[other] for other in hidden - {cell, "all"}]
        assert "all" in hidden or cell == "all" or sum(rest) < 10 or len(rest) < 2


def test_one_small_part_takes_the_smallest_other_part_along() -> None:
    counts, sums = list_with_total([4, 30, 12, 25])
    assert hidden_cells(counts, sums) == {"a", "c"}


def test_two_small_parts_that_are_few_together_take_a_third_along() -> None:
    counts, sums = list_with_total([4, 5, 12, 25])
    assert hidden_cells(counts, sums) == {"a", "b", "c"}


def test_two_small_parts_that_are_many_together_stand_alone() -> None:
    counts, sums = list_with_total([6, 7, 12, 25])
    assert hidden_cells(counts, sums) == {"a", "b"}


def test_nought_is_shown_unless_it_is_small_too() -> None:
    assert hidden_cells({"q1": 0, "q2": 40}) == frozenset()
    assert hidden_cells({"q1": 0, "q2": 40}, zero_is_small=True) == {"q1"}


def test_ten_is_enough_and_nine_is_not() -> None:
    assert hidden_cells({"a": 10, "b": 9}) == {"b"}


def test_the_same_figure_elsewhere_is_one_cell() -> None:
    """Three practices of a cohort, the cohort in a list of cohorts, and a part printed nowhere."""
    counts = {"p1": 25, "p2": 4, "c1": 29, "c2": 40, "all": 69, "begun": 64, "rest": 5}
    sums = [
        Sum("c1", ("p1", "p2")),
        Sum("all", ("c1", "c2")),
        Sum("all", ("begun", "rest")),
    ]
    hidden = hidden_cells(counts, sums)
    assert {"p2", "rest"} <= hidden
    assert hidden & {"p1", "c1"}
    assert hidden & {"begun", "all"}


def test_what_should_rather_be_shown_gives_way_last() -> None:
    counts, sums = list_with_total([4, 12, 25])
    assert hidden_cells(counts, sums, rather_shown=["b"]) == {"a", "c"}
    assert hidden_cells(counts, sums, rather_shown=["b", "c"]) == {"a", "all"}


def test_what_is_printed_nowhere_may_be_worked_out_unless_it_is_small() -> None:
    """Two figures over nearly the same practices: their difference is on nine patients."""
    counts = {"panel": 2935, "fee": 2926, "both": 2926, "panel only": 9}
    sums = [Sum("panel", ("both", "panel only")), Sum("fee", ("both",))]
    unpublished = ["both", "panel only"]

    hidden = hidden_cells(counts, sums, unpublished=unpublished, rather_shown=["fee"])
    assert "panel" in hidden
    assert "fee" not in hidden


def test_a_difference_of_ten_is_no_secret() -> None:
    counts = {"panel": 2936, "fee": 2926, "both": 2926, "panel only": 10}
    sums = [Sum("panel", ("both", "panel only")), Sum("fee", ("both",))]
    hidden = hidden_cells(counts, sums, unpublished=["both", "panel only"])
    assert not hidden & {"panel", "fee"}


def test_the_answer_depends_on_no_order_of_names() -> None:
    counts, sums = list_with_total([4, 12, 12, 12])
    turned = dict(reversed(counts.items()))
    assert hidden_cells(counts, sums) == hidden_cells(turned, sums)


@pytest.mark.parametrize(
    ("counts", "sums"),
    [
        ({"a": 1, "b": 2, "all": 4}, [Sum("all", ("a", "b"))]),
        ({"a": -1}, []),
        ({"all": 0}, [Sum("all", ())]),
    ],
)
def test_tables_that_do_not_add_up_are_refused(
    counts: dict[str, int], sums: list[Sum[str]]
) -> None:
    with pytest.raises(DoesNotAddUpError):
        hidden_cells(counts, sums)


def test_a_cohort_of_twelve_practices_and_four_quarters_keeps_its_totals() -> None:
    cells = [[(row * 7 + column * 3) % 23 for column in range(4)] for row in range(12)]
    counts = table(cells)
    hidden = hidden_cells(counts, table_sums(range(12), range(4)))
    assert ("total", "total") not in hidden
    assert len(hidden) < 40


def test_in_a_large_table_a_small_cell_takes_a_closed_loop_along_and_no_more() -> None:
    cells = [[20 + row * 7 + column * 3 for column in range(6)] for row in range(6)]
    cells[5][5] = 4
    hidden = hidden_cells(table(cells), table_sums(range(6), range(6)))
    assert hidden == {(5, 5), (0, 5), (5, 0), (0, 0)}


def test_what_another_publication_hides_is_hidden_with_what_would_give_it_away() -> None:
    counts = {"p1": 25, "p2": 40, "p3": 60, "all": 125, "list of p1": 25}
    sums = [Sum("all", ("p1", "p2", "p3")), Sum("list of p1", ("p1",))]
    assert hidden_cells(counts, sums) == frozenset()
    assert hidden_cells(counts, sums, hidden_elsewhere=["p1"]) == {"p1", "p2", "list of p1"}
