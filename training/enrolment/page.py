"""What the page of a session says to a practice: who is in, who may, and what it would count."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from practices.facts import programme_calendar
from practices.models import Employment, Person, Practice
from training.enrolment.places import Places, places_of
from training.enrolment.rules import Problem, Reason, person_problems, session_problems
from training.facts import Prospect, prospects
from training.models import Enrolment, Session
from training.states import COUNTS_FOR, EnrolmentState, SessionKind


@dataclass(frozen=True, slots=True)
class Colleague:
    """`place` is one's place in the queue, None with a place or without an enrolment."""

    person: Person
    roles: str
    counts: str
    wanted: bool
    problems: Sequence[Problem]
    enrolment: Enrolment | None
    place: int | None

    @property
    def has_place(self) -> bool:
        return self.enrolment is not None and self.enrolment.state == EnrolmentState.CONFIRMED

    @property
    def meant(self) -> bool:
        """Whether the session is for somebody with this role, or has this person anyway."""
        outside = any(problem.reason == Reason.ROLE for problem in self.problems)
        return self.enrolment is not None or not outside

    @property
    def may_enrol(self) -> bool:
        return self.enrolment is None and not self.problems


@dataclass(frozen=True, slots=True)
class SessionPage:
    session: Session
    places: Places
    problems: Sequence[Problem]
    colleagues: Sequence[Colleague]

    @property
    def open(self) -> bool:
        return not self.problems

    @property
    def has_place(self) -> bool:
        return any(one.has_place for one in self.colleagues)

    @property
    def meant(self) -> list[Colleague]:
        return [one for one in self.colleagues if one.meant]

    @property
    def others(self) -> list[Colleague]:
        """Colleagues for whom the session is not."""
        return [one for one in self.colleagues if not one.meant]

    @property
    def choosable(self) -> list[Colleague]:
        return [one for one in self.colleagues if one.may_enrol] if self.open else []

    def of(self, person: Person | None) -> Colleague | None:
        return next((one for one in self.colleagues if one.person == person), None)


def session_page(session: Session, practice: Practice, now: datetime) -> SessionPage:
    """Everybody who works in the practice on the day: whom the session is meant for and whom it
    counts for come first. The number of queries does not depend on the number of people."""
    people, roles = _serving(session, practice)
    problems = person_problems(session, people, practice)
    enrolled = {one.person_id: one for one in session.enrolments.live().of_practice(practice)}
    queue = list(session.enrolments.queue().values_list("person_id", flat=True))
    found = _prospects(session, practice, now)
    colleagues = [
        Colleague(
            person=person,
            roles=", ".join(roles[person.pk]),
            counts=_counts(session, found.get(person.pk)),
            wanted=_wanted(found.get(person.pk)),
            problems=problems[person.pk],
            enrolment=enrolled.get(person.pk),
            place=queue.index(person.pk) + 1 if person.pk in queue else None,
        )
        for person in people
    ]
    colleagues.sort(key=lambda one: (one.enrolment is None, bool(one.problems), not one.wanted))
    return SessionPage(session, places_of(session), session_problems(session, now), colleagues)


def _serving(session: Session, practice: Practice) -> tuple[list[Person], dict[int, list[str]]]:
    """Who works here on the day, by name, and as what."""
    people: dict[int, Person] = {}
    roles: defaultdict[int, list[str]] = defaultdict(list)
    for spell in Employment.objects.in_service(session.held_on).of_team(practice):
        people[spell.person_id] = spell.person
        roles[spell.person_id].append(spell.get_role_display())
    return list(people.values()), roles


def _prospects(session: Session, practice: Practice, now: datetime) -> dict[int, Prospect]:
    if SessionKind(session.kind) not in COUNTS_FOR:
        return {}
    calendar = programme_calendar(session.held_on, [practice.pk])
    return prospects(calendar, session.pk, timezone.localdate(now))


def _wanted(prospect: Prospect | None) -> bool:
    return prospect is not None and prospect.attended + prospect.planned < prospect.needed


def _counts(session: Session, prospect: Prospect | None) -> str:
    if SessionKind(session.kind) not in COUNTS_FOR:
        return ""
    if prospect is None:
        return _("counts for no norm")
    numbers = {"turn": prospect.attended + prospect.planned + 1, "needed": prospect.needed}
    if prospect.attended >= prospect.needed:
        return _("is done: %(needed)s of %(needed)s times") % numbers
    if prospect.attended + prospect.planned >= prospect.needed:
        return _("is enrolled often enough already")
    return _("counts: %(turn)s of %(needed)s times") % numbers
