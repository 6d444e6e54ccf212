"""The list from which visits are planned: who first, and which date to propose."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.compliance import Status
from monitoring.models import AppointmentMail
from monitoring.tags import Tag
from monitoring.visit_planning.known import Known, known
from monitoring.visit_planning.offers import Offer
from monitoring.visit_planning.proposals import Slot, Wanted, proposals, visit_at
from monitoring.visit_planning.rules import busy_of
from monitoring.visit_planning.states import AppointmentState
from monitoring.visit_planning.years import VisitYear
from practices.models import Practice, User

SOON_DAYS = 90
"""With fewer days left a visit that is not planned asks for attention."""


class Stand(StrEnum):
    """Where the visit of this programme year stands; the values are those of the address. In the
    order in which they ask for something."""

    PASSED = "datum-voorbij"
    ANOTHER = "andere-datum"
    TO_PLAN = "te-plannen"
    INVITED = "uitgenodigd"
    AGREED = "afgesproken"
    VISITED = "bezocht"


@dataclass(frozen=True, slots=True)
class Row:
    """`proposal` is None where nothing is to be planned, or nothing is free before the year ends.
    `unsent` counts mails about the appointment that did not go out."""

    known: Known
    stand: Stand
    days_left: int
    proposal: Slot | None = None
    unsent: int = 0

    @property
    def practice(self) -> Practice:
        return self.known.practice

    @property
    def tag(self) -> Tag:
        soon = self.days_left <= SOON_DAYS
        to_plan = ("attention", "exclamation-triangle-fill") if soon else ("empty", "circle")
        looks = {
            Stand.PASSED: ("attention", "exclamation-triangle-fill"),
            Stand.ANOTHER: ("attention", "exclamation-triangle-fill"),
            Stand.TO_PLAN: to_plan,
            Stand.INVITED: ("busy", "circle-half"),
            Stand.AGREED: ("busy", "circle-half"),
            Stand.VISITED: ("done", "check-lg"),
        }
        return Tag(*looks[self.stand], stand_names()[self.stand])

    @property
    def problems(self) -> str:
        """How many obligations are late or at risk, in words; '' for none."""
        statuses = [one.status for one in self.known.standing.obligations]
        late, risky = statuses.count(Status.MISSED), statuses.count(Status.AT_RISK)
        words = []
        if late:
            words.append(ngettext("%(count)s too late", "%(count)s too late", late))
        if risky:
            words.append(ngettext("%(risky)s attention", "%(risky)s attention", risky))
        return ", ".join(words) % {"count": late, "risky": risky}


def stand_names() -> dict[Stand, str]:
    return {
        Stand.PASSED: _("The date went by"),
        Stand.ANOTHER: _("Asks for another date"),
        Stand.TO_PLAN: _("To plan"),
        Stand.INVITED: _("Invited"),
        Stand.AGREED: _("Agreed"),
        Stand.VISITED: _("Visited"),
    }


def stand_of(one: VisitYear) -> Stand:
    if one.passed:
        return Stand.PASSED
    if one.appointment is not None:
        return {
            AppointmentState.ANOTHER: Stand.ANOTHER,
            AppointmentState.INVITED: Stand.INVITED,
        }.get(AppointmentState(one.appointment.state), Stand.AGREED)
    return Stand.VISITED if one.done else Stand.TO_PLAN


def planning(
    practices: Iterable[Practice],
    today: date,
    *,
    dates: User | None = None,
    offered: Sequence[Offer] = (),
) -> list[Row]:
    """Most urgent first. With `dates` a day is proposed for each visit of this consultant: none
    twice on a page on which other dates are `offered`, too."""
    found = known(practices, today)
    slots: Mapping[int, Slot | None] = {}
    if dates is not None:
        to_plan = [one.term for one in found if stand_of(one.term) is Stand.TO_PLAN]
        slots = _proposed(to_plan, dates, today, offered)
    unsent = _unsent([one.term for one in found])
    rows = [
        Row(
            one,
            stand_of(one.term),
            one.term.days_left(today),
            slots.get(one.practice.pk),
            unsent.get(one.practice.pk, 0),
        )
        for one in found
    ]
    order = list(Stand)
    return sorted(rows, key=lambda row: (order.index(row.stand), row.days_left, row.practice.name))


def proposal_for(practice: Practice, consultant: User, until: date, today: date) -> Slot | None:
    """For one practice by itself."""
    busy = busy_of(consultant, today, until + timedelta(days=1))
    return proposals([Wanted(practice.pk, until)], busy, today)[practice.pk]


def _proposed(
    to_plan: Sequence[VisitYear], consultant: User, today: date, offered: Sequence[Offer]
) -> Mapping[int, Slot | None]:
    again = {one.practice.pk: one.slot for one in offered if one.clash is None}
    until = max((one.until for one in to_plan), default=today)
    busy = busy_of(consultant, today, until)
    busy += [visit_at(one.slot) for one in offered if one.slot is not None]
    rest = (one for one in to_plan if one.practice.pk not in again)
    return proposals((Wanted(one.practice.pk, one.until) for one in rest), busy, today) | again


def _unsent(found: Sequence[VisitYear]) -> dict[int, int]:
    """By practice, of the open appointments: mails that were given up though still true."""
    open_ones = {one.appointment.pk: one.practice.pk for one in found if one.appointment}
    failed = AppointmentMail.objects.filter(
        appointment__in=list(open_ones), given_up_at__isnull=False
    ).exclude(trouble="overtaken")
    counts: dict[int, int] = {}
    for appointment in failed.values_list("appointment", flat=True):
        practice = open_ones[appointment]
        counts[practice] = counts.get(practice, 0) + 1
    return counts
