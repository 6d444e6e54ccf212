"""Which tariff holds for an insurer on a day, and how a new one takes its place: pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from practices.models import Tariff
from practices.programme_year import add_months
from practices.states import TariffKind


def tariff_on(
    tariffs: Iterable[Tariff], kind: TariffKind, insurer: int | None, day: date
) -> Tariff | None:
    """The insurer's own tariff before the one for all; None when no amount is known."""
    holding = [
        one
        for one in tariffs
        if one.kind == kind
        and one.insurer_id in (insurer, None)
        and one.valid_from <= day
        and (one.valid_until is None or one.valid_until >= day)
    ]
    return max(holding, key=lambda one: one.insurer_id is not None, default=None)


def counts_from(first: date, last: date | None) -> date | None:
    """The first day of a quarter on which a tariff with these days holds: a quarter goes by the
    tariff of its first day. None where it holds on none."""
    day = date(first.year, first.month - (first.month - 1) % 3, 1)
    if day < first:
        day = add_months(day, 3)
    return day if last is None or day <= last else None


def gap_after(standing: Iterable[Tariff], tariff: Tariff) -> date | None:
    """The day from which no tariff holds for its insurer once this one has ended."""
    if tariff.valid_until is None:
        return None
    day = tariff.valid_until + timedelta(days=1)
    after = tariff_on(standing, TariffKind(tariff.kind), tariff.insurer_id, day)
    return day if after is None else None


@dataclass(frozen=True, slots=True)
class Placing:
    """What recording a tariff does to the one that holds on its first day: `closed` gets `until`
    as its last day. With `problems` nothing is done."""

    closed: Tariff | None
    until: date | None
    problems: tuple[str, ...]


def placing(present: Iterable[Tariff], first: date, last: date | None) -> Placing:
    """Among the tariffs of the same kind and insurer that were not withdrawn.

    One that goes on until further notice makes room; whatever has a last day does not.
    """
    overlapping = [
        one
        for one in present
        if (last is None or one.valid_from <= last)
        and (one.valid_until is None or one.valid_until >= first)
    ]
    if not overlapping:
        return Placing(None, None, ())
    before = overlapping[0]
    if len(overlapping) == 1 and before.valid_until is None and before.valid_from < first:
        return Placing(before, first - timedelta(days=1), ())
    return Placing(
        None,
        None,
        (
            _(
                "Another tariff holds on some of these days. Choose other days, or withdraw that"
                " one first."
            ),
        ),
    )


def cut_short_by(present: Iterable[Tariff], tariff: Tariff) -> Tariff | None:
    """The one that holds until the day before `tariff` and would leave a gap when that goes; among
    those that were not withdrawn."""
    return next(
        (
            one
            for one in present
            if (one.kind, one.insurer_id) == (tariff.kind, tariff.insurer_id)
            and one.valid_until == tariff.valid_from - timedelta(days=1)
        ),
        None,
    )
