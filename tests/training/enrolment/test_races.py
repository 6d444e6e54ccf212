"""Many at once, on real PostgreSQL: never too many, nobody lost, the queue in order."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from threading import Event

import pytest
from django.db import IntegrityError, connection, connections
from django.db.models import Max, Min

from practices.models import Person, Practice
from tests import factories
from tests.training import making
from training.enrolment import services
from training.enrolment.places import Places, places_of
from training.enrolment.rules import Reason
from training.models import Enrolment, Session
from training.states import EnrolmentState

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 20
OPERATIONS = 200
CONFIRMED, WAITING = EnrolmentState.CONFIRMED, EnrolmentState.WAITING


@pytest.fixture
def practice() -> Practice:
    return factories.practice()


def at_once(work: list[Callable[[], object]]) -> list[object]:
    """Run all of it over the threads; a failure of one is a result, connections are closed."""

    def run(one: Callable[[], object]) -> object:
        try:
            return one()
        except (services.EnrolmentRefusedError, services.NotPossibleError) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, work))


def enrol(session: Session, person: Person, practice: Practice) -> object:
    return services.enrol(session=session, people=[person], practice=practice, actor=None)[0]


def end(session: Session, person: Person) -> object:
    found = Enrolment.objects.live().filter(session=session, person=person).first()
    return services.cancel(enrolment=found, actor=None) if found else None


def decline(session: Session) -> object:
    """By whoever got a place from the queue, if anybody did by now."""
    found = session.enrolments.confirmed().exclude(promoted_at=None).first()
    return services.decline(enrolment=found) if found else None


def promote(session: Session, actor: object) -> object:
    first = session.enrolments.queue().first()
    return services.promote(enrolment=first, actor=actor) if first else None


def mixed(
    sessions: list[Session], people: list[Person], practice: Practice, actor: object
) -> list[tuple[str, Callable[[], object]]]:
    chance = random.Random(4)
    work = []
    for _number in range(OPERATIONS):
        session, person = chance.choice(sessions), chance.choice(people)
        kind = chance.choices(["enrol", "cancel", "decline", "promote", "places"], [6, 2, 1, 1, 1])
        places = chance.choice([10, 11, 12])
        act = {
            "enrol": lambda s=session, p=person: enrol(s, p, practice),
            "cancel": lambda s=session, p=person: end(s, p),
            "decline": lambda s=session: decline(s),
            "promote": lambda s=session: promote(s, actor),
            "places": lambda s=session, n=places: services.change_capacity(
                session=s, capacity=n, actor=actor
            ),
        }[kind[0]]
        work.append((kind[0], act))
    return work


def test_two_hundred_mixed_changes_of_two_sessions_of_twelve(practice: Practice) -> None:
    sessions = [making.session(capacity=12, held_on=making.in_days(20 + n)) for n in range(2)]
    people, actor = making.doctors(practice, 40), making.coordinator()
    work = mixed(sessions, people, practice, actor)
    with watched(sessions) as most_over:
        results = at_once([act for _kind, act in work])
    assert max(most_over) <= 0 and len(most_over) > 1
    done: dict[str, list[int]] = {kind: [] for kind, _act in work}
    for (kind, _act), result in zip(work, results, strict=True):
        if isinstance(result, Enrolment):
            done[kind].append(result.pk)
    rows = Enrolment.objects.filter(session__in=sessions)
    ended = rows.exclude(ended_at=None).values_list("pk", flat=True)
    assert sorted(rows.values_list("pk", flat=True)) == sorted(done["enrol"])
    assert sorted(ended) == sorted(done["cancel"] + done["decline"])
    assert len(done["enrol"]) > 24 and done["cancel"]
    for session in sessions:
        session.refresh_from_db()
        assert_in_order(session)


@contextmanager
def watched(sessions: list[Session]) -> Iterator[list[int]]:
    """How many people too many had a place, looked at all the while: what somebody else sees."""
    found: list[int] = []
    over = Event()

    def watch() -> None:
        while not over.wait(0.005):
            found.append(max(too_many(sessions)))
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        watcher = pool.submit(watch)
        try:
            yield found
        finally:
            over.set()
        watcher.result()


def too_many(sessions: list[Session]) -> list[int]:
    """People over the places, in one statement: of one moment."""
    rows = Session.objects.filter(pk__in=[one.pk for one in sessions]).with_counts()
    return [row["confirmed"] - row["capacity"] for row in rows.values("confirmed", "capacity")]


def assert_in_order(session: Session) -> None:
    places = places_of(session)
    assert places.limit is not None
    assert places.confirmed <= places.limit <= 12
    assert places.free == 0 or places.waiting == 0
    last = session.enrolments.confirmed().aggregate(turn=Max("turn"))["turn"] or 0
    first = session.enrolments.queue().aggregate(turn=Min("turn"))["turn"]
    assert first is None or last < first
    turns = list(session.enrolments.order_by("turn").values_list("turn", flat=True))
    assert turns == list(range(1, len(turns) + 1))


def test_everybody_who_came_for_twelve_places_has_one_or_waits(practice: Practice) -> None:
    session, people = making.session(capacity=12), making.doctors(practice, 60)
    at_once([lambda p=person: enrol(session, p, practice) for person in people])
    assert Counter(session.enrolments.values_list("state", flat=True)) == {
        CONFIRMED: 12,
        WAITING: 48,
    }
    assert_in_order(session)


def test_one_person_twice_at_once_enrols_once(practice: Practice) -> None:
    session, (person,) = making.session(), making.doctors(practice, 1)
    results = at_once([lambda: enrol(session, person, practice)] * 8)
    refused = [one for one in results if isinstance(one, services.EnrolmentRefusedError)]
    assert session.enrolments.count() == 1
    assert {one.problems[person][0].reason for one in refused} == {Reason.ENROLLED}


def test_one_person_enrols_for_one_of_two_sessions_at_the_same_time(practice: Practice) -> None:
    sessions, (person,) = [making.session() for _n in range(2)], making.doctors(practice, 1)
    at_once([lambda s=session: enrol(s, person, practice) for session in sessions * 4])
    assert Enrolment.objects.live().filter(person=person).count() == 1


def test_moving_both_ways_and_cancelling_at_once_never_stands_still(practice: Practice) -> None:
    one, other = (making.session(held_on=making.in_days(20 + n), capacity=1) for n in range(2))
    actor, people = making.coordinator(), making.doctors(practice, 20)
    making.enrolled(one, *people[:10])
    making.enrolled(other, *people[10:])

    def move(here: Session, there: Session) -> object:
        waiting = list(here.enrolments.queue().select_related("person", "session")[:3])
        return services.move_waiters(enrolments=waiting, to=there, actor=actor)

    work = [lambda: move(one, other), lambda: move(other, one)] * 8
    work += [lambda s=session, p=p: end(s, p) for session in (one, other) for p in people[::5]]
    at_once(work)
    ended = Enrolment.objects.filter(state=EnrolmentState.CANCELLED).values("person")
    live = Enrolment.objects.live().values_list("person_id", flat=True)
    assert sorted(live) == sorted(
        {p.pk for p in people} - set(ended.values_list("person", flat=True))
    )
    for session in (one, other):
        assert places_of(session).confirmed == 1


# The negative control: the same code without its lock.


@pytest.fixture
def without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_locked_people", list)
    monkeypatch.setattr(
        services, "lock_sessions", lambda keys: list(Session.objects.filter(pk__in=keys))
    )


@pytest.fixture
def slow_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    """All count before one of them writes, as happens by chance on a busy day."""

    def slow(session: Session) -> Places:
        found = places_of(session)
        time.sleep(0.2)
        return found

    monkeypatch.setattr(services, "places_of", slow)


def rush(practice: Practice) -> tuple[Session, list[object]]:
    session, people = making.session(capacity=2), making.doctors(practice, 8)

    def come(person: Person) -> object:
        try:
            return enrol(session, person, practice)
        except IntegrityError as refused:
            return refused

    return session, at_once([lambda p=person: come(p) for person in people])


def test_with_the_lock_two_get_the_two_places(practice: Practice, slow_counting: None) -> None:
    session, _results = rush(practice)
    assert places_of(session).confirmed == 2
    assert places_of(session).waiting == 6


def test_without_the_lock_more_would_get_a_place_than_there_are(
    practice: Practice,
    slow_counting: None,
    without_lock: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted, turns = services.places_of, count(1)
    monkeypatch.setattr(
        services,
        "places_of",
        lambda session: Places(2, counted(session).confirmed, 0, next(turns)),
    )
    session, _results = rush(practice)
    assert places_of(session).confirmed > 2


def test_without_the_lock_two_turns_alike_are_refused_by_the_database(
    practice: Practice, slow_counting: None, without_lock: None
) -> None:
    session, results = rush(practice)
    assert any(isinstance(one, IntegrityError) for one in results)
    assert places_of(session).confirmed <= 2


def test_the_locks_are_those_that_let_references_be_made(practice: Practice) -> None:
    """FOR NO KEY UPDATE: rows that point to a locked person or session can still be written."""
    session, (person,) = making.session(), making.doctors(practice, 1)
    with connection.execute_wrapper(said := Said()):
        enrol(session, person, practice)
    locks = [sql for sql in said if " FOR " in sql]
    assert len(locks) == 2
    assert '"practices_person"' in locks[0] and "FOR NO KEY UPDATE" in locks[0]
    assert '"training_session"' in locks[1] and "FOR NO KEY UPDATE" in locks[1]


class Said(list[str]):
    def __call__(self, execute: object, sql: str, *more: object) -> object:
        self.append(sql)
        return execute(sql, *more)
