"""Visits that cannot be as they are: told, with another date one tap away."""

from datetime import date, time

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from monitoring.models import AppointmentMail, VisitAppointment
from monitoring.visit_planning import services
from monitoring.visit_planning.offers import offers, slot_of
from monitoring.visit_planning.planning import planning
from monitoring.visit_planning.states import AppointmentMailKind, AppointmentState
from practices.changes.services import change_consultant
from practices.joining import services as joining
from practices.models import Practice, User
from practices.states import RegionRoleName
from tests import factories
from tests.monitoring.visit_planning import making
from tests.training import making as sessions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client: Client) -> None:
    client.cookies["mtvp_language"] = "en"


@pytest.fixture
def consultant() -> User:
    return making.consultant()


@pytest.fixture
def practice(consultant: User) -> Practice:
    return making.practice(consultant, name="De Linde")


@pytest.fixture
def coordinator() -> User:
    return factories.region_user(RegionRoleName.COORDINATOR)


def handed_over(practice: Practice, to: User, actor: User) -> None:
    change_consultant(practice=practice, consultant=to, actor=actor)
    practice.refresh_from_db()


def offered(client: Client, page: str, user: User) -> list:
    client.force_login(user)
    return client.get(reverse(page)).context["offers"]


def fields(offer) -> dict[str, str]:
    return {
        "day": offer.slot.day.isoformat(),
        "starts_at": f"{offer.slot.starts_at:%H:%M}",
        "ends_at": f"{offer.slot.ends_at:%H:%M}",
        "place": offer.appointment.place,
        "online_url": "",
    }


def test_a_clash_of_the_new_consultant_is_told_and_moved_with_one_tap(
    client, consultant, practice, coordinator
):
    robin = making.consultant(name="Robin Bos")
    own = making.invited(making.practice(robin, name="Korvel"), robin, days=20, at=time(13, 30))
    handed = making.invited(practice, consultant, days=20)
    assert offers(robin, timezone.localdate()) == []
    handed_over(practice, robin, coordinator)
    for page in ("today", "visit_planning"):
        found = {one.practice.name: one for one in offered(client, page, robin)}
        assert set(found) == {"De Linde", "Korvel"}
        assert found["De Linde"].clash.what == "Korvel"
        content = client.get(reverse(page)).content.decode()
        assert "You have something else then: Korvel, 13.30." in content
    slot = found["De Linde"].slot
    assert slot.day > timezone.localdate()
    address = reverse("visit_move", args=[practice.slug, handed.code])
    assert f'action="{address}"' in content
    client.post(address, fields(found["De Linde"]))
    moved = making.fresh(handed)
    assert (slot_of(moved), moved.state, moved.place) == (slot, "invited", "Goirle")
    assert offered(client, "today", robin) == []
    assert making.fresh(own).sequence == 0


def test_a_session_she_accompanies_counts_and_nobody_elses(consultant, practice):
    making.invited(practice, consultant, days=20)
    sessions.session(
        facilitator=making.consultant(name="Robin"),
        held_on=making.in_days(20),
        starts_at=time(13),
        ends_at=time(15),
    )
    assert offers(consultant, timezone.localdate()) == []
    own = sessions.session(
        facilitator=consultant, held_on=making.in_days(20), starts_at=time(14), ends_at=time(15)
    )
    found = offers(consultant, timezone.localdate())
    assert [one.clash.what for one in found] == [own.title]


def stopping(practice: Practice, coordinator: User, day: date) -> None:
    joining.stop(practice=practice, day=day, reason="Sluit", actor=coordinator)


def test_a_visit_that_was_called_off_is_offered_again_when_the_practice_goes_on(
    client, consultant, practice, coordinator
):
    making.owner(practice)
    appointment = making.invited(practice, consultant, days=40)
    stopping(practice, coordinator, making.in_days(10))
    assert making.fresh(appointment).called_off
    assert offered(client, "today", consultant) == []
    joining.go_on(practice=practice, actor=coordinator)
    (offer,) = offered(client, "today", consultant)
    assert (offer.clash, offer.same) == (None, True)
    content = client.get(reverse("visit_planning")).content.decode()
    assert "It goes on after all." in content
    (row,) = (
        rows[0] for _stand, _name, rows in client.get(reverse("visit_planning")).context["groups"]
    )
    assert row.proposal == slot_of(appointment)
    client.post(reverse("visit_invite", args=[practice.slug]), fields(offer))
    again = VisitAppointment.objects.open().get(practice=practice)
    assert (slot_of(again), again.place) == (slot_of(appointment), "Goirle")
    assert offered(client, "today", consultant) == []
    assert AppointmentMail.objects.filter(
        appointment=again, kind=AppointmentMailKind.INVITATION
    ).exists()


