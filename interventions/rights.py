"""What is held here on a person: who said what a practice uses."""

from typing import Any

from interventions.models import ConsultationSchedule
from practices.models import Person, User
from practices.rights.people import rows


def held_on_person(person: Person | None, account: User | None) -> dict[str, Any]:
    if account is None:
        return {}
    found = ConsultationSchedule.objects.filter(said_by=account)
    return {"schedules": rows(found, "practice__name", "pattern", "said_at", "on_behalf")}
