"""The regional fee of one insurer in one year: practice by practice, quarter by quarter, with the
reason where nothing is accounted for.

The list decides: a practice on the insurer's list on a quarter's first day is accounted for, with
the patients of its panel of that quarter [4]. The totals are those of the yearly report.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from monitoring.regional_fee import facts
from monitoring.regional_fee.facts import Participant, QuarterPlace
from monitoring.regional_fee.hiding import (
    FEE,
    OF_YEAR,
    PANEL,
    PLACE,
    REST,
    Cell,
    judged_places,
)
from monitoring.regional_fee.states import LEADING_INSURER, Doubt, Reason
from mtvp.documents.model import Mark
from practices.models import Insurer

Patients = int | Mark
Amount = Decimal | Mark


@dataclass(frozen=True, slots=True)
class FeeQuarter:
    """`reason` is None where the quarter is accounted for; only then there is an amount."""

    quarter: str
    patients: Patients
    amount: Amount
    reason: Reason | None
    doubt: Doubt | None

    @property
    def on_list(self) -> bool:
        return self.reason in (None, Reason.NO_PANEL, Reason.NO_TARIFF)


@dataclass(frozen=True, slots=True)
class FeePractice:
    """`amount`: of the year's quarters that are accounted for."""

    participant: Participant
    quarters: tuple[FeeQuarter, ...]
    amount: Amount


@dataclass(frozen=True, slots=True)
class FeeTotal:
    """A quarter: practices on the list with their patients and amount, and those that take part
    without being on it."""

    quarter: str
    tariff: Decimal | None
    practices: int
    patients: Patients
    amount: Amount
    taking_part: int
    panel: Patients
    unlisted: int
    unlisted_patients: Patients


@dataclass(frozen=True, slots=True)
class FeeYear:
    year: int
    insurer: str
    has_list: bool
    practices: tuple[FeePractice, ...]
    totals: tuple[FeeTotal, ...]
    amount: Amount


@dataclass(frozen=True, slots=True)
class Reasoned:
    """How many practices have quarters that are not accounted for because of `reason`."""

    reason: Reason
    practices: int
    quarters: int


@dataclass(frozen=True, slots=True)
class _Rules:
    """What the reasons of one insurer's year depend on."""

    leading: bool
    led: frozenset[tuple[int, str]]
    tariffs: Mapping[str, Decimal | None]
    today: date


def fee_year(*, year: int, insurer: Insurer, today: date) -> FeeYear:
    """A fixed number of queries. What may not be shown is hidden already."""
    places, hidden = judged_places(year, insurer)
    by_place = {(one.practice_id, one.quarter): one for one in places}
    rules = _rules(year, insurer, today)
    quarters = facts.quarters(year)
    listed = {one.practice_id for one in places if one.listed}
    rows = tuple(
        _practice(participant, quarters, by_place, rules, hidden)
        for participant in facts.participants(listed, year)
    )
    totals = tuple(_total(label, places, rules, hidden) for label, _day in quarters)
    return FeeYear(
        year=year,
        insurer=insurer.name,
        has_list=facts.has_list(year, insurer),
        practices=rows,
        totals=totals,
        amount=_year_amount(totals, hidden),
    )


def reasons_of_year(*, year: int, insurer: Insurer, today: date) -> list[Reasoned]:
    """Why quarters that have begun are not accounted for, in the order of the reasons: practices
    and quarters alone, no patients. A fixed number of queries."""
    places = facts.quarter_places(year, insurer)
    by_place = {(one.practice_id, one.quarter): one for one in places}
    rules = _rules(year, insurer, today)
    listed = {one.practice_id for one in places if one.listed}
    found: dict[Reason, list[int]] = {}
    for participant in facts.participants(listed, year):
        for label, day in facts.quarters(year):
            place = by_place.get((participant.practice_id, label))
            reason = reason_of(participant, place, label, day, rules)
            if reason not in (None, Reason.NOT_YET):
                found.setdefault(reason, []).append(participant.practice_id)
    return [
        Reasoned(reason, len(set(practices)), len(practices))
        for reason in Reason
        if (practices := found.get(reason))
    ]


def _rules(year: int, insurer: Insurer, today: date) -> _Rules:
    leading = insurer.name.casefold() == LEADING_INSURER.casefold()
    return _Rules(
        leading=leading,
        led=frozenset() if leading else facts.listed_by(LEADING_INSURER, year),
        tariffs=facts.fee_tariffs(year, insurer),
        today=today,
    )


