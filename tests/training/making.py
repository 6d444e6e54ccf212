"""Sessions and people for the tests of training."""

import itertools
from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from practices.models import Person, Practice, User
from practices.states import RegionRoleName, StaffRole
from tests import factories
from training.enrolment import services
from training.models import Enrolment, Session
from training.states import SessionKind

_number = itertools.count(1)


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def session(**fields: Any) -> Session:
    """An evening of intervision in a month, with two places."""
    return Session.objects.create(
        **{
            "reference": f"bijeenkomst-{next(_number)}",
            "kind": SessionKind.INTERVISION,
            "title": "Intervisie: verwijzen",
            "held_on": in_days(30),
            "starts_at": time(19, 30),
            "ends_at": time(21, 30),
            "place": "Dorpshuis",
            "city": "Goirle",
            "capacity": 2,
        }
        | fields
    )


def doctors(practice: Practice, number: int) -> list[Person]:
    return [
        factories.employment(practice=practice, role=StaffRole.GP_OWNER).person
        for _one in range(number)
    ]


def enrolled(
    session: Session, *people: Person, practice: Practice | None = None
) -> list[Enrolment]:
    """One after the other, each on the account of the practice where they work."""
    return [
        services.enrol(
            session=session,
            people=[person],
            practice=practice or person.employments.get().practice,
            actor=None,
        )[0]
        for person in people
    ]


def coordinator() -> User:
    return factories.region_user(RegionRoleName.COORDINATOR)


def states(session: Session) -> list[tuple[str, str]]:
    """Name and state by turn."""
    found = session.enrolments.order_by("turn").select_related("person")
    return [(one.person.name, str(one.state)) for one in found]
