"""How long the menu, sessions and attendance are kept, and what is held on a person."""

from typing import Any

from practices.models import Person, User
from practices.retention import Rule, Whose
from practices.rights.people import rows
from training.models import Attendance, Session

PROGRAMME = "as long as the region accounts for the programme"

RULES = (
    Rule(
        "training.Course",
        Whose.NOBODY,
        PROGRAMME,
        harmless=("title", "description"),
    ),
    Rule(
        "training.Session",
        Whose.STAFF,
        f"{PROGRAMME}; nameless once the account is",
        personal=("facilitator",),
        harmless=("reference", "title", "place"),
    ),
    Rule(
        "training.Attendance",
        Whose.STAFF,
        f"{PROGRAMME}; nameless once the person is",
        personal=("person",),
    ),
)


def held_on_person(person: Person | None, account: User | None) -> dict[str, Any]:
    attended = Attendance.objects.filter(person=person) if person else Attendance.objects.none()
    led = Session.objects.filter(facilitator=account) if account else Session.objects.none()
    return {
        "attendance": rows(attended, "session__title", "session__held_on", "present"),
        "sessions_led": rows(led, "title", "held_on"),
    }
