"""Who still needs what before when, from the rows in the database."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from monitoring.compliance import Obligation
from monitoring.forecast.overview import Deadline, asked_in_region, forecast
from monitoring.forecast.words import need_sentence, plan_sentence, summary
from monitoring.models import Exemption
from monitoring.standing import standing
from practices.models import Person, Practice
from practices.programme_year import add_years
from tests import factories
from tests.region_story import build_region
from tests.training import making
from training.models import Attendance, Course, Session
from training.states import COUNTS_FOR, EnrolmentState, SessionKind

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def practice(today: date) -> Practice:
    """Half-way its first programme year; its last day is in about six months."""
    return factories.practice(start_on=today - 180 * DAY)


def deadline_of(practice: Practice, year: int = 1) -> date:
    assert practice.start_on is not None
    return add_years(practice.start_on, year) - DAY


def moment(day: date) -> datetime:
    return datetime.combine(day, time(12), timezone.get_default_timezone())


def asked(kind: SessionKind, today: date, days: int = 365) -> list[Deadline]:
    norms = forecast(moment(today), today + days * DAY)
    return next(list(norm.deadlines) for norm in norms if norm.kind == kind)


def gps(practice: Practice, number: int) -> list[Person]:
    return making.doctors(practice, number)


def attended(session: Session, *people: Person) -> None:
    for person in people:
        Attendance.objects.create(session=session, person=person, present=True)


def intervision(today: date, days: int, **fields: object) -> Session:
    return making.session(held_on=today + days * DAY, **{"capacity": 12} | fields)


def figures(one: Deadline) -> tuple[object, ...]:
    outlook = one.outlook
    return one.people, one.planned, one.free, outlook.short, outlook.extra_sessions


def test_half_of_the_group_and_of_them_who_is_nearest(practice: Practice, today: date) -> None:
    """Five GPs: three are needed. One is done, two were there once: they need one time each."""
    people = gps(practice, 5)
    attended(intervision(today, -60), *people[:3])
    attended(intervision(today, -30), people[0])
    intervision(today, 30)
    (one,) = asked(SessionKind.INTERVISION, today)
    assert one.day == deadline_of(practice)
    assert figures(one) == (((1, 2),), 0, 12, 0, 0)
    assert [len(row.people) for row in one.asked] == [4]


def test_who_has_a_place_needs_none_and_takes_none(practice: Practice, today: date) -> None:
    people = gps(practice, 4)
    attended(intervision(today, -30), *people[:2])
    coming = intervision(today, 30, capacity=3)
    making.enrolled(coming, people[0], people[2])
    (one,) = asked(SessionKind.INTERVISION, today)
    assert figures(one) == (((1, 1),), 1, 1, 0, 0)


def test_a_place_in_the_same_session_is_no_second_time(practice: Practice, today: date) -> None:
    """Has a place in the only session and needs another: its free places are of no use."""
    (person,) = gps(practice, 1)
    making.enrolled(intervision(today, 30), person)
    (one,) = asked(SessionKind.INTERVISION, today)
    assert figures(one) == (((1, 1),), 0, 0, 1, 1)


@pytest.mark.parametrize(
    ("fields", "free"),
    [
        ({}, 12),
        ({"capacity": None}, 12),
        ({"cancelled_at": timezone.now(), "cancel_reason": "ziek"}, 0),
        ({"enrol_until": date(2020, 1, 1)}, 0),
        ({"kind": SessionKind.INFORMATION}, 0),
        ({"kind": SessionKind.CONVERSATION, "capacity": None}, 0),
    ],
)
def test_which_sessions_have_places(
    practice: Practice, today: date, fields: dict[str, object], free: int
) -> None:
    gps(practice, 1)
    intervision(today, 30, **fields)
    (one,) = asked(SessionKind.INTERVISION, today)
    assert one.free == free


def test_full_and_queued_sessions_have_no_places(practice: Practice, today: date) -> None:
    elsewhere = factories.practice(start_on=today - 900 * DAY)
    session = intervision(today, 30, capacity=1)
    making.enrolled(session, *gps(elsewhere, 2))
    Session.objects.update(capacity=3)  # one waits: who comes now waits too
    gps(practice, 1)
    (one,) = asked(SessionKind.INTERVISION, today)
    assert one.free == 0


@pytest.mark.parametrize(("day", "free"), [(0, 12), (1, 0)])
def test_the_deadline_is_the_last_day(practice: Practice, today: date, day: int, free: int) -> None:
    gps(practice, 1)
    making.session(held_on=deadline_of(practice) + day * DAY, capacity=12)
    (one,) = asked(SessionKind.INTERVISION, today)
    assert one.free == free


def test_a_course_for_other_roles_is_of_no_use(practice: Practice, today: date) -> None:
    gps(practice, 1)
    course = Course.objects.create(
        title="Gesprek voor POH's", kind=SessionKind.CONVERSATION, roles=["poh"]
    )
    intervision(today, 30, kind=SessionKind.CONVERSATION, course=course)
    (one,) = asked(SessionKind.CONVERSATION, today)
    assert figures(one) == (((1, 1),), 0, 0, 1, 1)


def test_a_course_in_another_practice_is_of_no_use(practice: Practice, today: date) -> None:
    other = factories.practice(start_on=today - 900 * DAY)
    gps(practice, 1)
    session = intervision(today, 30, kind=SessionKind.CONVERSATION, only_for=other)
    (one,) = asked(SessionKind.CONVERSATION, today)
    assert one.free == 0
    Session.objects.filter(pk=session.pk).update(only_for=practice)
    (one,) = asked(SessionKind.CONVERSATION, today)
    assert one.free == 12


def test_who_works_in_two_practices_is_counted_once(practice: Practice, today: date) -> None:
    (person,) = gps(practice, 1)
    other = factories.practice(start_on=practice.start_on)
    factories.employment(practice=other, person=person)
    intervision(today, 30)
    intervision(today, 60)
    (one,) = asked(SessionKind.INTERVISION, today)
    assert (one.people, one.practices, one.outlook.needed) == (((2, 1),), 2, 2)


def test_two_practices_with_other_deadlines_share_their_sessions(
    practice: Practice, today: date
) -> None:
    (person,) = gps(practice, 1)
    other = factories.practice(start_on=today - 90 * DAY)
    factories.employment(practice=other, person=person)
    first, second = asked(SessionKind.INTERVISION, today)
    assert (first.people, second.people) == (((2, 1),), ())
    assert (first.outlook.needed, second.outlook.needed) == (2, 0)


def test_practices_that_owe_nothing_are_left_out(practice: Practice, today: date) -> None:
    gps(practice, 1)
    factories.employment(practice=practice, role="assistant")
    Exemption.objects.create(
        practice=practice,
        intervention=6,
        programme_year=1,
        recorded_on=today,
        reason="Praktijk zonder vaste huisarts",
    )
    assert asked(SessionKind.INTERVISION, today) == []
    assert [one.people for one in asked(SessionKind.TRIAGE, today)] == [((1, 1),)]
    Practice.objects.filter(pk=practice.pk).update(stopped_on=today + 30 * DAY)
    assert asked(SessionKind.TRIAGE, today) == []


def test_who_leaves_before_the_deadline_is_not_counted(practice: Practice, today: date) -> None:
    factories.employment(practice=practice, role="gp_locum", ended_on=today + 30 * DAY)
    assert asked(SessionKind.INTERVISION, today) == []


def test_the_second_year_asks_again_when_one_looks_that_far(
    practice: Practice, today: date
) -> None:
    gps(practice, 1)
    assert [one.day for one in asked(SessionKind.INTERVISION, today, 730)] == [
        deadline_of(practice),
        deadline_of(practice, 2),
    ]
    assert [one.day for one in asked(SessionKind.INTERVISION, today, 365)] == [
        deadline_of(practice)
    ]


def test_the_sentence_of_the_coordinator(today: date) -> None:
    """12 GPs still need 1 time; there are 31 places."""
    practices = [factories.practice(start_on=today - 180 * DAY) for _one in range(12)]
    been = intervision(today, -30)
    for one in practices:
        attended(been, *gps(one, 1))
    for days, places in ((30, 12), (40, 12), (50, 7)):
        intervision(today, days, capacity=places)
    (one,) = asked(SessionKind.INTERVISION, today)
    before = deadline_of(practices[0]) + DAY
    assert need_sentence(one).startswith("12 GPs still need 1 time; there are 31 places before ")
    assert str(before.year) in need_sentence(one)
    assert plan_sentence(one) == ""
    Session.objects.filter(held_on__gt=today).update(capacity=1)
    (one,) = asked(SessionKind.INTERVISION, today)
    assert one.outlook.short == 9
    assert plan_sentence(one).startswith("Plan 1 more session of 12 places before ")
    norms = forecast(moment(today), today + 365 * DAY)
    assert summary(norms, today) == (
        "There are too few places for: The other conversation, Intervision."
    )


def test_what_is_asked_is_what_compliance_will_lack_on_the_deadline(today: date) -> None:
    """For every practice and norm whose deadline is still to come, and for no other."""
    build_region()
    until = today + 1200 * DAY
    found = {
        (one.practice_id, COUNTS_FOR[one.kind], one.programme_year): one.gap
        for one in asked_in_region(moment(today), until)
    }
    lacking = {}
    for judged in standing(today):
        practice = judged.participant.practice_id
        for obligation in judged.obligations:
            if obligation.intervention in COUNTS_FOR.values() and obligation.deadline >= today:
                gap = lacks(practice, obligation.intervention, obligation)
                if gap > 0:
                    lacking[practice, obligation.intervention, obligation.programme_year] = gap
    assert found == lacking
    assert len(found) > 3


def lacks(practice: int, intervention: int, obligation: Obligation) -> int:
    """On the deadline itself, when nothing more happens."""
    (judged,) = standing(obligation.deadline, [practice])
    (part,) = next(
        one.parts
        for one in judged.obligations
        if (one.intervention, one.programme_year) == (intervention, obligation.programme_year)
    )
    return part.required - part.achieved


def test_who_waits_still_needs_a_place(practice: Practice, today: date) -> None:
    elsewhere = factories.practice(start_on=today - 900 * DAY)
    session = intervision(today, 30, capacity=1)
    (other,) = gps(elsewhere, 1)
    (person,) = gps(practice, 1)
    assert [one.state for one in making.enrolled(session, other, person)] == [
        EnrolmentState.CONFIRMED,
        EnrolmentState.WAITING,
    ]
    (one,) = asked(SessionKind.INTERVISION, today)
    assert (one.people, one.planned) == (((2, 1),), 0)


@pytest.mark.parametrize("practices", [1, 3])
def test_the_number_of_queries_does_not_grow(
    django_assert_num_queries, today: date, practices: int
) -> None:
    for _one in range(practices):
        gps(factories.practice(start_on=today - 180 * DAY), 3)
        intervision(today, 30)
    with django_assert_num_queries(5):
        assert asked(SessionKind.INTERVISION, today)[0].practices == practices
