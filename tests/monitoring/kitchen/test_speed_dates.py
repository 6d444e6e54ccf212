"""Speed dates at a session: wishes, tables, who is not there, and the paper."""

from datetime import timedelta
from io import BytesIO
from itertools import combinations

import pytest
from django.utils import timezone
from pypdf import PdfReader

from monitoring.kitchen.services import Offering, offer_kitchen
from monitoring.kitchen.speed_dates import everybody, guests, make_dates, say_wishes
from monitoring.models import SpeedDateGuest, SpeedDates, SpeedDateSeat
from practices.models import AuditEvent, Practice
from practices.retention import delete_expired
from practices.states import RegionRoleName
from tests import factories
from tests.pages import words
from training.models import Enrolment, Session
from training.states import EnrolmentState, SessionKind

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["mtvp_language"] = "en"


@pytest.fixture
def leader():
    return factories.region_user(RegionRoleName.FACILITATOR)


@pytest.fixture
def session(leader):
    return Session.objects.create(
        reference="netwerk",
        kind=SessionKind.QUESTION_HOUR,
        title="Netwerkbijeenkomst",
        held_on=TODAY() + timedelta(days=7),
        facilitator=leader,
    )


def enrolled(session, number):
    """So many people, each of a practice of their own."""
    users = []
    for turn in range(1, number + 1):
        practice = factories.practice(name=f"Praktijk {turn:02}")
        user = factories.staff_user(practice)
        Enrolment.objects.create(
            session=session,
            person=user.person,
            practice=practice,
            state=EnrolmentState.CONFIRMED,
            turn=turn,
        )
        users.append(user)
    return users


def made(session, actor, rounds=2, absent=(), keep=0):
    return make_dates(
        session=session, rounds=rounds, minutes=8, absent=absent, keep=keep, actor=actor
    )


def pairs(dates, rounds=None):
    seats = SpeedDateSeat.objects.filter(dates=dates)
    if rounds:
        seats = seats.filter(round__in=rounds)
    tables = {}
    for seat in seats:
        tables.setdefault((seat.round, seat.table), []).append(seat.person_id)
    return [pair for people in tables.values() for pair in combinations(sorted(people), 2)]


def page(session):
    return f"/agenda/{session.pk}/kennismaken/"


def test_from_wishes_to_tables(client, session, leader):
    teller, wisher, *_others = enrolled(session, 4)
    for user, told in ((teller, {"tells": ["1"]}), (wisher, {"wishes": ["1"]})):
        client.force_login(user)
        client.post(page(session), told)
    client.force_login(leader)
    client.post(f"{page(session)}tafels/", {"rounds": "1", "minutes": "8", "keep": "0"})
    dates = SpeedDates.objects.get()
    assert tuple(sorted([teller.person_id, wisher.person_id])) in pairs(dates)
    shown = words(client.get(f"{page(session)}tafels/"))
    assert "1 time somebody hears of a wish" in shown
    assert AuditEvent.objects.filter(object_type="monitoring.speeddates", actor=leader).exists()


def test_an_offer_of_the_practice_is_what_somebody_can_tell(session, leader):
    user, *_others = enrolled(session, 2)
    practice = user.person.employments.get().practice
    offering = Offering("5", "Gesprek", "Zo", "Dinsdag", session.held_on)
    offer_kitchen(practice=practice, offering=offering, actor=user)
    known = {one.person: one.tells for one in everybody(session)}
    assert known[user.person] == {"5"}
    say_wishes(session=session, person=user.person, tells=["2"], wishes=[], actor=user)
    assert {one.person: one.tells for one in everybody(session)}[user.person] == {"2"}


def test_two_practices_of_one_name_stay_two(session, leader):
    cook, namesake = enrolled(session, 2)
    Practice.objects.update(name="De Linde")
    practice = cook.person.employments.get().practice
    offering = Offering("5", "Gesprek", "Zo", "Dinsdag", session.held_on)
    offer_kitchen(practice=practice, offering=offering, actor=cook)
    people = everybody(session)
    assert {one.person: one.tells for one in people} == {
        cook.person: {"5"},
        namesake.person: frozenset(),
    }
    assert len({guest.group for guest in guests(people)}) == 2


