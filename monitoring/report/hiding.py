"""What a report may not show: figures on fewer than ten patients (nought too, unless no practice
has any to count), and what would give them away.

Cells are named by their path in the report's JSON. Sums that a reader could work with are told to
the guard: patients = high users + the others, the region = its practices, and per quarter the
insurer's patients at practices that take part against those at practices on its list.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from monitoring.models import IndicatorValue
from monitoring.regional_fee.facts import QuarterPart
from monitoring.regional_fee.hiding import hidden_in_quarter
from monitoring.report import money, time_outs
from monitoring.report.value import (
    ExtractFigures,
    FeeFigures,
    IndicatorYear,
    PanelFigures,
    PracticeFigures,
    Report,
)
from mtvp.privacy.suppression import Sum, hidden_cells

_VALUE_STEP = Decimal("0.0001")


@dataclass(frozen=True)
class Extracts:
    """Extract figures of the year, of earlier years and per practice, as far as they show."""

    year: ExtractFigures
    earlier: tuple[ExtractFigures, ...]
    appendix: tuple[PracticeFigures, ...] | None
    suppressed: tuple[str, ...]


def without_small_extracts(
    years: Sequence[ExtractFigures],
    appendix: tuple[PracticeFigures, ...] | None,
    hidden_elsewhere: Collection[str] = (),
) -> Extracts:
    """Hide small numbers of patients; the last of `years` is the report's own.

    `hidden_elsewhere` are practices (their codes) of which the coordinator's overview does not show
    the high users: whoever has both must not find in the one what the other hides.
    """
    paths = [f"earlier_extracts.{one.year}" for one in years[:-1]] + ["extracts"]
    shown = [one for one in appendix or () if one.patients is not None]
    counts, sums = _in_extracts(dict(zip(paths, years, strict=True)), shown)
    rather = [f"{path}.{name}" for path in paths for name in ("patients", "high_users")]
    others = [cell for cell in counts if cell.endswith(".others")]
    hidden = hidden_cells(
        counts,
        sums,
        zero_is_small=True,
        unpublished=others,
        rather_shown=frozenset(rather),
        hidden_elsewhere=[
            f"appendix.{one.code}.high_users" for one in shown if one.code in hidden_elsewhere
        ],
    )
    by_year = [_hide_year(path, one, hidden) for path, one in zip(paths, years, strict=True)]
    practices = None if appendix is None else tuple(_hide_row(one, hidden) for one in appendix)
    return Extracts(
        year=by_year[-1],
        earlier=tuple(by_year[:-1]),
        appendix=practices,
        suppressed=_paths(hidden, paths, appendix or ()),
    )


def _in_extracts(
    by_path: Mapping[str, ExtractFigures], shown: Sequence[PracticeFigures]
) -> tuple[dict[str, int], list[Sum[str]]]:
    """Every number of patients, and which of them add up to another."""
    counts: dict[str, int] = {}
    sums: list[Sum[str]] = []
    for path, one in by_path.items():
        if one.practices:
            _add(counts, sums, path, one.patients, one.high_users)
    for practice in shown:
        _add(counts, sums, f"appendix.{practice.code}", practice.patients, practice.high_users)
    if shown:
        sums += [
            Sum(f"extracts.{name}", tuple(f"appendix.{one.code}.{name}" for one in shown))
            for name in ("patients", "high_users")
        ]
    return counts, sums


def _add(
    counts: dict[str, int],
    sums: list[Sum[str]],
    path: str,
    patients: int | None,
    high_users: int | None,
) -> None:
    """Patients are high users and others; the others are printed nowhere but can be reckoned.

    Where a practice uploaded its list alone there are no others, and that is no small figure.
    """
    everyone, high = patients or 0, high_users or 0
    counts[f"{path}.patients"], counts[f"{path}.high_users"] = everyone, high
    parts: tuple[str, ...] = (f"{path}.high_users",)
    if everyone > high:
        counts[f"{path}.others"] = everyone - high
        parts += (f"{path}.others",)
    sums.append(Sum(f"{path}.patients", parts))


def _hide_year(path: str, one: ExtractFigures, hidden: frozenset[str]) -> ExtractFigures:
    patients = f"{path}.patients" not in hidden
    high_users = f"{path}.high_users" not in hidden
    return replace(
        one,
        patients=one.patients if patients else None,
        high_users=one.high_users if high_users else None,
        contacts=one.contacts if patients else None,
    )


def _hide_row(one: PracticeFigures, hidden: frozenset[str]) -> PracticeFigures:
    path = f"appendix.{one.code}"
    return replace(
        one,
        patients=None if f"{path}.patients" in hidden else one.patients,
        high_users=None if f"{path}.high_users" in hidden else one.high_users,
    )


def _paths(
    hidden: frozenset[str], years: Iterable[str], appendix: Iterable[PracticeFigures]
) -> tuple[str, ...]:
    """The hidden cells that the report has, in its own order."""
    found = []
    for path in [*years, *(f"appendix.{one.code}" for one in appendix)]:
        if f"{path}.patients" in hidden:
            found.append(f"{path}.patients")
            if not path.startswith("appendix"):
                found.append(f"{path}.contacts")
        if f"{path}.high_users" in hidden:
            found.append(f"{path}.high_users")
    return tuple(found)


def without_small_quarters(
    parts: Sequence[QuarterPart], tariffs: dict[str, Decimal | None], *, has_list: bool
) -> tuple[tuple[PanelFigures, ...], tuple[FeeFigures, ...], tuple[str, ...]]:
    """Panels and regional fee per quarter, and the paths that were hidden.

    Nought counts as small, unless there is no practice to count in. No fee rows without a list.
    """
    panels, fees, suppressed = [], [], []
    for quarter, tariff in tariffs.items():
        own = [part for part in parts if part.quarter == quarter]
        taking_part = [part for part in own if part.taking_part]
        listed = [part for part in own if part.listed]
        hidden = hidden_in_quarter(own, has_list=has_list)
        patients = None if "panel" in hidden else sum(part.patients for part in taking_part)
        panels.append(PanelFigures(quarter, sum(one.practices for one in taking_part), patients))
        if "panel" in hidden:
            suppressed.append(f"panels.{quarter}.patients")
        if has_list:
            fee = None if "fee" in hidden else sum(part.patients for part in listed)
            amount = money.amount(fee, tariff)
            fees.append(FeeFigures(quarter, sum(one.practices for one in listed), fee, amount))
            suppressed += money.hidden_fee_paths(fees[-1:], money.tariffs({quarter: tariff}))
    return tuple(panels), tuple(fees), tuple(suppressed)


def hidden_paths(report: Report) -> tuple[str, ...]:
    """Every number of a report that may not be shown, by its path, from the report alone."""
    extracts = {f"earlier_extracts.{one.year}": one for one in report.earlier_extracts}
    extracts["extracts"] = report.extracts
    found = [
        f"{path}.{name}"
        for path, one in extracts.items()
        for name in ("patients", "contacts", "high_users")
        if getattr(one, name) is None
    ]
    found += [
        f"appendix.{one.code}.{name}"
        for one in report.appendix or ()
        if one.extract_until
        for name in ("patients", "high_users")
        if getattr(one, name) is None
    ]
    found += [path for path in report.suppressed if path.startswith("indicators.")]
    found += [f"panels.{one.quarter}.patients" for one in report.panels if one.patients is None]
    return (
        *found,
        *money.hidden_fee_paths(report.regional_fee, report.fee_tariffs),
        *time_outs.hidden_paths(report.time_outs),
        *money.hidden_paths(report.programme_fee),
    )


def indicator_year(
    row: IndicatorValue, path: str, hidden: Collection[int]
) -> tuple[IndicatorYear, tuple[str, ...]]:
    """The value of an indicator with the country's; no figure when the denominator is nought.
    `hidden`: see `monitoring.specialisms`."""
    national = None if row.national is None else _decimal(row.national)
    if row.denominator == 0:
        return IndicatorYear(row.year, None, national), ()
    if row.pk in hidden:
        return IndicatorYear(row.year, None, national), (f"{path}.value",)
    return IndicatorYear(row.year, _decimal(row.numerator / row.denominator), national), ()


def _decimal(value: Decimal) -> str:
    return f"{value.quantize(_VALUE_STEP):f}"
