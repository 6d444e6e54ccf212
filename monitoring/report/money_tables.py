"""The tables of the report about money, straight from the value."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from monitoring.regional_fee.states import Reason
from monitoring.regional_fee.words import reason_words
from monitoring.report.tables import shown
from monitoring.report.value import Report
from mtvp.charts.numbers import money
from mtvp.documents.model import Column, Kind, Mark, Table, Value


def regional_fee(report: Report) -> Table:
    columns = (
        Column(_("Quarter")),
        Column(_("Practices on the list"), Kind.INT),
        Column(_("Registered patients"), Kind.INT),
        Column(_("Amount"), Kind.MONEY),
    )
    without = {one.quarter for one in report.fee_tariffs if one.amount is None}
    rows: list[tuple[Value, ...]] = [
        (
            one.quarter,
            one.practices,
            shown(one.patients),
            _amount(one.amount, known=one.quarter not in without),
        )
        for one in report.regional_fee
    ]
    year = _year([one.amount for one in report.regional_fee])
    if year is not None:
        rows.append((_("Year"), "", "", year))
    note = " ".join(
        _("%(quarter)s: %(amount)s per patient.")
        % {"quarter": one.quarter, "amount": money(Decimal(one.amount))}
        for one in report.fee_tariffs
        if one.amount is not None
    )
    title, total = _("Regional fee per quarter"), year is not None
    return Table(title, columns, tuple(rows), note=note, sheet=_("Regional fee"), total=total)


def not_accounted(report: Report) -> Table:
    columns = (
        Column(_("Reason")),
        Column(_("Practices"), Kind.INT),
        Column(_("Quarters together"), Kind.INT),
    )
    rows = tuple(
        (reason_words(Reason(one.reason)), one.practices, one.quarters)
        for one in report.not_accounted
    )
    note = _(
        "Practices that had begun or stand on the list, in quarters without an amount. A practice "
        "may have several reasons in a year."
    )
    title = _("Not accounted for, and why")
    return Table(title, columns, rows, note=note, sheet=_("Not accounted for"))


def programme_fee(report: Report) -> Table:
    columns = (
        Column(_("Quarter")),
        Column(_("Practices taking part"), Kind.INT),
        Column(_("Registered patients"), Kind.INT),
        Column(_("Per patient"), Kind.MONEY),
        Column(_("Amount"), Kind.MONEY),
    )
    rows: list[tuple[Value, ...]] = [
        (
            one.quarter,
            one.practices,
            shown(one.patients),
            _no_tariff() if one.tariff is None else Decimal(one.tariff),
            _amount(one.amount, known=one.tariff is not None),
        )
        for one in report.programme_fee
    ]
    year = _year([one.amount for one in report.programme_fee])
    if year is not None:
        rows.append((_("Year"), "", "", "", year))
    return Table(
        _("Fee for the programme per quarter"),
        columns,
        tuple(rows),
        note=_("The tariff that was agreed between %(insurer)s and the region.")
        % {"insurer": report.insurer},
        sheet=_("Programme fee"),
        total=year is not None,
    )


def _amount(amount: str | None, *, known: bool) -> Value:
    """`known`: whether there is a tariff."""
    if not known:
        return _no_tariff()
    return Mark.HIDDEN if amount is None else Decimal(amount)


def _no_tariff() -> str:
    return reason_words(Reason.NO_TARIFF)


def _year(amounts: Sequence[str | None]) -> Decimal | None:
    """Together, where every quarter is known."""
    known = [Decimal(one) for one in amounts if one is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(amounts) else None
