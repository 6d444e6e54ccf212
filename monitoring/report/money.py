"""Money in the report beside the amounts of the regional fee: the fee for the programme itself, the
tariffs, and why quarters are not accounted for.

An insurer reads its own tariff and amounts alone; those of the others are between them and the
region (decision 0178). The patients are the ones the report shows per quarter, so an amount tells
nothing that those do not.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from monitoring.regional_fee.account import reasons_of_year
from monitoring.regional_fee.facts import tariff_per_quarter, tariffs_of
from monitoring.report.parts import NotAccountedFigures, ProgrammeFigures, TariffFigures
from monitoring.report.scope import Scope
from monitoring.report.value import FeeFigures, PanelFigures
from practices.states import TariffKind


def programme_fee(scope: Scope, panels: Iterable[PanelFigures]) -> tuple[ProgrammeFigures, ...]:
    """Per quarter, from the patients that may be shown; one query."""
    insurer = scope.insurer.pk
    known = tariffs_of(scope.year, TariffKind.PROGRAMME)
    tariffs = tariff_per_quarter(known, TariffKind.PROGRAMME, insurer, scope.year)
    return tuple(_quarter(one, tariffs[one.quarter]) for one in panels)


def _quarter(panel: PanelFigures, tariff: Decimal | None) -> ProgrammeFigures:
    return with_patients(
        ProgrammeFigures(
            quarter=panel.quarter,
            practices=panel.practices,
            patients=None,
            tariff=None if tariff is None else f"{tariff:.2f}",
            amount=None,
        ),
        panel,
    )


def with_patients(one: ProgrammeFigures, panel: PanelFigures) -> ProgrammeFigures:
    """The same quarter reckoned with the practices and patients of `panel`."""
    return replace(
        one,
        practices=panel.practices,
        patients=panel.patients,
        amount=amount(panel.patients, one.tariff),
    )


def amount(patients: int | None, tariff: Decimal | str | None) -> str | None:
    """Of patients that may be shown, where a tariff is known: else none, and never nought."""
    if patients is None or tariff is None:
        return None
    return f"{patients * Decimal(tariff):.2f}"


def hidden_paths(quarters: Iterable[ProgrammeFigures]) -> tuple[str, ...]:
    """What may not be shown, by its path. Without a tariff there is no amount to hide."""
    return tuple(
        f"programme_fee.{one.quarter}.{name}"
        for one in quarters
        if one.patients is None
        for name in (("patients",) if one.tariff is None else ("patients", "amount"))
    )


def hidden_fee_paths(
    quarters: Iterable[FeeFigures], tariffs: Iterable[TariffFigures]
) -> tuple[str, ...]:
    """The same of the regional fee; a report from before tariffs stood in it had them all."""
    without = {one.quarter for one in tariffs if one.amount is None}
    return tuple(
        f"regional_fee.{one.quarter}.{name}"
        for one in quarters
        if one.patients is None
        for name in (("patients",) if one.quarter in without else ("patients", "amount"))
    )


def tariffs(per_quarter: dict[str, Decimal | None]) -> tuple[TariffFigures, ...]:
    return tuple(
        TariffFigures(quarter, None if amount is None else f"{amount:.2f}")
        for quarter, amount in per_quarter.items()
    )


def not_accounted(scope: Scope) -> tuple[NotAccountedFigures, ...]:
    """Why quarters have no regional fee, as of the report's day; a fixed number of queries."""
    found = reasons_of_year(year=scope.year, insurer=scope.insurer, today=scope.as_of)
    return tuple(NotAccountedFigures(str(one.reason), one.practices, one.quarters) for one in found)
