"""What training costs each practice: practices bear the cost of taking part [1].

A place that was given out is paid for, used or not; who came without a place is paid for by the
practice where they had served longest that day. A place given up too late is counted and not
charged. A session that was cancelled costs nothing. docs/decisions/0086
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from practices.models import Employment, Practice
from training.models import Attendance, Enrolment, Session
from training.states import EnrolmentState

QUARTERS = (1, 2, 3, 4)


@dataclass(slots=True)
class Line:
    """One session for one practice. `price` per person is None where none is known."""

    practice: Practice
    session: Session
    price: Decimal | None
    charged: set[int] = field(default_factory=set)
    attended: set[int] = field(default_factory=set)
    late: set[int] = field(default_factory=set)

    @property
    def quarter(self) -> int:
        return (self.session.held_on.month - 1) // 3 + 1

    @property
    def amount(self) -> Decimal | None:
        return None if self.price is None else self.price * len(self.charged)


Lines = dict[tuple[int, int], Line]
"""By practice and session."""
Place = tuple[int, int]
"""Session and person."""


@dataclass(frozen=True, slots=True)
class PracticeCosts:
    """The amounts of one practice by quarter; `unknown` people took part at no known price."""

    practice: Practice
    quarters: tuple[Decimal, ...]
    unknown: int

    @property
    def total(self) -> Decimal:
        return sum(self.quarters, Decimal())


def cost_lines(year: int, *, today: date, practice: Practice | None = None) -> list[Line]:
    """By practice and date; sessions up to and including today. Four queries, whatever the year
    holds."""
    held = {one.pk: one for one in _held(year, today)}
    lines: Lines = {}
    places = _places(held, lines)
    there = _attended(held)
    guests = [one for one in there if one not in places]
    serving = _serving({person_id for _session_id, person_id in guests})
    for session_id, person_id in guests:
        session = held[session_id]
        longest = _longest(serving.get(person_id, ()), session.held_on)
        if longest is not None:
            places[session_id, person_id] = _line(lines, longest, session)
            places[session_id, person_id].charged.add(person_id)
    for one in there:
        if one in places:
            places[one].attended.add(one[1])
    found = [one for one in lines.values() if practice is None or one.practice == practice]
    return sorted(found, key=lambda one: (one.practice.name, one.practice.pk, *_moment(one)))


def costs_by_practice(lines: Iterable[Line]) -> list[PracticeCosts]:
    """In the order of the lines."""
    by_practice: dict[Practice, list[Line]] = {}
    for one in lines:
        by_practice.setdefault(one.practice, []).append(one)
    return [_costs(practice, own) for practice, own in by_practice.items()]


def _costs(practice: Practice, lines: list[Line]) -> PracticeCosts:
    quarters = tuple(
        sum((one.amount or Decimal() for one in lines if one.quarter == quarter), Decimal())
        for quarter in QUARTERS
    )
    unknown = sum(len(one.charged) for one in lines if one.price is None)
    return PracticeCosts(practice, quarters, unknown)


def _places(held: Mapping[int, Session], lines: Lines) -> dict[Place, Line]:
    """Who had a place, on whose account; those who cancelled late are only counted."""
    places = {}
    for one in _enrolments(held):
        line = _line(lines, one.practice, held[one.session_id])
        if one.state == EnrolmentState.CONFIRMED:
            line.charged.add(one.person_id)
            places[one.session_id, one.person_id] = line
        else:
            line.late.add(one.person_id)
    return places


def _line(lines: Lines, practice: Practice, session: Session) -> Line:
    key = (practice.pk, session.pk)
    if key not in lines:
        lines[key] = Line(practice, session, session.price)
    return lines[key]


def _held(year: int, today: date) -> Iterator[Session]:
    yield from Session.objects.filter(held_on__year=year, held_on__lte=today, cancelled_at=None)


def _enrolments(held: Collection[int]) -> Iterator[Enrolment]:
    states = (EnrolmentState.CONFIRMED, EnrolmentState.LATE_CANCELLED)
    yield from Enrolment.objects.filter(session__in=held, state__in=states).select_related(
        "practice"
    )


def _attended(held: Collection[int]) -> list[Place]:
    there = Attendance.objects.filter(session__in=held, present=True).order_by("pk")
    return list(there.values_list("session", "person"))


def _serving(people: Collection[int]) -> dict[int, list[Employment]]:
    found: dict[int, list[Employment]] = {}
    spells = Employment.objects.filter(person__in=people).select_related("practice")
    for spell in spells.order_by("started_on", "practice__name", "pk"):
        found.setdefault(spell.person_id, []).append(spell)
    return found


def _longest(spells: Iterable[Employment], day: date) -> Practice | None:
    """Of the spells that cover the day (the earliest stands first) the practice of the first."""
    covering = (
        one
        for one in spells
        if one.started_on <= day and (one.ended_on is None or one.ended_on >= day)
    )
    first = next(covering, None)
    return first.practice if first else None


def _moment(line: Line) -> tuple[date, str, int]:
    return line.session.held_on, str(line.session.starts_at or ""), line.session.pk
