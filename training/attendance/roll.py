"""The list of a session: who is expected, who was there, who put that down."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from practices.drafts.exchange import Held
from practices.models import Employment, Person
from training.models import Attendance, AttendanceMark, Enrolment, Session, WalkIn

PRESENT, ABSENT, UNKNOWN = "present", "absent", ""
WORDS = {True: PRESENT, False: ABSENT, None: UNKNOWN}
VALUES = {PRESENT: True, ABSENT: False, UNKNOWN: None}

Place = tuple[int | None, str]
"""The key of a practice and its name; None and '' for who serves nowhere."""


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list; `version` is that of the last mark, '' before there is one. `place`
    is the key of the practice that is named: two may have one name."""

    person: Person
    place: int | None
    practice: str
    present: bool | None
    expected: bool
    version: str = ""
    by: str = ""
    at: datetime | None = None

    @property
    def field(self) -> str:
        return field_of(self.person)

    @property
    def value(self) -> str:
        return WORDS[self.present]

    @property
    def held(self) -> Held:
        return Held(self.field, self.value, self.version, self.by, self.at)


def field_of(person: Person) -> str:
    return f"p{person.pk}"


def roll(session: Session) -> list[Line]:
    """Who has a place and who was put down, by name. Five queries, however long the list."""
    enrolled = {
        one.person_id: one
        for one in Enrolment.objects.confirmed()
        .filter(session=session)
        .select_related("person", "practice")
    }
    present = dict(
        Attendance.objects.filter(session=session).order_by().values_list("person", "present")
    )
    marks = _last_marks(session)
    unexpected = {*present, *marks} - set(enrolled)
    people = {key: one.person for key, one in enrolled.items()}
    people |= Person.objects.in_bulk(unexpected)
    places = _practices(unexpected, session) | {
        key: (one.practice.pk, one.practice.name) for key, one in enrolled.items()
    }
    nowhere = (None, "")
    lines = (
        _line(person, places.get(key, nowhere), present.get(key), key in enrolled, marks.get(key))
        for key, person in people.items()
        if key in enrolled or key in present
    )
    return sorted(lines, key=lambda line: (line.person.name.casefold(), line.person.pk))


def held(session: Session) -> Iterator[Held]:
    """All that a device may want to know of the list."""
    yield from (line.held for line in roll(session))
    for one in unknown_people(session):
        value = json.dumps({"name": one.name})
        yield Held(one.field, value, one.change, str(one.noted_by or ""), one.noted_at)


def unknown_people(session: Session) -> Iterable[WalkIn]:
    """Names that were noted and are nobody's yet."""
    return WalkIn.objects.filter(
        session=session, withdrawn_at__isnull=True, person__isnull=True
    ).select_related("noted_by__person")


def last_mark(session: Session, person: Person) -> AttendanceMark | None:
    return AttendanceMark.objects.filter(session=session, person=person).last()


def _last_marks(session: Session) -> dict[int, AttendanceMark]:
    marks = AttendanceMark.objects.filter(session=session).select_related("marked_by__person")
    return {mark.person_id: mark for mark in marks}


def _practices(people: Iterable[int], session: Session) -> dict[int, Place]:
    """Where somebody served that day; the first by name of several."""
    serving = Employment.objects.in_service(session.held_on).filter(person__in=people)
    found = serving.order_by("-practice__name", "-practice")
    rows = found.values_list("person", "practice", "practice__name")
    return {person: (practice, name) for person, practice, name in rows}


def _line(
    person: Person,
    place: Place,
    present: bool | None,
    expected: bool,
    mark: AttendanceMark | None,
) -> Line:
    if mark is None:
        return Line(person, *place, present, expected)
    by = str(mark.marked_by or "")
    return Line(person, *place, present, expected, mark.change, by, mark.marked_at)