def test_what_she_cancelled_herself_or_planned_something_else_at_is_not_offered_so(
    consultant, practice, coordinator
):
    first = making.invited(practice, consultant, days=40)
    services.cancel(appointment=first, reason="Ziek", actor=consultant)
    assert offers(consultant, timezone.localdate()) == []
    second = making.invited(practice, consultant, days=40)
    stopping(practice, coordinator, making.in_days(10))
    making.invited(making.practice(consultant, name="Korvel"), consultant, days=40)
    joining.go_on(practice=practice, actor=coordinator)
    (offer,) = offers(consultant, timezone.localdate())
    assert (offer.appointment, offer.same) == (second, False)
    assert offer.slot is not None


def test_no_date_is_offered_twice_on_a_page(client, consultant, coordinator):
    robin = making.consultant(name="Robin Bos")
    making.invited(making.practice(robin, name="Korvel"), robin, days=20)
    for name, days in (("Linde", 20), ("Beuk", 40)):
        practice = making.practice(consultant, name=name)
        making.invited(practice, consultant, days=days)
        if days == 40:
            stopping(practice, coordinator, making.in_days(10))
            joining.go_on(practice=practice, actor=coordinator)
        handed_over(practice, robin, coordinator)
    lost = making.practice(robin, name="Eik")
    making.invited(lost, robin, days=40)
    stopping(lost, coordinator, making.in_days(10))
    joining.go_on(practice=lost, actor=coordinator)
    for place in range(5):
        making.practice(robin, name=f"Te plannen {place}")
    client.force_login(robin)
    context = client.get(reverse("visit_planning")).context
    slots = [one.slot for one in context["offers"]]
    proposed = [row.proposal for _s, _n, rows in context["groups"] for row in rows if row.proposal]
    again = {one.slot for one in context["offers"] if one.clash is None}
    assert len(slots) == len(set(slots)) == 4
    assert len(again) == 2
    assert len(proposed) == len(set(proposed)) == 7
    assert set(slots) & set(proposed) == again


def test_nothing_is_offered_after_the_practice_stops(consultant, practice, coordinator):
    robin = making.consultant(name="Robin Bos")
    making.invited(making.practice(robin, name="Korvel"), robin, days=5)
    making.invited(practice, consultant, days=5)
    stopping(practice, coordinator, making.in_days(12))
    handed_over(practice, robin, coordinator)
    slots = {one.practice.name: one.slot for one in offers(robin, timezone.localdate())}
    assert slots["De Linde"].day < making.in_days(12)
    assert slots["Korvel"].day > making.in_days(12)


def test_nothing_is_proposed_after_the_practice_stops(consultant, practice, coordinator):
    stopping(practice, coordinator, making.in_days(9))
    practice.refresh_from_db()
    (row,) = planning([practice], timezone.localdate(), dates=consultant)
    assert row.proposal is not None
    assert row.proposal.day < making.in_days(9)


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_is_fixed(consultant, coordinator, django_assert_num_queries, number):
    for place in range(number):
        going = making.practice(consultant, name=f"Praktijk {place}")
        making.invited(going, consultant, days=20 + place)
        lost = making.practice(consultant, name=f"Verloren {place}")
        making.invited(lost, consultant, days=50 + place)
        stopping(lost, coordinator, making.in_days(10))
        joining.go_on(practice=lost, actor=coordinator)
    with django_assert_num_queries(6):
        assert len(offers(consultant, timezone.localdate())) == number


def test_the_answer_goes_with_the_date_it_was_about(consultant, practice):
    doctor = making.owner(practice)
    appointment = making.invited(practice, consultant)
    services.accept(appointment=appointment, seen=0, actor=doctor)
    moved = services.move(appointment=appointment, moment=making.moment(30), actor=consultant)
    assert (moved.state, moved.replied_at, moved.replied_by) == ("invited", None, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": AppointmentState.CONFIRMED},
        {"state": AppointmentState.ANOTHER},
        {"replied_at": timezone.now()},
        {"called_off": True},
        {"state": AppointmentState.CANCELLED},
    ],
)
def test_the_database_refuses_an_appointment_without_what_its_state_says(
    consultant, practice, wrong
):
    appointment = making.invited(practice, consultant)
    with pytest.raises(IntegrityError), transaction.atomic():
        VisitAppointment.objects.filter(pk=appointment.pk).update(**wrong)