def _practice(
    participant: Participant,
    quarters: Iterable[tuple[str, date]],
    by_place: Mapping[tuple[int, str], QuarterPlace],
    rules: _Rules,
    hidden: Collection[Cell],
) -> FeePractice:
    pk = participant.practice_id
    found, amount, accounted = [], Decimal(0), False
    for label, day in quarters:
        place = by_place.get((pk, label))
        reason = reason_of(participant, place, label, day, rules)
        one = _quarter(label, place, reason, rules, hidden)
        if reason is None and place is not None:
            accounted = True
            amount += (place.patients or 0) * (rules.tariffs[label] or 0)
            one = replace(one, doubt=doubt_of(participant, place, day, rules))
        found.append(one)
    shown: Amount = amount if accounted else Mark.NO_FIGURE
    if (OF_YEAR, "", pk) in hidden:
        shown = Mark.HIDDEN
    return FeePractice(participant, tuple(found), shown)


def _quarter(
    label: str,
    place: QuarterPlace | None,
    reason: Reason | None,
    rules: _Rules,
    hidden: Collection[Cell],
) -> FeeQuarter:
    if place is None or place.patients is None:
        return FeeQuarter(label, Mark.NO_FIGURE, Mark.NO_FIGURE, reason, None)
    if (PLACE, label, place.practice_id) in hidden:
        amount = Mark.HIDDEN if reason is None else Mark.NO_FIGURE
        return FeeQuarter(label, Mark.HIDDEN, amount, reason, None)
    if reason is not None:
        return FeeQuarter(label, place.patients, Mark.NO_FIGURE, reason, None)
    amount_due = place.patients * (rules.tariffs[label] or Decimal(0))
    return FeeQuarter(label, place.patients, amount_due, None, None)


def reason_of(
    participant: Participant, place: QuarterPlace | None, label: str, day: date, rules: _Rules
) -> Reason | None:
    """Why nothing is accounted for, the first that fits; None where something is."""
    if place is not None and place.listed and place.patients is not None:
        return None if rules.tariffs[label] is not None else Reason.NO_TARIFF
    if day > rules.today:
        return Reason.NOT_YET
    if place is not None and place.listed:
        return Reason.NO_PANEL
    if participant.start_on > day:
        return Reason.NOT_BEGUN
    if participant.stopped_on is not None and participant.stopped_on < day:
        return Reason.STOPPED
    if not rules.leading and not _prefers_leading(participant):
        return Reason.OTHER_PREFERRED
    if not rules.leading and (participant.practice_id, label) not in rules.led:
        return Reason.LEADING_NOT_LISTED
    return Reason.NOT_LISTED


def doubt_of(
    participant: Participant, place: QuarterPlace, day: date, rules: _Rules
) -> Doubt | None:
    """What does not fit a quarter that is accounted for."""
    if not place.taking_part:
        return Doubt.NOT_BEGUN if participant.start_on > day else Doubt.STOPPED
    if rules.leading:
        return None
    if not _prefers_leading(participant):
        return Doubt.OTHER_PREFERRED
    if (participant.practice_id, place.quarter) not in rules.led:
        return Doubt.LEADING_NOT_LISTED
    return None


def _prefers_leading(participant: Participant) -> bool:
    return participant.preferred.casefold() == LEADING_INSURER.casefold()


def _total(
    label: str, places: Iterable[QuarterPlace], rules: _Rules, hidden: Collection[Cell]
) -> FeeTotal:
    own = [one for one in places if one.quarter == label]
    listed = [one for one in own if one.listed]
    taking_part = [one for one in own if one.taking_part]
    unlisted = [one for one in taking_part if not one.listed]
    patients = _patients(FEE, label, listed, hidden)
    tariff = rules.tariffs[label]
    amount: Amount = Mark.NO_FIGURE
    if tariff is not None:
        amount = patients if isinstance(patients, Mark) else patients * tariff
    return FeeTotal(
        quarter=label,
        tariff=tariff,
        practices=len(listed),
        patients=patients,
        amount=amount,
        taking_part=len(taking_part),
        panel=_patients(PANEL, label, taking_part, hidden),
        unlisted=len(unlisted),
        unlisted_patients=_patients(REST, label, unlisted, hidden),
    )


def _patients(
    total: str, label: str, places: Iterable[QuarterPlace], hidden: Collection[Cell]
) -> Patients:
    """Nought where there is no practice to count in; no figure where of none the panel is known."""
    listed = list(places)
    if (total, label, 0) in hidden:
        return Mark.HIDDEN
    if listed and all(one.patients is None for one in listed):
        return Mark.NO_FIGURE
    return sum(one.patients or 0 for one in listed)


def _year_amount(totals: Iterable[FeeTotal], hidden: Collection[Cell]) -> Amount:
    """Of the quarters with a figure; hidden as soon as one of them is, and none without any."""
    amounts = [one.amount for one in totals]
    if (FEE, "", 0) in hidden or Mark.HIDDEN in amounts:
        return Mark.HIDDEN
    known = [one for one in amounts if not isinstance(one, Mark)]
    return sum(known, Decimal(0)) if known else Mark.NO_FIGURE
