"""Whether somebody may enrol, with the reasons why not. Page and service ask the same."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practices.models import Employment, Person, Practice
from training.models import Attendance, Enrolment, Session
from training.states import EnrolmentState


class Reason(StrEnum):
    CANCELLED = "cancelled"
    OVER = "over"
    CLOSED = "closed"
    NOT_IN_SERVICE = "not_in_service"
    OTHER_PRACTICE = "other_practice"
    ROLE = "role"
    ENROLLED = "enrolled"
    OVERLAP = "overlap"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Problem:
    reason: Reason
    text: str


def can_enrol(
    session: Session, person: Person, *, practice: Practice, now: datetime
) -> list[Problem]:
    """Why this person of this practice may not enrol; empty when nothing is in the way. A full
    session is no problem: there is the queue."""
    return [
        *session_problems(session, now),
        *person_problems(session, [person], practice)[person.pk],
    ]


def session_problems(session: Session, now: datetime) -> list[Problem]:
    """What keeps everybody out; asks the database nothing."""
    if session.cancelled_at is not None:
        return [Problem(Reason.CANCELLED, _("This session has been cancelled."))]
    if now >= session.begins:
        return [Problem(Reason.OVER, _("This session has begun or is over."))]
    if session.enrol_until is not None and timezone.localdate(now) > session.enrol_until:
        until = date_format(session.enrol_until)
        text = _("Enrolling was possible until %(date)s. Choose another date.") % {"date": until}
        return [Problem(Reason.CLOSED, text)]
    return []


def person_problems(
    session: Session, people: Collection[Person], practice: Practice
) -> dict[int, list[Problem]]:
    """By person; the number of queries does not depend on the number of people."""
    found: dict[int, list[Problem]] = {person.pk: [] for person in people}
    if session.only_for_id not in (None, practice.pk):
        text = _("Another practice asked for this session.")
        return {pk: [Problem(Reason.OTHER_PRACTICE, text)] for pk in found}
    _role(session, practice, found)
    _other_enrolments(session, found)
    if session.course_id is not None:
        _done_before(session, found)
    return found


def _role(session: Session, practice: Practice, found: dict[int, list[Problem]]) -> None:
    roles: defaultdict[int, set[str]] = defaultdict(set)
    serving = Employment.objects.in_service(session.held_on).filter(
        practice=practice, person__in=found
    )
    for person_id, role in serving.order_by().values_list("person_id", "role"):
        roles[person_id].add(role)
    for person_id, problems in found.items():
        if not roles[person_id]:
            text = _("Does not work in this practice on that day.")
            problems.append(Problem(Reason.NOT_IN_SERVICE, text))
        elif not roles[person_id] & session.meant_for:
            names = ", ".join(sorted(str(role.label) for role in session.meant_for))
            text = _("This session is meant for: %(roles)s.") % {"roles": names}
            problems.append(Problem(Reason.ROLE, text))


def _other_enrolments(session: Session, found: dict[int, list[Problem]]) -> None:
    for other in _live_on_the_day(session, found):
        if other.session_id == session.pk:
            problem = Problem(Reason.ENROLLED, _already(other))
        elif other.session.overlaps(session):
            text = _("Is enrolled for %(title)s at the same time.") % {"title": other.session.title}
            problem = Problem(Reason.OVERLAP, text)
        else:
            continue
        found[other.person_id].append(problem)


def _live_on_the_day(session: Session, people: Iterable[int]) -> Iterable[Enrolment]:
    return (
        Enrolment.objects.live()
        .filter(
            person__in=people, session__held_on=session.held_on, session__cancelled_at__isnull=True
        )
        .select_related("session")
        .order_by("pk")
    )


def _already(enrolment: Enrolment) -> str:
    if enrolment.state == EnrolmentState.WAITING:
        return _("Is on the waiting list already.")
    return _("Has a place already.")


def _done_before(session: Session, found: dict[int, list[Problem]]) -> None:
    attended = Attendance.objects.filter(
        person__in=found, present=True, session__course=session.course_id
    )
    days = attended.order_by("session__held_on").values_list("person_id", "session__held_on")
    for person_id, day in dict(days).items():
        text = _("Followed this course already, on %(date)s.") % {"date": date_format(day)}
        found[person_id].append(Problem(Reason.DONE, text))
