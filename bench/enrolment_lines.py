"""Two hundred people at once for twelve places, against the bare locked transaction."""

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import repeat

import psycopg
from django.db import connection, connections
from django.utils import timezone

from bench.measure import Figure
from bench.scratch import empty
from monitoring.demo.bulk import copy_in
from practices.models import Cohort, Employment, Person, Practice
from practices.states import StaffRole
from training.enrolment.services import enrol
from training.models import Session
from training.states import EnrolmentState, SessionKind

PEOPLE = 200
PLACES = 12


def contention(*, people: int = PEOPLE, repetitions: int = 3) -> Iterator[Figure]:
    """Enrolments per second; each thread has its connection open before the clock starts."""
    empty()
    practice, crowd = _crowd(people)
    pairs = []
    for turn in range(repetitions):
        speeds = {}
        for work in (_ours, _floor) if turn % 2 == 0 else (_floor, _ours):
            speeds[work] = people / work(_session(turn, work.__name__), practice, crowd)
        pairs.append((speeds[_ours], speeds[_floor]))
    yield Figure(
        name="enrol_contention",
        value=statistics.median(ours for ours, _bare in pairs),
        unit="enrolments/s",
        floor=statistics.median(bare for _ours, bare in pairs),
        ratio=statistics.median(ours / bare for ours, bare in pairs),
        n=repetitions,
    )


def _crowd(people: int) -> tuple[Practice, list[Person]]:
    start = date(2023, 4, 1)
    dates = dict.fromkeys(("information_meeting_on", "enrol_before", "request_before"), start)
    cohort = Cohort.objects.create(number=1, name="Lichting 1", start_on=start, **dates)
    practice = Practice.objects.create(code="01000000", slug="druk", name="Druk", cohort=cohort)
    ids = copy_in(
        Person,
        people,
        {"reference": [f"B{place}" for place in range(people)], "name": repeat("Arts", people)},
    )
    copy_in(
        Employment,
        people,
        {
            "person": ids,
            "practice": repeat(practice.pk, people),
            "role": repeat(StaffRole.GP_OWNER, people),
            "started_on": repeat(start, people),
        },
    )
    return practice, list(Person.objects.order_by("pk"))


def _session(turn: int, name: str) -> Session:
    """Each run has a day of its own, so that nobody has two sessions at the same time."""
    days = 30 + 2 * turn + (name == "_floor")
    return Session.objects.create(
        reference=f"{name}{turn}",
        kind=SessionKind.INTERVISION,
        title="Intervisie",
        held_on=timezone.localdate() + timedelta(days=days),
        capacity=PLACES,
    )


def _ours(session: Session, practice: Practice, crowd: list[Person]) -> float:
    def come(person: Person) -> None:
        enrol(session=session, people=[person], practice=practice, actor=None)

    def at(person: Person, begin: threading.Barrier) -> None:
        connection.ensure_connection()
        begin.wait()
        try:
            come(person)
        finally:
            connections.close_all()

    return _rush(at, session, crowd)


_ENROL = """
    INSERT INTO training_enrolment
        (session_id, person_id, practice_id, state, turn, on_behalf, enrolled_at)
    VALUES (%s, %s, %s, %s, %s, false, now())
"""


def _floor(session: Session, practice: Practice, crowd: list[Person]) -> float:
    settings = connections["default"].get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    address = {name: settings[name] for name in names if settings.get(name)}

    def at(person: Person, begin: threading.Barrier) -> None:
        with psycopg.connect(**address) as bare:
            bare.execute("SELECT 1")
            bare.commit()
            begin.wait()
            _bare_enrol(bare, session.pk, person.pk, practice.pk)

    return _rush(at, session, crowd)


def _bare_enrol(bare: "psycopg.Connection", session: int, person: int, practice: int) -> None:
    bare.execute("SELECT id FROM practices_person WHERE id = %s FOR NO KEY UPDATE", [person])
    [(places,)] = bare.execute(
        "SELECT capacity FROM training_session WHERE id = %s FOR NO KEY UPDATE", [session]
    ).fetchall()
    [(taken, last)] = bare.execute(
        "SELECT count(*) FILTER (WHERE state = 'confirmed'), coalesce(max(turn), 0) "
        "FROM training_enrolment WHERE session_id = %s",
        [session],
    ).fetchall()
    state = EnrolmentState.CONFIRMED if taken < places else EnrolmentState.WAITING
    bare.execute(_ENROL, [session, person, practice, state, last + 1])
    bare.commit()


def _rush(
    at: Callable[[Person, threading.Barrier], None], session: Session, crowd: list[Person]
) -> float:
    """Seconds from the moment that all may begin until the last is done."""
    begin = threading.Barrier(len(crowd) + 1)
    threads = [threading.Thread(target=at, args=(person, begin)) for person in crowd]
    for thread in threads:
        thread.start()
    begin.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    placed = session.enrolments.confirmed().count()
    everybody = session.enrolments.count()
    if placed != min(PLACES, len(crowd)) or everybody != len(crowd):
        raise RuntimeError(f"{placed} of {everybody} have a place")
    return took
