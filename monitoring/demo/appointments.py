"""Visits that the demo's consultants have before them, in every state that one sees."""

from datetime import date, time, timedelta

from django.utils import timezone

from monitoring.models import AppointmentMail, VisitAppointment
from monitoring.visit_planning import services
from monitoring.visit_planning.people import holders_of
from monitoring.visit_planning.planning import Stand, planning
from monitoring.visit_planning.proposals import slot_at
from monitoring.visit_planning.rules import Moment
from monitoring.visit_planning.states import AppointmentState
from practices.models import Practice, User

EACH = 5
"""Of the practices with the least time left: today, agreed, invited, asks for another date; the
others are still to plan."""


def plan_visits(*, today: date) -> int:
    """How many there are; again it adds none."""
    if VisitAppointment.objects.exists():
        return 0
    consultants = User.objects.filter(practices_visited__isnull=False).distinct().order_by("pk")
    for consultant in consultants:
        _plan(consultant, today)
    AppointmentMail.objects.update(sent_at=timezone.now())
    return VisitAppointment.objects.count()


def _plan(consultant: User, today: date) -> None:
    practices = Practice.objects.in_region_order().filter(consultant=consultant)
    rows = planning(practices, today, dates=consultant)
    wanted = [row for row in rows if row.stand is Stand.TO_PLAN and row.proposal][:EACH]
    for number, row in enumerate(wanted):
        practice, slot = row.practice, row.proposal
        if number == 0:
            # Nobody is invited for today: this one was some time ago.
            VisitAppointment.objects.create(
                practice=practice,
                consultant=consultant,
                held_on=today,
                starts_at=time(13),
                ends_at=time(14, 30),
                place=practice.city,
                state=AppointmentState.CONFIRMED,
                replied_at=timezone.now(),
            )
        elif slot is not None and number < EACH - 1:
            if number == 1:
                slot = slot_at(today + timedelta(days=2), time(15))
            moment = Moment(slot, practice.city)
            made = services.invite(practice=practice, moment=moment, actor=consultant)
            _answer(made, number, today)


def _answer(appointment: VisitAppointment, number: int, today: date) -> None:
    holders = holders_of(appointment.practice, today)
    account = next((one.user for one in holders if hasattr(one, "user")), None)
    if account is None:
        return
    if number == 1:
        services.accept(appointment=appointment, seen=0, actor=account)
    if number == 3:
        reply = "Liever op dinsdag of donderdag, na 13.00 uur."
        services.ask_another(appointment=appointment, seen=0, reply=reply, actor=account)
