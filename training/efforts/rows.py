"""All training that people of practices followed: attended here, and accepted from elsewhere.

As with the norms, it is of the practices where somebody served on the day; who has left since
stays in it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from practices.models import Employment, Person, Practice
from practices.states import StaffRole
from training.models import Attendance, Session, TrainingClaim
from training.states import COUNTS_FOR


@dataclass(frozen=True, slots=True)
class Effort:
    """One training of one person for one practice. `kind` is that of the norm it is for, '' for
    none; hours and points are None when nobody put them down."""

    practice: Practice
    person: Person
    roles: str
    left: bool
    title: str
    day: date
    kind: str
    hours: Decimal | None
    points: Decimal | None
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class Followed:
    """The same, before it is known for which practices."""

    person: Person
    title: str
    day: date
    kind: str
    hours: Decimal | None
    points: Decimal | None
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class PracticeEfforts:
    """`people` by kind count everybody once; `elsewhere` counts trainings."""

    practice: Practice
    people: dict[str, int]
    trainings: int
    elsewhere: int
    hours: Decimal
    points: Decimal


def efforts(year: int, *, today: date, practice: Practice | None = None) -> list[Effort]:
    """Of a calendar year, by practice, name and day. Three queries, whatever the year holds."""
    people = Employment.objects.filter(practice=practice).values("person") if practice else None
    followed = [*_attended(year, people), *_claimed(year, people)]
    spells = _spells({one.person.pk for one in followed}, practice)
    found = [
        effort for one in followed for effort in _by_practice(one, spells[one.person.pk], today)
    ]
    return sorted(found, key=_order)


def by_practice(found: Iterable[Effort]) -> list[PracticeEfforts]:
    """In the order of the rows."""
    rows: defaultdict[Practice, list[Effort]] = defaultdict(list)
    for one in found:
        rows[one.practice].append(one)
    return [_summary(practice, own) for practice, own in rows.items()]


def _summary(practice: Practice, own: list[Effort]) -> PracticeEfforts:
    people = {
        str(kind): len({one.person.pk for one in own if one.kind == kind}) for kind in COUNTS_FOR
    }
    return PracticeEfforts(
        practice=practice,
        people=people,
        trainings=len(own),
        elsewhere=sum(one.elsewhere for one in own),
        hours=sum((one.hours or Decimal() for one in own), Decimal()),
        points=sum((one.points or Decimal() for one in own), Decimal()),
    )


def _order(one: Effort) -> tuple[str, int, str, int, date, str]:
    practice, person = one.practice, one.person
    return practice.name, practice.pk, person.name, person.pk, one.day, one.title


def _attended(year: int, people: object) -> Iterable[Followed]:
    there = Attendance.objects.filter(
        present=True, session__held_on__year=year, session__kind__in=COUNTS_FOR
    ).select_related("person", "session__course")
    for one in there if people is None else there.filter(person__in=people):
        session = one.session
        points = session.course.accreditation_points if session.course else None
        yield Followed(
            one.person, session.title, session.held_on, session.kind, _hours(session), points, False
        )


def _claimed(year: int, people: object) -> Iterable[Followed]:
    """What was attended here that day for the same norm is not shown twice."""
    claims = TrainingClaim.objects.accepted().filter(followed_on__year=year).counted_once()
    found = claims.select_related("person")
    for one in found if people is None else found.filter(person__in=people):
        yield Followed(
            one.person, one.title, one.followed_on, one.counts_for, one.hours, one.points, True
        )


def _hours(session: Session) -> Decimal | None:
    if session.starts_at is None or session.ends_at is None:
        return None
    day = session.held_on
    lasted = datetime.combine(day, session.ends_at) - datetime.combine(day, session.starts_at)
    return round(Decimal(lasted.total_seconds()) / 3600, 1)


def _spells(
    people: Collection[int], practice: Practice | None
) -> defaultdict[int, list[Employment]]:
    found: defaultdict[int, list[Employment]] = defaultdict(list)
    spells = Employment.objects.filter(person__in=people).select_related("practice")
    if practice is not None:
        spells = spells.filter(practice=practice)
    for spell in spells.order_by("started_on", "pk"):
        found[spell.person_id].append(spell)
    return found


def _by_practice(one: Followed, spells: list[Employment], today: date) -> Iterable[Effort]:
    """Once per practice where the person served that day, with all roles there."""
    serving: defaultdict[Practice, dict[str, None]] = defaultdict(dict)
    for spell in spells:
        if _covers(spell, one.day):
            serving[spell.practice][str(StaffRole(spell.role).label)] = None
    still = {spell.practice_id for spell in spells if _covers(spell, today)}
    for practice, roles in serving.items():
        yield Effort(
            practice=practice,
            person=one.person,
            roles=", ".join(roles),
            left=practice.pk not in still,
            title=one.title,
            day=one.day,
            kind=one.kind,
            hours=one.hours,
            points=one.points,
            elsewhere=one.elsewhere,
        )


def _covers(spell: Employment, day: date) -> bool:
    return spell.started_on <= day and (spell.ended_on is None or spell.ended_on >= day)
