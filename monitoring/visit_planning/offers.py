"""Visits of a consultant that cannot be as they are, each with the date to offer instead.

One she has something else at, as after taking over a practice; one that was cancelled because the
practice was to stop, which goes on after all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from monitoring.models import VisitAppointment
from monitoring.visit_planning.proposals import Busy, Slot, Wanted, proposals, visit_at
from monitoring.visit_planning.rules import FARTHEST, busy_of
from monitoring.visit_planning.years import visit_years
from practices.models import Practice, User
from practices.programme_year import programme_year, year_end


@dataclass(frozen=True, slots=True)
class Offer:
    """`clash` is what she has at the time of the appointment; None for one that was called off.
    `slot` is None where nothing is free before the programme year ends."""

    appointment: VisitAppointment
    slot: Slot | None
    clash: Busy | None = None

    @property
    def practice(self) -> Practice:
        return self.appointment.practice

    @property
    def same(self) -> bool:
        """The date that was called off is free still."""
        return self.slot == slot_of(self.appointment)


def offers(consultant: User, today: date) -> list[Offer]:
    """In order of their date; at most seven queries."""
    hers = VisitAppointment.objects.open().by(consultant).between(today, today + FARTHEST)
    standing, lost = list(hers.in_order()), _called_off(consultant, today)
    if not standing and not lost:
        return []
    busy = busy_of(consultant, today, today + FARTHEST)
    clashes = {one.pk: clash for one in standing if (clash := _clash(one, busy))}
    again: dict[int, Slot] = {}
    for one in lost:
        if _clash(one, busy) is None:
            again[one.practice_id] = slot_of(one)
            busy.append(visit_at(slot_of(one)))
    asking = [*(one for one in standing if one.pk in clashes), *lost]
    wanted = [_wanted(one) for one in asking if one.practice_id not in again]
    slots = proposals(wanted, busy, today) | again
    found = [Offer(one, slots[one.practice_id], clashes.get(one.pk)) for one in asking]
    return sorted(found, key=lambda offer: (offer.appointment.held_on, offer.practice.name))


def slot_of(appointment: VisitAppointment) -> Slot:
    return Slot(appointment.held_on, appointment.starts_at, appointment.ends_at)


def _clash(appointment: VisitAppointment, busy: Sequence[Busy]) -> Busy | None:
    """Something else of hers at that time."""
    slot = slot_of(appointment)
    others = (one for one in busy if one.appointment != appointment.pk)
    return next((one for one in others if one.clashes(slot)), None)


def _wanted(appointment: VisitAppointment) -> Wanted:
    """Within the programme year in which it was planned, and before the practice stops."""
    start, stopped_on = appointment.practice.start, appointment.practice.stopped_on
    until = year_end(start, programme_year(start, appointment.held_on) or 1)
    if stopped_on is not None:
        until = min(until, stopped_on - timedelta(days=1))
    return Wanted(appointment.practice_id, until)


def _called_off(consultant: User, today: date) -> list[VisitAppointment]:
    """The last one of each of her practices that goes on and is to be visited, as long as its day
    is to come."""
    latest = VisitAppointment.objects.filter(practice__consultant=consultant)
    latest = latest.order_by("practice_id", "-pk").distinct("practice_id")
    lost = {
        one.practice_id: one
        for one in latest.select_related("practice__cohort")
        if one.called_off and one.held_on > today and _goes_on(one)
    }
    if not lost:
        return []
    terms = visit_years([one.practice for one in lost.values()], today)
    return [lost[term.practice.pk] for term in terms if term.to_plan]


def _goes_on(appointment: VisitAppointment) -> bool:
    stopped_on = appointment.practice.stopped_on
    return stopped_on is None or appointment.held_on < stopped_on
