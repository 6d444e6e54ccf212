"""Which patients of a quarter may not show: fewer than ten, and what would give those away.

Two publications count the same patients: the insurer's yearly report (two totals per quarter) and
the page of the region (the practices behind them). What the first hides, the second hides too.
"""

from collections.abc import Sequence
from functools import lru_cache

from monitoring.regional_fee import facts
from monitoring.regional_fee.facts import QuarterPart, QuarterPlace
from mtvp.privacy.suppression import MINIMUM, Sum, hidden_cells
from practices.models import Insurer

YEARS_REMEMBERED = 16

Cell = tuple[str, str, int]
"""What is counted (see `PLACE` and the totals), the quarter ('' for the year), the practice."""

PLACE, OF_YEAR = "place", "year of a practice"
PANEL, FEE, REST = "panel", "fee", "rest"


def hidden_in_quarter(parts: Sequence[QuarterPart], *, has_list: bool) -> frozenset[str]:
    """Which of `panel` (patients at practices that take part) and `fee` (on the list) may not show
    of one quarter. Both count the practices that are in both."""
    if not has_list:
        parts = [part for part in parts if part.taking_part]
    counts = {_part_name(part): part.patients for part in parts}
    sums = []
    for total, chosen in (
        (PANEL, [part for part in parts if part.taking_part]),
        (FEE, [part for part in parts if part.listed and has_list]),
    ):
        if chosen:
            counts[total] = sum(part.patients for part in chosen)
            sums.append(Sum(total, tuple(_part_name(part) for part in chosen)))
    alone = {name for name in (PANEL, FEE) if counts.get(name, MINIMUM) == 0}
    nowhere = [_part_name(part) for part in parts]
    return hidden_cells(counts, sums, unpublished=nowhere, rather_shown=[FEE]) | alone


def _part_name(part: QuarterPart) -> str:
    return f"taking part {part.taking_part}, listed {part.listed}"


def hidden_totals(parts: Sequence[QuarterPart], *, has_list: bool) -> frozenset[tuple[str, str]]:
    """The totals (`panel` or `fee`, with the quarter) that the yearly report does not show."""
    return frozenset(
        (total, quarter)
        for quarter in {part.quarter for part in parts}
        for total in hidden_in_quarter(
            [part for part in parts if part.quarter == quarter], has_list=has_list
        )
    )


def judged_places(year: int, insurer: Insurer) -> tuple[tuple[QuarterPlace, ...], frozenset[Cell]]:
    """The practices behind an insurer's year, and what of them may not show; three queries."""
    places = tuple(facts.quarter_places(year, insurer))
    elsewhere = hidden_totals(
        facts.quarter_parts(year, insurer), has_list=facts.has_list(year, insurer)
    )
    return places, hidden_places(places, elsewhere)


@lru_cache(maxsize=YEARS_REMEMBERED)
def hidden_places(
    places: tuple[QuarterPlace, ...], hidden_elsewhere: frozenset[tuple[str, str]]
) -> frozenset[Cell]:
    """The cells of a year that may not show: patients of a practice in a quarter, its year, and
    the totals. Nought is a small number here as in the report. `hidden_elsewhere`: see
    `hidden_totals`."""
    known = [one for one in places if one.patients is not None]
    counts: dict[Cell, int] = {_place(one): one.patients or 0 for one in known}
    sums: list[Sum[Cell]] = []

    def add(total: Cell, parts: Sequence[Cell]) -> None:
        if parts:
            counts[total] = sum(counts[part] for part in parts)
            sums.append(Sum(total, tuple(parts)))

    quarters = sorted({one.quarter for one in known})
    for quarter in quarters:
        own = [one for one in known if one.quarter == quarter]
        add((PANEL, quarter, 0), [_place(one) for one in own if one.taking_part])
        add((FEE, quarter, 0), [_place(one) for one in own if one.listed])
        add((REST, quarter, 0), [_place(one) for one in own if one.taking_part and not one.listed])
    listed = [one for one in known if one.listed]
    of_practice: dict[int, list[Cell]] = {}
    for one in listed:
        of_practice.setdefault(one.practice_id, []).append(_place(one))
    for practice, cells in of_practice.items():
        add((OF_YEAR, "", practice), cells)
    add((FEE, "", 0), [(FEE, quarter, 0) for quarter in quarters if (FEE, quarter, 0) in counts])
    if listed:
        of_practices = tuple(cell for cell in counts if cell[0] == OF_YEAR)
        sums.append(Sum((FEE, "", 0), of_practices))
    elsewhere = [(total, quarter, 0) for total, quarter in hidden_elsewhere]
    return hidden_cells(
        counts,
        sums,
        zero_is_small=True,
        rather_shown=frozenset(cell for cell in counts if cell[0] in (PANEL, FEE)),
        hidden_elsewhere=[cell for cell in elsewhere if cell in counts],
    )


def _place(one: QuarterPlace) -> Cell:
    return PLACE, one.quarter, one.practice_id
