"""Who may enrol, with the reason why not."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from practices.models import Practice
from practices.states import StaffRole
from tests import factories
from tests.training import making
from training.enrolment.rules import Reason, can_enrol, person_problems, session_problems
from training.models import Attendance, Course, Session
from training.states import SessionKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice() -> Practice:
    return factories.practice()


def reasons(session: Session, person: object, practice: Practice) -> list[Reason]:
    found = can_enrol(session, person, practice=practice, now=timezone.now())
    return [problem.reason for problem in found]


def test_who_it_is_meant_for_may(practice: Practice) -> None:
    (doctor,) = making.doctors(practice, 1)
    assert reasons(making.session(), doctor, practice) == []


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        (SessionKind.TRIAGE, {"assistant"}),
        (SessionKind.CONVERSATION, {"gp_owner", "gp_locum", "poh", "np", "pa"}),
        (SessionKind.INTERVISION, {"gp_owner", "gp_locum"}),
        (SessionKind.QUESTION_HOUR, set(StaffRole)),
    ],
)
def test_roles_follow_from_the_kind(practice: Practice, kind: str, roles: set[str]) -> None:
    session = making.session(kind=kind)
    people = {role: factories.employment(practice=practice, role=role).person for role in StaffRole}
    may = {str(role) for role, one in people.items() if not reasons(session, one, practice)}
    assert may == {str(role) for role in roles}


def test_a_course_may_say_itself_for_whom_it_is(practice: Practice) -> None:
    course = Course.objects.create(title="Voor managers", kind="triage", roles=["manager"])
    session = making.session(kind="triage", course=course)
    manager = factories.employment(practice=practice, role="manager").person
    assistant = factories.employment(practice=practice, role="assistant").person
    assert reasons(session, manager, practice) == []
    (problem,) = can_enrol(session, assistant, practice=practice, now=timezone.now())
    assert problem.reason == Reason.ROLE
    assert "Praktijkmanager" in problem.text or "Practice manager" in problem.text


def test_only_for_the_practice_where_one_works_on_that_day(practice: Practice) -> None:
    session = making.session()
    gone = factories.employment(practice=practice, ended_on=making.in_days(29)).person
    elsewhere = factories.employment().person
    assert reasons(session, gone, practice) == [Reason.NOT_IN_SERVICE]
    assert reasons(session, elsewhere, practice) == [Reason.NOT_IN_SERVICE]


def test_enrolled_already_with_a_place_or_in_the_queue(practice: Practice) -> None:
    session = making.session(capacity=1)
    first, second = making.doctors(practice, 2)
    making.enrolled(session, first, second)
    problems = person_problems(session, [first, second], practice)
    assert [problems[one.pk][0].reason for one in (first, second)] == [Reason.ENROLLED] * 2
    assert problems[first.pk][0].text != problems[second.pk][0].text


@pytest.mark.parametrize(
    ("starts", "ends", "overlaps"),
    [
        ((17, 0), (19, 30), False),
        ((17, 0), (19, 31), True),
        ((20, 0), (21, 0), True),
        ((21, 30), (22, 0), False),
        ((17, 0), None, True),
        ((21, 31), None, False),
    ],
)
def test_another_session_at_the_same_time(
    practice: Practice, starts: tuple[int, int], ends: tuple[int, int] | None, overlaps: bool
) -> None:
    (doctor,) = making.doctors(practice, 1)
    other = making.session(starts_at=time(*starts), ends_at=time(*ends) if ends else None)
    making.enrolled(other, doctor)
    expected = [Reason.OVERLAP] if overlaps else []
    assert reasons(making.session(), doctor, practice) == expected
    Session.objects.filter(pk=other.pk).update(cancelled_at=timezone.now(), cancel_reason="-")
    assert reasons(making.session(), doctor, practice) == []


def test_another_day_never_overlaps(practice: Practice) -> None:
    (doctor,) = making.doctors(practice, 1)
    making.enrolled(making.session(held_on=making.in_days(31)), doctor)
    assert reasons(making.session(), doctor, practice) == []


def test_a_course_is_followed_once(practice: Practice) -> None:
    course = Course.objects.create(title="Eens", kind="conversation")
    before = making.session(kind="conversation", course=course, held_on=making.in_days(-90))
    again = making.session(kind="conversation", course=course)
    came, stayed_away = making.doctors(practice, 2)
    Attendance.objects.create(session=before, person=came, present=True)
    Attendance.objects.create(session=before, person=stayed_away, present=False)
    assert reasons(again, came, practice) == [Reason.DONE]
    assert reasons(again, stayed_away, practice) == []


def test_closed_over_and_cancelled() -> None:
    now, today = timezone.now(), timezone.localdate()
    cases = {
        "open until today": making.session(enrol_until=today),
        "closed yesterday": making.session(enrol_until=today - timedelta(days=1)),
        "begun": making.session(held_on=today, starts_at=time(0, 0), ends_at=time(0, 1)),
        "cancelled": making.session(cancelled_at=now, cancel_reason="Ziek"),
    }
    found = {
        name: [problem.reason for problem in session_problems(session, now)]
        for name, session in cases.items()
    }
    assert found == {
        "open until today": [],
        "closed yesterday": [Reason.CLOSED],
        "begun": [Reason.OVER],
        "cancelled": [Reason.CANCELLED],
    }


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(
    practice: Practice, number: int, django_assert_num_queries: object
) -> None:
    course = Course.objects.create(title="Eens", kind="intervision")
    session, people = making.session(course=course), making.doctors(practice, number)
    with django_assert_num_queries(3):
        person_problems(session, people, practice)