def test_made_again_when_somebody_went_home(client, session, leader):
    users = enrolled(session, 7)
    dates = made(session, leader, rounds=2)
    first = pairs(dates, [1])
    gone = users[0].person
    client.force_login(leader)
    client.post(
        f"{page(session)}tafels/",
        {"rounds": "3", "minutes": "8", "keep": "1", "absent": [gone.pk]},
    )
    assert pairs(dates, [1]) == first
    later = pairs(dates, [2, 3])
    assert not set(later) & set(first)
    assert gone.pk not in {key for pair in later for key in pair}
    assert len(later) == len(set(later)) == 6


def test_it_says_when_somebody_cancelled_or_came_since(client, session, leader):
    users = enrolled(session, 4)
    made(session, leader, rounds=1)
    client.force_login(leader)
    told = "one person sits alone"
    assert told not in words(client.get(f"{page(session)}tafels/"))
    Enrolment.objects.filter(person=users[0].person).update(
        state=EnrolmentState.CANCELLED, ended_at=timezone.now()
    )
    assert told in words(client.get(f"{page(session)}tafels/"))
    made(session, leader, rounds=1)
    assert told not in words(client.get(f"{page(session)}tafels/"))
    Enrolment.objects.update(state=EnrolmentState.CONFIRMED, ended_at=None)
    assert told in words(client.get(f"{page(session)}tafels/"))


def test_who_comes_after_all_sits_again(session, leader):
    users = enrolled(session, 4)
    gone = users[0].person
    made(session, leader, absent=[gone.pk])
    assert SpeedDateGuest.objects.get(absent=True).person == gone
    dates = made(session, leader)
    assert not SpeedDateGuest.objects.filter(absent=True).exists()
    assert {gone.pk} <= {key for pair in pairs(dates) for key in pair}


def test_it_says_when_there_are_no_more_rounds(client, session, leader):
    enrolled(session, 4)
    made(session, leader, rounds=5)
    client.force_login(leader)
    assert "With these people there are 3" in words(client.get(f"{page(session)}tafels/"))


def test_a_page_of_paper_for_each_round(client, session, leader):
    enrolled(session, 6)
    made(session, leader, rounds=3)
    client.force_login(leader)
    reader = PdfReader(BytesIO(client.get(f"{page(session)}tafels.pdf").content))
    texts = [found.extract_text() for found in reader.pages]
    assert len(texts) == 3
    assert all(f"Round {number}" in text for number, text in enumerate(texts, 1))
    assert "Praktijk 01" in texts[0]


def test_a_course_has_none_and_strangers_stay_out(client, session, leader):
    (user,) = enrolled(session, 1)
    client.force_login(factories.region_user(RegionRoleName.FACILITATOR))
    assert client.get(f"{page(session)}tafels/").status_code == 404
    client.force_login(factories.staff_user(factories.practice()))
    assert client.get(page(session)).status_code == 404
    Session.objects.update(kind=SessionKind.TRIAGE)
    client.force_login(user)
    assert client.get(page(session)).status_code == 404
    client.force_login(leader)
    assert client.get(f"{page(session)}tafels/").status_code == 404


def test_nobody_enrolled_yet(client, session, leader):
    client.force_login(leader)
    assert "Nobody has a place" in words(client.get(f"{page(session)}tafels/"))


def test_the_page_costs_the_same_queries_with_two_and_with_four(
    client, session, leader, django_assert_num_queries
):
    client.force_login(leader)
    for number in (2, 4):
        Enrolment.objects.all().delete()
        enrolled(session, number)
        made(session, leader, rounds=1)
        with django_assert_num_queries(17):
            client.get(f"{page(session)}tafels/")


def test_a_year_later_nobody_knows_who_sat_where(session, leader):
    users = enrolled(session, 2)
    say_wishes(session=session, person=users[0].person, tells=["1"], wishes=[], actor=users[0])
    made(session, leader, rounds=1)
    list(delete_expired(today=session.held_on + timedelta(days=365)))
    assert SpeedDateSeat.objects.count() == 2
    list(delete_expired(today=session.held_on + timedelta(days=366)))
    assert not SpeedDates.objects.exists()
    assert not SpeedDateSeat.objects.exists()
    assert not SpeedDateGuest.objects.exists()
