"""Speed dates at a session: who is there, what they tell and wish, and who sits with whom."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from monitoring.kitchen.rounds import Guest, Round, make_rounds
from monitoring.models import KitchenOffer, SpeedDateGuest, SpeedDates, SpeedDateSeat
from practices.audit import record
from practices.models import Person, User
from practices.states import AuditAction
from training.attendance.roll import Line, roll
from training.models import Session
from training.states import SessionKind

HELD_AT = frozenset({SessionKind.INFORMATION, SessionKind.QUESTION_HOUR})
"""Meetings of practices with each other; a course and intervision have a programme of their own."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """`tells`: what they said, else what their practice (key `place`) offers to show."""

    person: Person
    place: int | None
    practice: str
    tells: frozenset[str]
    wishes: frozenset[str]
    absent: bool
    said: bool


@dataclass(frozen=True, slots=True)
class Seated:
    """`tables` in the order of their numbers."""

    number: int
    tables: tuple[tuple[Somebody, ...], ...]


def everybody(session: Session) -> list[Somebody]:
    """Who has a place or was put down as there, by name."""
    lines = [line for line in roll(session) if line.present is not False]
    told = {one.person_id: one for one in SpeedDateGuest.objects.filter(session=session)}
    shown = _shown_by({line.place for line in lines if line.place}, session.held_on)
    return [
        Somebody(
            person=line.person,
            place=line.place,
            practice=line.practice,
            tells=frozenset(said.tells) if said and said.tells else _of(line, shown),
            wishes=frozenset(said.wishes) if said else frozenset(),
            absent=bool(said and said.absent),
            said=bool(said and (said.tells or said.wishes)),
        )
        for line in lines
        for said in [told.get(line.person.pk)]
    ]


def seated(dates: SpeedDates, people: Iterable[Somebody]) -> list[Seated]:
    """The rounds as they were made; who left the list since then keeps their seat out of sight."""
    known = {one.person.pk: one for one in people}
    rounds: dict[int, dict[int, list[Somebody]]] = defaultdict(lambda: defaultdict(list))
    for seat in dates.seats.all():
        if seat.person_id in known:
            rounds[seat.round][seat.table].append(known[seat.person_id])
    return [
        Seated(number, tuple(tuple(tables[table]) for table in sorted(tables)))
        for number, tables in sorted(rounds.items())
    ]


def overtaken(rounds: Sequence[Seated], people: Iterable[Somebody]) -> bool:
    """Somebody came or left since the rounds were made, so that one sits alone or has no seat."""
    if not rounds:
        return False
    sitting = {one.person.pk for table in rounds[-1].tables for one in table}
    expected = {one.person.pk for one in people if not one.absent}
    return sitting != expected or any(len(table) < 2 for table in rounds[-1].tables)


@transaction.atomic
def say_wishes(
    *,
    session: Session,
    person: Person,
    tells: Collection[str],
    wishes: Collection[str],
    actor: User,
) -> SpeedDateGuest:
    """Keys of subjects."""
    made, _new = SpeedDateGuest.objects.update_or_create(
        session=session,
        person=person,
        defaults={"tells": sorted(tells), "wishes": sorted(wishes)},
    )
    record(actor=actor, action=AuditAction.CHANGE, obj=made)
    return made


@transaction.atomic
def make_dates(
    *,
    session: Session,
    rounds: int,
    minutes: int,
    absent: Collection[int],
    keep: int,
    actor: User,
) -> SpeedDates:
    """Anew from round `keep` + 1 on, without the `absent` (ids of people). The rounds kept stand
    as they were held, with who went home since."""
    Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    dates, _new = SpeedDates.objects.update_or_create(
        session=session, defaults={"rounds": rounds, "minutes": minutes, "made_by": actor}
    )
    _set_absent(session, absent)
    dates.seats.filter(round__gt=keep).delete()
    held = _held(dates)
    people = [one for one in everybody(session) if not one.absent]
    more = make_rounds(guests(people), max(rounds - len(held), 0), held)
    for number, one in enumerate(more, len(held) + 1):
        SpeedDateSeat.objects.bulk_create(
            SpeedDateSeat(dates=dates, person_id=key, round=number, table=table)
            for table, keys in enumerate(one, 1)
            for key in keys
        )
    record(actor=actor, action=AuditAction.CHANGE, obj=dates, rounds=len(more), people=len(people))
    return dates


def guests(people: Iterable[Somebody]) -> list[Guest]:
    """Who works nowhere is nobody's colleague."""
    return [
        Guest(one.person.pk, one.place or -one.person.pk, one.tells, one.wishes) for one in people
    ]


def _held(dates: SpeedDates) -> list[Round]:
    tables: dict[tuple[int, int], list[int]] = defaultdict(list)
    for seat in dates.seats.all():
        tables[seat.round, seat.table].append(seat.person_id)
    numbers = sorted({number for number, _table in tables})
    return [
        tuple(tuple(keys) for (of, _table), keys in sorted(tables.items()) if of == number)
        for number in numbers
    ]


def _set_absent(session: Session, absent: Collection[int]) -> None:
    known = SpeedDateGuest.objects.filter(session=session)
    known.exclude(person__in=absent).update(absent=False)
    for person in Person.objects.filter(pk__in=absent):
        SpeedDateGuest.objects.update_or_create(
            session=session, person=person, defaults={"absent": True}
        )


def _shown_by(practices: set[int], day: date) -> dict[int, set[str]]:
    """By practice the subjects of its offers on that day."""
    found = KitchenOffer.objects.on(day).filter(practice__in=practices)
    shown: dict[int, set[str]] = defaultdict(set)
    for practice, subject in found.order_by().values_list("practice", "subject"):
        shown[practice].add(subject)
    return shown


def _of(line: Line, shown: Mapping[int, set[str]]) -> frozenset[str]:
    return frozenset(shown.get(line.place or 0, ()))
