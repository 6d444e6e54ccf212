"""Flat makers of rows: what a test does not name is ordinary."""

import itertools
from datetime import date

from practices.models import Cohort, Employment, Insurer, Person, Practice, RegionRole, User
from practices.states import StaffRole

_number = itertools.count(1)

PASSWORD = "een-goed-lang-wachtwoord"


def cohort(**fields: object) -> Cohort:
    number = next(_number)
    start = fields.pop("start_on", date(2023, 4, 1))
    return Cohort.objects.create(
        **{
            "number": number,
            "name": f"Lichting {number}",
            "information_meeting_on": date(2023, 3, 6),
            "enrol_before": date(2023, 3, 20),
            "request_before": date(2023, 4, 1),
            "start_on": start,
        }
        | fields
    )


def practice(**fields: object) -> Practice:
    number = next(_number)
    return Practice.objects.create(
        **{
            "code": f"{1_000_000 + number:08d}",
            "slug": f"praktijk-{number}",
            "name": f"Praktijk {number}",
            "city": "Tilburg",
        }
        | {"cohort": fields.pop("cohort", None) or cohort()}
        | fields
    )


def person(**fields: object) -> Person:
    number = next(_number)
    return Person.objects.create(**{"reference": f"p{number}", "name": f"Mens {number}"} | fields)


def employment(**fields: object) -> Employment:
    return Employment.objects.create(
        **{"role": StaffRole.GP_OWNER, "started_on": date(2020, 1, 1)}
        | {"person": fields.pop("person", None) or person()}
        | {"practice": fields.pop("practice", None) or practice()}
        | fields
    )


def user(**fields: object) -> User:
    number = next(_number)
    return User.objects.create_user(
        **{"email": f"u{number}@voorbeeld.example", "password": PASSWORD} | fields
    )


def staff_user(practice: Practice, role: str = StaffRole.GP_OWNER, **fields: object) -> User:
    """Somebody in service in this practice, with an account."""
    someone = employment(practice=practice, role=role).person
    return user(person=someone, name=someone.name, **fields)


def region_user(role: str, insurer: Insurer | None = None, **fields: object) -> User:
    someone = user(**fields)
    RegionRole.objects.create(user=someone, role=role, insurer=insurer)
    return someone


def insurer(name: str = "CZ") -> Insurer:
    return Insurer.objects.get_or_create(name=name)[0]
