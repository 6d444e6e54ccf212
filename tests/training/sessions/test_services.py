"""Planning, changing and cancelling sessions."""

from datetime import time

import pytest
from django.utils import timezone

from tests import factories
from tests.training import making
from training.enrolment.services import NotPossibleError
from training.models import Enrolment, Session
from training.sessions.overview import clashes, participants
from training.sessions.services import (
    Repeat,
    cancel_session,
    change_session,
    make_sessions,
    restore_session,
)
from training.states import EnrolmentState

pytestmark = pytest.mark.django_db


def planned(**fields):
    return {
        "kind": "intervision",
        "title": "Intervisiegroep Goirle",
        "held_on": making.in_days(30),
        "starts_at": time(19, 30),
        "enrol_until": making.in_days(25),
    } | fields


def test_one_session_is_no_series():
    (made,) = make_sessions(fields=planned(), repeat=Repeat(), actor=making.coordinator())
    assert (made.series, made.sequence) == (None, 0)


def test_a_series_is_the_same_session_every_so_many_weeks():
    made = make_sessions(fields=planned(), repeat=Repeat(3, 4), actor=making.coordinator())
    assert [one.held_on for one in made] == [making.in_days(30 + n) for n in (0, 28, 56)]
    assert [one.enrol_until for one in made] == [making.in_days(25 + n) for n in (0, 28, 56)]
    assert {one.series.title for one in made} == {"Intervisiegroep Goirle"}
    assert len({one.uid for one in made}) == len({one.reference for one in made}) == 3


def test_another_day_keeps_everybody_and_makes_a_version():
    session, actor = making.session(capacity=1), making.coordinator()
    practice = factories.practice()
    made = making.enrolled(session, *making.doctors(practice, 2))
    change_session(session=session, fields={"held_on": making.in_days(60)}, actor=actor)
    session.refresh_from_db()
    assert (session.held_on, session.sequence) == (making.in_days(60), 1)
    assert [Enrolment.objects.get(pk=one.pk).state for one in made] == ["confirmed", "waiting"]


def test_what_is_in_no_calendar_makes_no_version():
    session = making.session()
    change_session(session=session, fields={"minimum": 4}, actor=making.coordinator())
    session.refresh_from_db()
    assert (session.minimum, session.sequence) == (4, 0)
    before = session.changed_at
    change_session(session=session, fields={"minimum": 4}, actor=making.coordinator())
    session.refresh_from_db()
    assert session.changed_at == before


def test_cancelling_takes_a_reason_and_can_be_taken_back():
    session, actor = making.session(), making.coordinator()
    with pytest.raises(NotPossibleError):
        cancel_session(session=session, reason=" ", actor=actor)
    cancelled = cancel_session(session=session, reason="Ziek", actor=actor)
    assert (cancelled.cancelled_at is not None, cancelled.sequence) == (True, 1)
    with pytest.raises(NotPossibleError):
        cancel_session(session=session, reason="Ziek", actor=actor)
    restored = restore_session(session=session, actor=actor)
    assert (restored.cancelled_at, restored.cancel_reason, restored.sequence) == (None, "", 2)


def test_moving_a_session_away_from_48_hours_fills_what_was_free():
    """Free places wait for the coordinator while it is near; not when it is far again."""
    session, actor = making.session(capacity=1), making.coordinator()
    practice = factories.practice()
    has, waits = making.enrolled(session, *making.doctors(practice, 2))
    Enrolment.objects.filter(pk=has.pk).update(
        state=EnrolmentState.CANCELLED, ended_at=timezone.now()
    )
    change_session(session=session, fields={"held_on": making.in_days(60)}, actor=actor)
    waits.refresh_from_db()
    assert waits.state == EnrolmentState.CONFIRMED


def test_who_has_two_at_once_after_a_move_is_named():
    practice, actor = factories.practice(), making.coordinator()
    (doctor, other) = making.doctors(practice, 2)
    one, two = making.session(), making.session(held_on=making.in_days(31))
    making.enrolled(one, doctor, other)
    making.enrolled(two, doctor)
    assert clashes(two) == []
    change_session(session=two, fields={"held_on": one.held_on}, actor=actor)
    assert clashes(Session.objects.get(pk=two.pk)) == [doctor.name]


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(number, django_assert_num_queries):
    session = making.session(capacity=1)
    making.enrolled(session, *making.doctors(factories.practice(), number))
    with django_assert_num_queries(2):
        people = participants(session)
    assert (len(people.confirmed), len(people.queue), people.ended) == (1, number - 1, ())
