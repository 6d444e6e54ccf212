"""The fee for the programme itself: registered patients of each insurer at practices that take
part, on the first day of the quarter, times the tariff of that insurer [1]."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from monitoring.regional_fee import facts
from monitoring.regional_fee.facts import QuarterPart
from monitoring.regional_fee.hiding import PANEL, hidden_totals, judged_places
from mtvp.documents.model import Mark
from mtvp.privacy.suppression import Sum, hidden_cells
from practices.models import Insurer
from practices.states import TariffKind

Figure = int | Mark
Amount = Decimal | Mark
Cell = tuple[int, str]
"""The id of an insurer (0: all together) and a quarter."""


@dataclass(frozen=True, slots=True)
class ProgrammeQuarter:
    """`tariff` and `amount` have no figure where no tariff is known."""

    quarter: str
    practices: int
    patients: Figure
    tariff: Amount
    amount: Amount


@dataclass(frozen=True, slots=True)
class ProgrammeInsurer:
    """`insurer` is '' for all together, `insurer_id` 0. The amount of the year is a figure only
    when that of every quarter is."""

    insurer_id: int
    insurer: str
    quarters: tuple[ProgrammeQuarter, ...]
    amount: Amount


@dataclass(frozen=True, slots=True)
class ProgrammeYear:
    """`maximum`: the national one of each quarter, where it is known."""

    year: int
    insurers: tuple[ProgrammeInsurer, ...]
    total: ProgrammeInsurer
    maximum: Mapping[str, Decimal | None]


def programme_year_fees(year: int) -> ProgrammeYear:
    """All insurers with patients in the year, by name; small numbers are hidden already. The
    number of queries depends on how many insurers have a list for the regional fee, on no more."""
    insurers = list(Insurer.objects.order_by("name"))
    parts = facts.quarter_parts_of(year, [one.pk for one in insurers])
    known = [one for one in insurers if any(part.patients for part in parts.get(one.pk, ()))]
    panels = facts.known_panels(year)
    hidden = _hidden(year, known, parts, panels)
    tariffs = facts.tariffs_of(year, TariffKind.PROGRAMME, TariffKind.PROGRAMME_MAXIMUM)
    rows = []
    for one in known:
        per_quarter = facts.tariff_per_quarter(tariffs, TariffKind.PROGRAMME, one.pk, year)
        quarters = [
            _quarter(
                (one.pk, label), parts[one.pk], amount, hidden, known=(one.pk, label) in panels
            )
            for label, amount in per_quarter.items()
        ]
        rows.append(ProgrammeInsurer(one.pk, one.name, tuple(quarters), _sum(quarters)))
    maximum = facts.tariff_per_quarter(tariffs, TariffKind.PROGRAMME_MAXIMUM, None, year)
    return ProgrammeYear(year, tuple(rows), _together(year, rows, parts, hidden), maximum)


def _quarter(
    cell: Cell,
    parts: Iterable[QuarterPart],
    tariff: Decimal | None,
    hidden: Collection[Cell],
    *,
    known: bool,
) -> ProgrammeQuarter:
    own = [part for part in parts if part.quarter == cell[1] and part.taking_part]
    patients: Figure = sum(part.patients for part in own) if known else Mark.NO_FIGURE
    if cell in hidden:
        patients = Mark.HIDDEN
    amount: Amount = Mark.NO_FIGURE
    if tariff is not None:
        amount = patients if isinstance(patients, Mark) else patients * tariff
    return ProgrammeQuarter(
        quarter=cell[1],
        practices=sum(part.practices for part in own),
        patients=patients,
        tariff=Mark.NO_FIGURE if tariff is None else tariff,
        amount=amount,
    )


def _together(
    year: int,
    rows: Iterable[ProgrammeInsurer],
    parts: Mapping[int, Iterable[QuarterPart]],
    hidden: Collection[Cell],
) -> ProgrammeInsurer:
    """All insurers: amounts only where nothing is hidden, for with two sums of the same numbers,
    one of them weighed by tariffs, those numbers could be worked out."""
    listed = list(rows)
    quarters = []
    for place, (label, _day) in enumerate(facts.quarters(year)):
        of_all = [one.quarters[place] for one in listed]
        nothing = all(one.patients is Mark.NO_FIGURE for one in of_all)
        patients: Figure = (
            Mark.NO_FIGURE
            if nothing
            else sum(
                part.patients
                for of_insurer in parts.values()
                for part in of_insurer
                if part.quarter == label and part.taking_part
            )
        )
        quarters.append(
            ProgrammeQuarter(
                quarter=label,
                practices=max((one.practices for one in of_all), default=0),
                patients=Mark.HIDDEN if (0, label) in hidden else patients,
                tariff=Mark.NO_FIGURE,
                amount=_sum(of_all),
            )
        )
    return ProgrammeInsurer(0, "", tuple(quarters), _sum(quarters))


def _sum(quarters: Iterable[ProgrammeQuarter]) -> Amount:
    """The first mark among the amounts of quarters with patients, else their sum. A quarter without
    any panel is left out; where all are, there is no figure."""
    known = [one for one in quarters if one.patients is not Mark.NO_FIGURE]
    total = Decimal(0)
    for one in known:
        if one.patients == 0:
            continue
        if isinstance(one.amount, Mark):
            return one.amount
        total += one.amount
    return total if known else Mark.NO_FIGURE


def _hidden(
    year: int,
    insurers: Iterable[Insurer],
    parts: Mapping[int, list[QuarterPart]],
    panels: Collection[Cell],
) -> frozenset[Cell]:
    """What an insurer's report or the page of the regional fee hides is hidden here; where that
    would follow from a total, the total goes: the parts stand in reports."""
    listed = list(insurers)
    with_list = facts.insurers_with_list(year)
    counts: dict[Cell, int] = {}
    elsewhere: list[Cell] = []
    for one in listed:
        own = parts[one.pk]
        for part in own:
            cell = (one.pk, part.quarter)
            if part.taking_part and cell in panels:
                counts[cell] = counts.get(cell, 0) + part.patients
        gone = set(hidden_totals(own, has_list=one.pk in with_list))
        if one.pk in with_list:
            gone |= {(what, label) for what, label, _ in judged_places(year, one)[1]}
        elsewhere += [(one.pk, label) for what, label in gone if what == PANEL]
    sums = []
    for label, _day in facts.quarters(year):
        cells = [cell for cell in counts if cell[1] == label]
        if cells:
            counts[0, label] = sum(counts[cell] for cell in cells)
            sums.append(Sum((0, label), tuple(cells)))
    return hidden_cells(
        counts,
        sums,
        zero_is_small=True,
        rather_shown=frozenset(cell for cell in counts if cell[0]),
        hidden_elsewhere=[cell for cell in elsewhere if cell in counts],
    )
