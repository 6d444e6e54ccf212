"""What is held here on a person: own time-outs, and who said what a practice uses."""

from typing import Any

from interventions.models import ConsultationSchedule, TimeOut
from practices.models import Person, User
from practices.rights.people import rows


def held_on_person(person: Person | None, account: User | None) -> dict[str, Any]:
    said = ConsultationSchedule.objects.filter(said_by=account) if account else None
    noted = TimeOut.objects.filter(person=person) if person else None
    held: dict[str, Any] = {}
    if said is not None:
        held["schedules"] = rows(said, "practice__name", "pattern", "said_at", "on_behalf")
    if noted is not None:
        names = ("held_on", "kind", "specialism", "step", "outcome", "learned", "noted_at")
        held["time_outs"] = rows(noted, "practice__name", *names)
    return held
