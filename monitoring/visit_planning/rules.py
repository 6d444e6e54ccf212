"""When a visit can be planned: reasons why not, the same on the page and in the service."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from monitoring.models import VisitAppointment
from monitoring.visit_planning.proposals import Busy, Slot
from practices.models import Practice, User
from training.models import Enrolment, Session

FARTHEST = timedelta(days=550)
"""A year and a half: the end of the next programme year."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When and where; a visit without a link is at `place`."""

    slot: Slot
    place: str = ""
    online_url: str = ""


def visit_problems(practice: Practice, today: date) -> list[str]:
    """Why nobody can be invited there now."""
    if practice.consultant is None:
        return [_("This practice has no consultant yet. The coordinator chooses one.")]
    if practice.stopped_on is not None and practice.stopped_on <= today:
        return [_("This practice stopped with the programme.")]
    return []


def slot_problems(practice: Practice, slot: Slot, busy: Sequence[Busy], today: date) -> list[str]:
    stopped_on = practice.stopped_on
    if slot.day <= today:
        return [_("Choose a day after today.")]
    if stopped_on is not None and slot.day >= stopped_on:
        stop = {"date": date_format(stopped_on)}
        return [_("The practice stops on %(date)s. Choose a day before that.") % stop]
    if slot.day > today + FARTHEST:
        return [_("Choose a day within a year and a half.")]
    return [_clash_words(one) for one in busy if one.clashes(slot)]


def _clash_words(busy: Busy) -> str:
    when = date_format(busy.day)
    if busy.starts_at is not None:
        when = f"{when} {time_format(busy.starts_at, 'H.i')}"
    return _("The consultant has something else then: %(what)s, %(when)s.") % {
        "what": busy.what,
        "when": when,
    }


def busy_of(consultant: User, first: date, last: date, *, but: int | None = None) -> list[Busy]:
    """What stands in her agenda: visits, sessions she accompanies and those she is enrolled for.
    Three queries; `but` is the appointment that is about to move."""
    visits = VisitAppointment.objects.open().by(consultant).between(first, last)
    if but is not None:
        visits = visits.exclude(pk=but)
    found = [
        Busy(
            one.held_on,
            one.starts_at,
            one.ends_at,
            visit=True,
            what=one.practice.name,
            appointment=one.pk,
        )
        for one in visits.select_related("practice")
    ]
    mine = Q(facilitator=consultant)
    if consultant.person_id is not None:
        own = Enrolment.objects.live().filter(person=consultant.person_id).values("session")
        mine |= Q(pk__in=own)
    sessions = Session.objects.filter(mine, cancelled_at=None, held_on__range=(first, last))
    return found + [
        Busy(one.held_on, one.starts_at, one.ends_at, what=one.title) for one in sessions
    ]
