"""The pages on which the trail is reviewed."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from practices.models import AuditEvent, TrailReview
from practices.states import AuditAction, AuditOutcome
from practices.trail.patterns import patterns
from practices.trail.states import PatternKind
from tests import factories

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
QUERIES = 15


def event(actor=None, practice=None, **fields):
    return AuditEvent.objects.create(
        actor=actor,
        practice=practice,
        **{
            "action": AuditAction.READ,
            "object_type": "highusers.highuser",
            "object_id": "7",
            "client": "192.0.2.0/24 Firefox",
        }
        | fields,
    )


def at(hour, minute=0, day=10):
    return datetime(2026, 11, day, hour, minute, tzinfo=AMSTERDAM)


def address(practice):
    return f"/praktijk/{practice.slug}/toezicht/"


@pytest.fixture
def practice():
    return factories.practice()


@pytest.fixture
def manager(practice, client):
    manager = factories.staff_user(practice, "manager")
    client.force_login(manager)
    return manager


@pytest.fixture
def officer(client):
    officer = factories.region_user("privacy_officer")
    client.force_login(officer)
    return officer


def waiting(response):
    return {e.pk for e in response.context["events"]} - own(response)


def own(response):
    me = response.wsgi_request.user
    return {e.pk for e in response.context["events"] if e.actor_id == me.pk}


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("manager", 200),
        ("gp_owner", 200),
        ("gp_locum", 403),
        ("poh", 403),
        ("assistant", 403),
    ],
)
def test_who_may_review_a_practice(role, code, practice, client):
    client.force_login(factories.staff_user(practice, role))
    assert client.get(address(practice)).status_code == code
    assert client.get("/toezicht/").status_code == 403


@pytest.mark.parametrize("role", ["coordinator", "admin", "consultant", "facilitator"])
def test_no_other_role_reviews_the_region(role, practice, client):
    client.force_login(factories.region_user(role))
    assert client.get("/toezicht/").status_code == 403
    assert client.get(address(practice)).status_code in (403, 404)


def test_a_practice_sees_its_own_events_and_the_officer_all(practice, manager, client):
    ours, theirs = event(practice=practice), event(practice=factories.practice())
    assert waiting(client.get(address(practice))) == {ours.pk}
    client.force_login(factories.region_user("privacy_officer"))
    assert waiting(client.get("/toezicht/")) >= {ours.pk, theirs.pk}


def test_looking_at_the_trail_is_on_record(practice, manager, client):
    event(practice=practice)
    client.get(address(practice))
    told = AuditEvent.objects.get(actor=manager, action=AuditAction.LIST)
    assert (told.object_type, told.practice) == ("practices.auditevent", practice)
    assert told.detail == {"count": 1}


def test_filters(practice, manager, client):
    colleague = factories.staff_user(practice, "poh")
    read = event(colleague, practice, at=at(12))
    made = event(colleague, practice, at=at(12), action=AuditAction.CREATE)
    night = event(factories.user(name="Jansje"), practice, at=at(23))
    refused = event(None, practice, at=at(12), outcome=AuditOutcome.REFUSED)
    event(colleague, practice, at=at(12, day=12))

    def found(**chosen):
        days = {"van": "2026-11-10", "tot": "2026-11-10"}
        return waiting(client.get(address(practice), days | chosen))

    assert found() == {read.pk, made.pk, night.pk, refused.pk}
    assert found(gebeurtenis="create") == {made.pk}
    assert found(wie="jansje") == {night.pk}
    assert found(wie=colleague.email) == {read.pk, made.pk}
    assert found(patroon="night") == {night.pk}
    assert found(patroon="refused") == {refused.pk}


def test_a_period_that_makes_no_sense_is_told(practice, manager, client):
    response = client.get(address(practice), {"van": "2026-11-10", "tot": "2026-11-09"})
    assert "tot" in response.context["form"].errors
    assert response.status_code == 200


def test_chosen_events_are_marked_and_leave_the_queue(practice, manager, client):
    first, second = event(practice=practice), event(practice=practice)
    response = client.post(address(practice), {"chosen": [first.pk], "shown": [second.pk]})
    assert response.status_code == 302
    review = TrailReview.objects.get()
    assert (review.event, review.reviewed_by) == (first, manager)
    assert waiting(client.get(address(practice))) == {second.pk}
    assert waiting(client.get(address(practice), {"alles": "on"})) == {first.pk, second.pk}


def test_all_on_the_page_are_marked_at_once_and_twice_is_once(practice, manager, client):
    both = [event(practice=practice).pk, event(practice=practice).pk]
    for _ in range(2):
        client.post(address(practice), {"all": "1", "shown": both})
    assert sorted(TrailReview.objects.values_list("event_id", flat=True)) == both


def test_nobody_reviews_another_practice_nor_the_own_work(practice, manager, client):
    foreign, mine = event(practice=factories.practice()), event(manager, practice)
    client.post(address(practice), {"chosen": [foreign.pk, mine.pk, "x", "-1"]})
    assert not TrailReview.objects.exists()


def test_paging_goes_back_in_time(practice, manager, client):
    made = [event(practice=practice, at=timezone.now()).pk for _ in range(55)]
    first = client.get(address(practice))
    second = client.get(address(practice), {"blad": "1"})
    assert len(first.context["events"]) == 50
    assert waiting(first) | waiting(second) == set(made)
    assert client.get(address(practice), {"blad": "-3"}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_depend_on_the_number_of_events(
    count, practice, manager, client
):
    for _ in range(count):
        someone = factories.staff_user(practice, "poh")
        made = event(someone, practice, at=at(23))
        TrailReview.objects.create(event=made, reviewed_by=factories.staff_user(practice))
        event(someone, practice, at=at(23))
    client.get(address(practice))
    with CaptureQueriesContext(connection) as captured:
        client.get(address(practice), {"van": "2026-11-01", "tot": "2026-11-30", "alles": "on"})
    assert len(captured) == QUERIES


def odd():
    found = patterns(AuditEvent.objects.all())
    return [(p.kind, p.actor, p.day, p.count) for p in found]


def test_night_runs_from_ten_to_six_on_the_clock_of_the_netherlands(practice):
    someone = factories.user()
    for hour in (6, 12, 21):
        event(someone, practice, at=at(hour))
    assert odd() == []
    event(someone, practice, at=at(22))
    event(someone, practice, at=at(5, 59))
    assert odd() == [(PatternKind.NIGHT, someone, at(5).date(), 2)]


def test_the_system_works_at_night_without_standing_out(practice):
    event(None, practice, at=at(3))
    assert odd() == []


def test_what_a_command_does_in_somebodys_name_does_not_stand_out(practice):
    event(factories.user(), practice, at=at(3), client="")
    assert odd() == []


def test_a_request_that_shows_no_address_and_no_browser_stands_out_all_the_same(practice, client):
    someone = factories.staff_user(practice, "manager")
    client.force_login(someone)
    client.get(address(practice), REMOTE_ADDR="")
    assert list(AuditEvent.objects.by_people().values_list("actor", flat=True)) == [someone.pk]


def test_guessing_at_what_does_not_exist_stands_out_like_refusals(practice, manager, client):
    someone = factories.staff_user(practice, "poh")
    client.force_login(someone)
    for number in range(90, 95):
        assert client.get(f"/praktijk/{practice.slug}/plannen/v-{number}/").status_code == 404
    refused = [found for found in odd() if found[0] == PatternKind.REFUSED]
    assert [(actor, count) for _kind, actor, _day, count in refused] == [(someone, 5)]
    client.force_login(manager)
    assert len(waiting(client.get(address(practice), {"patroon": "refused"}))) == 5


def test_many_different_patients_within_an_hour(practice):
    someone = factories.user()
    for number in range(19):
        event(someone, practice, at=at(12, number), patient_key=bytes([number]) * 32)
        event(someone, practice, at=at(12, number), patient_key=bytes([number]) * 32)
    event(someone, practice, at=at(13), patient_key=bytes([99]) * 32)
    assert odd() == []
    event(someone, practice, at=at(12, 59), patient_key=bytes([19]) * 32)
    assert odd() == [(PatternKind.PATIENTS, someone, at(12).date(), 20)]


def test_many_refusals_in_a_day_until_somebody_reviewed_them(practice):
    someone = factories.user()
    made = [event(someone, None, at=at(9, n), outcome=AuditOutcome.REFUSED) for n in range(5)]
    assert odd() == [(PatternKind.REFUSED, someone, at(9).date(), 5)]
    TrailReview.objects.create(event=made[0], reviewed_by=factories.user())
    assert odd() == []


def test_what_stands_out_is_shown_with_a_link_to_its_events(practice, manager, client):
    someone = factories.staff_user(practice, "poh")
    found = event(someone, practice, at=at(23))
    days = {"van": "2026-11-01", "tot": "2026-11-30"}
    page = client.get(address(practice), days)
    pattern = page.context["patterns"][0]
    assert str(someone) in pattern.sentence
    link = f"?van=2026-11-10&amp;tot=2026-11-10&amp;wie={someone.email}&amp;patroon=night"
    assert link.replace("@", "%40") in page.content.decode().replace("@", "%40")
    shown = client.get(
        address(practice),
        {"van": "2026-11-10", "tot": "2026-11-10", "wie": someone.email, "patroon": "night"},
    )
    assert waiting(shown) == {found.pk}
