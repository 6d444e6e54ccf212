"""The coordinator's pages: planning, changing, places, queue, moving."""

import pytest
from django.urls import reverse

from tests import factories
from tests.pages import words
from tests.training import making
from training.models import QueueChange, Session
from training.states import EnrolmentState

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    client.cookies["mtvp_language"] = "en"
    someone = making.coordinator()
    client.force_login(someone)
    return someone


def filled_in(**fields):
    return {
        "kind": "intervision",
        "title": "Intervisie in Goirle",
        "held_on": f"{making.in_days(30):%Y-%m-%d}",
        "starts_at": "19:30",
        "ends_at": "21:30",
        "city": "Goirle",
        "capacity": "12",
        "times": "1",
        "weeks": "4",
    } | fields


def test_a_session_is_planned_with_a_series(client, coordinator):
    response = client.post(reverse("session_new"), filled_in(times="3"))
    made = list(Session.objects.order_by("held_on"))
    assert response["Location"] == f"/regio/agenda/{made[0].pk}/"
    assert [(one.capacity, one.city) for one in made] == [(12, "Goirle")] * 3
    assert "3 sessions are planned." in words(client.get(response["Location"]))


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"title": ""}, "title", "Fill in a title"),
        ({"kind": ""}, "kind", "Choose a kind"),
        ({"held_on": "31-02-2027"}, "held_on", "Fill in a date like 14-03-2028"),
        ({"held_on": "2020-01-01"}, "held_on", "Fill in a date that is still to come"),
        ({"ends_at": "18:00"}, "ends_at", "Fill in a time after the start"),
        ({"starts_at": ""}, "starts_at", "Fill in when it starts"),
        ({"capacity": "13"}, "capacity_reason", "Say why there are more than 12 places"),
        ({"enrol_until": "2099-01-01"}, "enrol_until", "Fill in a day before the session"),
        (
            {"online_url": "javascript:alert(1)"},
            "online_url",
            "Fill in an address that begins with https://",
        ),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(client, coordinator, wrong, field, message):
    response = client.post(reverse("session_new"), filled_in(**wrong))
    assert list(response.context["form"].errors) == [field]
    assert message in words(response)
    assert not Session.objects.exists()


def test_changing_keeps_the_places(client, coordinator):
    session = making.session(capacity=2)
    response = client.get(reverse("session_edit", args=[session.pk]))
    assert 'value="19:30"' in response.content.decode()
    changed = {**filled_in(title="Andere titel"), "held_on": f"{session.held_on:%Y-%m-%d}"}
    client.post(reverse("session_edit", args=[session.pk]), changed)
    session.refresh_from_db()
    assert (session.title, session.capacity, session.sequence) == ("Andere titel", 2, 1)


def test_the_page_shows_who_comes_who_waits_and_what_changed(client, coordinator):
    session, practice = making.session(capacity=1), factories.practice()
    has, first, second = making.enrolled(session, *making.doctors(practice, 3))
    client.post(
        reverse("session_reorder", args=[session.pk, second.pk]),
        {"place": "1", "reason": "Laatste kans dit jaar"},
    )
    response = client.get(reverse("manage_session", args=[session.pk]))
    people = response.context["people"]
    assert (people.confirmed, people.queue) == ((has,), (second, first))
    text = words(response)
    assert f"{second.person.name} from place 2 to 1. Laatste kans dit jaar" in text
    client.post(reverse("session_take_out", args=[session.pk, has.pk]))
    second.refresh_from_db()
    assert second.state == EnrolmentState.CONFIRMED


def test_without_a_reason_the_order_stays(client, coordinator):
    session, practice = making.session(capacity=1), factories.practice()
    _has, _first, second = making.enrolled(session, *making.doctors(practice, 3))
    response = client.post(
        reverse("session_reorder", args=[session.pk, second.pk]), {"place": "1"}, follow=True
    )
    assert "Say why the order of the waiting list changes." in words(response)
    assert not QueueChange.objects.exists()


def test_places_moving_and_cancelling(client, coordinator):
    session, practice = making.session(capacity=1), factories.practice()
    there = making.session(held_on=making.in_days(40))
    _has, first, second = making.enrolled(session, *making.doctors(practice, 3))
    said = words(
        client.post(
            reverse("session_move", args=[session.pk]),
            {"enrolments": [first.pk], "to": there.pk},
            follow=True,
        )
    )
    assert f"{first.person.name} is moved to" in said
    client.post(reverse("session_capacity", args=[session.pk]), {"capacity": "2"})
    second.refresh_from_db()
    assert second.state == EnrolmentState.CONFIRMED
    said = words(
        client.post(reverse("session_capacity", args=[session.pk]), {"capacity": "1"}, follow=True)
    )
    assert "2 people have a place already." in said
    said = words(client.post(reverse("session_cancel", args=[session.pk]), {}, follow=True))
    assert "Fill in the reason: who is enrolled reads it" in said
    client.post(reverse("session_cancel", args=[session.pk]), {"reason": "Ziek"})
    assert "does not take place. Ziek" in words(client.get(f"/regio/agenda/{session.pk}/"))
    client.post(reverse("session_restore", args=[session.pk]))
    session.refresh_from_db()
    assert session.cancelled_at is None


def test_an_enrolment_of_another_session_is_not_found(client, coordinator):
    session, other = making.session(), making.session(held_on=making.in_days(40))
    (has,) = making.enrolled(other, *making.doctors(factories.practice(), 1))
    address = reverse("session_take_out", args=[session.pk, has.pk])
    assert client.post(address).status_code == 404


def test_a_reason_that_is_too_long_is_said_beside_the_field(client, coordinator):
    long = filled_in(capacity="13", capacity_reason="x" * 201)
    assert "capacity_reason" in client.post(reverse("session_new"), long).context["form"].errors


def test_a_large_session_does_not_become_intervision_without_a_reason(client, coordinator):
    session = making.session(kind="information", capacity=40)
    answer = client.post(reverse("session_edit", args=[session.pk]), filled_in())
    assert "more than 12 places for intervision" in words(answer)
    session.refresh_from_db()
    assert session.kind == "information"


def test_a_session_for_a_norm_is_half_filled_in(client, coordinator):
    """Before a deadline far away it is four weeks before it, on a working day."""
    asked = f"{reverse('session_new')}?soort=conversation&voor="
    form = client.get(f"{asked}{making.in_days(100):%Y-%m-%d}").context["form"]
    assert form.initial["kind"] == "conversation"
    assert (form.initial["title"], form.initial["capacity"]) == ("The other conversation", 12)
    assert form.initial["held_on"] in [making.in_days(day) for day in (70, 71, 72)]
    assert form.initial["held_on"].weekday() < 5
    page = client.get(f"{asked}{making.in_days(100):%Y-%m-%d}").content.decode()
    assert f'value="{form.initial["held_on"]:%Y-%m-%d}"' in page


@pytest.mark.parametrize(
    "query", ["soort=onzin", "voor=2099-01-01", "soort=triage&voor=2020-13-45"]
)
def test_what_is_asked_for_in_another_way_is_not_filled_in(client, coordinator, query):
    form = client.get(f"{reverse('session_new')}?{query}").context["form"]
    assert "held_on" not in form.initial
