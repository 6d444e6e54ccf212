"""The list with which attendance is registered at the accreditation bodies."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mtvp.documents.model import Column, Document, Kind, Mark, Table, Value
from practices.models import Employment
from practices.states import StaffRole
from training.models import Attendance, Session


@dataclass(frozen=True, slots=True)
class Registration:
    """Somebody who was there; `number` is '' when it is not known."""

    number: str
    name: str
    roles: str


def registrations(session: Session) -> list[Registration]:
    """Who was there, by name, with what they did that day. Two queries."""
    there = Attendance.objects.filter(session=session, present=True).select_related("person")
    people = {one.person_id: one.person for one in there}
    roles: dict[int, dict[str, None]] = {}
    serving = Employment.objects.in_service(session.held_on).filter(person__in=people)
    for person_id, role in serving.order_by("role").values_list("person_id", "role"):
        roles.setdefault(person_id, {})[str(StaffRole(role).label)] = None
    found = [
        Registration(person.registration, person.name, ", ".join(roles.get(key, {})))
        for key, person in people.items()
    ]
    return sorted(found, key=lambda one: one.name.casefold())


def accreditation_table(session: Session) -> Table:
    """One row per person, in the columns that the bodies ask for."""
    course = session.course
    points: Value = Mark.NO_FIGURE
    if course is not None and course.accreditation_points is not None:
        points = course.accreditation_points
    columns = (
        Column(_("BIG or KABIZ number")),
        Column(_("Name")),
        Column(_("Role")),
        Column(_("Training")),
        Column(_("Date"), Kind.DATE),
        Column(_("Accreditation body")),
        Column(_("Points"), Kind.DECIMAL, 1),
    )
    rows = tuple(
        (
            one.number,
            one.name,
            one.roles,
            session.title,
            session.held_on,
            course.accreditation_body if course else "",
            points,
        )
        for one in registrations(session)
    )
    return Table(_("For accreditation"), columns, rows)


def accreditation_document(session: Session, *, made_on: date) -> Document:
    return Document(
        title=_("For accreditation"),
        subtitle=session.title,
        language=get_language() or "nl",
        author=_("More time for the patient"),
        created_on=made_on,
        details=(),
        blocks=(accreditation_table(session),),
        footer=session.title,
    )
