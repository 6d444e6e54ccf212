"""The feeds: what stands in them, who may read, and what becomes of changes."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from monitoring.models import Visit, VisitAppointment
from practices.models import Employment, Practice, User
from practices.states import RegionRoleName, StaffRole
from tests import factories
from tests.training import making, rfc5545
from training.enrolment import services
from training.feeds.services import make_feed, withdraw_feed
from training.models import CalendarFeed, Session
from training.sessions.services import cancel_session, change_session
from training.states import SessionKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice() -> Practice:
    return factories.practice(city="Goirle")


@pytest.fixture
def doctor(practice: Practice) -> User:
    return factories.staff_user(practice, StaffRole.GP_OWNER)


def events(client, token: str) -> dict[str, rfc5545.Part]:
    """By UID, as somebody reads who is not signed in."""
    client.logout()
    response = client.get(reverse("feed", args=[token]))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = rfc5545.read(response.content)
    return {part.one("UID"): part for part in calendar.parts if part.name == "VEVENT"}


def uid(session: Session) -> str:
    return f"{session.uid}@mtvp"


def test_ones_own_feed_has_own_sessions_and_what_is_for_everybody(client, practice, doctor):
    mine, waits = making.session(), making.session(held_on=making.in_days(31), capacity=1)
    making.session(title="Van anderen", held_on=making.in_days(32))
    meeting = making.session(kind=SessionKind.INFORMATION, held_on=making.in_days(33))
    making.enrolled(waits, *making.doctors(practice, 1))
    making.enrolled(mine, doctor.person)
    making.enrolled(waits, doctor.person)
    _feed, token = make_feed(actor=doctor)
    found = events(client, token)
    assert {one: part.one("STATUS") for one, part in found.items()} == {
        uid(mine): "CONFIRMED",
        uid(waits): "TENTATIVE",
        uid(meeting): "CONFIRMED",
    }


def test_a_facilitator_and_a_consultant_have_what_they_lead_and_visit(client, practice):
    facilitator = factories.region_user(RegionRoleName.FACILITATOR)
    consultant = factories.region_user(RegionRoleName.CONSULTANT)
    session = making.session(facilitator=facilitator)
    visit = Visit.objects.create(
        practice=practice,
        held_on=making.in_days(9),
        consultant=consultant,
        time_out_discussed=False,
    )
    assert set(events(client, make_feed(actor=facilitator)[1])) == {uid(session)}
    assert set(events(client, make_feed(actor=consultant)[1])) == {
        f"bezoek-{practice.code}-{visit.pk}@mtvp"
    }


def test_a_feed_of_visits_goes_with_the_practice_and_with_the_role(client, practice):
    consultant = factories.region_user(RegionRoleName.CONSULTANT)
    practice.consultant = consultant
    practice.save()
    planned = VisitAppointment.objects.create(
        practice=practice,
        consultant=consultant,
        held_on=making.in_days(9),
        starts_at=time(13),
        ends_at=time(14),
    )
    _feed, token = make_feed(actor=consultant)
    assert set(events(client, token)) == {f"bezoek-{planned.uid}@mtvp"}
    consultant.region_roles.update(role=RegionRoleName.FACILITATOR)
    assert events(client, token) == {}
    consultant.region_roles.update(role=RegionRoleName.CONSULTANT)
    assert len(events(client, token)) == 1
    practice.consultant = factories.region_user(RegionRoleName.CONSULTANT)
    practice.save()
    assert events(client, token) == {}


def test_the_feed_of_a_practice_has_no_names(client, practice, doctor):
    session = making.session(title="Intervisie")
    making.enrolled(session, doctor.person, *making.doctors(practice, 1))
    Visit.objects.create(practice=practice, held_on=making.in_days(9), time_out_discussed=False)
    _feed, token = make_feed(actor=doctor, practice=practice)
    found = events(client, token)
    assert len(found) == 2
    assert "2" in found[uid(session)].one("DESCRIPTION")
    content = client.get(reverse("feed", args=[token])).content.decode().replace("\r\n ", "")
    assert doctor.person.name not in content


def test_a_change_and_a_cancellation_come_through_under_the_same_uid(client, doctor):
    session, actor = making.session(held_on=date(2027, 3, 27)), making.coordinator()
    making.enrolled(session, doctor.person)
    _feed, token = make_feed(actor=doctor)
    seen = [events(client, token)[uid(session)]]
    change_session(session=session, fields={"held_on": date(2027, 3, 28)}, actor=actor)
    seen.append(events(client, token)[uid(session)])
    cancel_session(session=session, reason="Ziek", actor=actor)
    seen.append(events(client, token)[uid(session)])
    numbers = [int(part.one("SEQUENCE")) for part in seen]
    assert numbers[0] < numbers[1] < numbers[2]
    assert [part.one("DTSTART") for part in seen] == [
        *("20270327T193000", "20270328T193000", "20270328T193000"),
    ]
    assert [part.one("STATUS") for part in seen] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_who_cancels_and_comes_back_has_higher_numbers_each_time(client, doctor):
    session = making.session()
    (enrolment,) = making.enrolled(session, doctor.person)
    _feed, token = make_feed(actor=doctor)
    seen = [events(client, token)[uid(session)]]
    services.cancel(enrolment=enrolment, actor=None)
    seen.append(events(client, token)[uid(session)])
    making.enrolled(session, doctor.person)
    seen.append(events(client, token)[uid(session)])
    assert [part.one("STATUS") for part in seen] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    numbers = [int(part.one("SEQUENCE")) for part in seen]
    assert numbers == sorted(set(numbers))


def test_around_the_clock_change_the_hour_stays(client, doctor):
    for day in (date(2027, 3, 27), date(2027, 3, 28), date(2027, 10, 30), date(2027, 10, 31)):
        making.session(
            kind=SessionKind.QUESTION_HOUR, held_on=day, starts_at=time(9, 0), ends_at=time(10, 0)
        )
    found = events(client, make_feed(actor=doctor)[1]).values()
    starts = sorted(part.one("DTSTART") for part in found)
    assert [start[8:] for start in starts] == ["T090000"] * 4


def test_an_address_opens_until_withdrawn_and_only_its_hash_is_kept(client, doctor):
    feed, token = make_feed(actor=doctor)
    assert len(token) >= 43
    assert token.encode() not in bytes(feed.token_hash)
    assert client.get(reverse("feed", args=[token])).status_code == 200
    assert client.get(reverse("feed", args=[token[:-1] + "_"])).status_code == 404
    withdraw_feed(feed=feed, actor=doctor)
    assert client.get(reverse("feed", args=[token])).status_code == 404


def test_a_new_address_replaces_the_earlier_one(client, practice, doctor):
    _first, token = make_feed(actor=doctor)
    _other, of_practice = make_feed(actor=doctor, practice=practice)
    make_feed(actor=doctor)
    assert client.get(reverse("feed", args=[token])).status_code == 404
    assert client.get(reverse("feed", args=[of_practice])).status_code == 200


def test_who_left_no_longer_reads_along(client, practice, doctor):
    tokens = [make_feed(actor=doctor)[1], make_feed(actor=doctor, practice=practice)[1]]
    yesterday = timezone.localdate() - timedelta(days=1)
    Employment.objects.filter(person=doctor.person).update(ended_on=yesterday)
    assert [client.get(reverse("feed", args=[one])).status_code for one in tokens] == [404, 404]


def test_a_closed_account_closes_its_addresses(client, doctor):
    _feed, token = make_feed(actor=doctor)
    doctor.is_active = False
    doctor.save()
    assert client.get(reverse("feed", args=[token])).status_code == 404


def test_the_page_shows_the_address_once(client, doctor, settings):
    client.force_login(doctor)
    made = client.post(reverse("make_own_feed"))
    address = made.context["address"]
    assert address.startswith(f"{settings.SITE_URL}/agenda/feed/")
    assert address in made.content.decode()
    later = client.get(reverse("own_feed"))
    assert address not in later.content.decode()
    assert list(later.context["feeds"]) == [CalendarFeed.objects.get()]


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(
    client, practice, doctor, number, django_assert_num_queries
):
    for place in range(number):
        making.enrolled(making.session(held_on=making.in_days(5 + place)), doctor.person)
        making.session(kind=SessionKind.INFORMATION, held_on=making.in_days(5 + place))
    _feed, token = make_feed(actor=doctor)
    with django_assert_num_queries(7):
        client.get(reverse("feed", args=[token]))
