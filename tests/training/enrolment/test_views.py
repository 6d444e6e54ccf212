"""Enrolling oneself and colleagues, on the pages of a practice."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from practices.models import AuditEvent, Practice
from practices.states import RegionRoleName, StaffRole
from tests import factories
from tests.pages import words
from tests.training import making
from training.enrolment import services
from training.models import Attendance, Enrolment
from training.states import EnrolmentState, SessionKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["mtvp_language"] = "en"


@pytest.fixture
def practice() -> Practice:
    start = timezone.localdate() - timedelta(days=100)
    return factories.practice(slug="de-linde", cohort=factories.cohort(start_on=start))


def page(client, session):
    return client.get(f"/praktijk/de-linde/agenda/{session.pk}/", follow=True)


def test_an_assistant_enrols_herself(client, practice):
    session = making.session(kind=SessionKind.TRIAGE)
    assistant = factories.staff_user(practice, StaffRole.ASSISTANT)
    client.force_login(assistant)
    text = words(page(client, session))
    assert "For you: counts: 1 of 1 times." in text
    assert "Enrol me" in text
    response = client.post(reverse("enrol_oneself", args=["de-linde", session.pk]), follow=True)
    made = Enrolment.objects.get()
    assert (made.person, made.practice, made.enrolled_by) == (assistant.person, practice, assistant)
    assert f"{assistant.person.name} has a place." in words(response)
    assert "has a place" in words(page(client, session))


def test_the_queue_place_is_shown_and_given_up(client, practice):
    session = making.session(kind=SessionKind.TRIAGE, capacity=1)
    first = factories.employment(practice=practice, role="assistant").person
    assistant = factories.staff_user(practice, StaffRole.ASSISTANT)
    making.enrolled(session, first, assistant.person)
    client.force_login(assistant)
    assert "waiting list, place 1" in words(page(client, session))
    mine = Enrolment.objects.get(person=assistant.person)
    address = reverse("cancel_own", args=["de-linde", session.pk, mine.pk])
    assert "Who comes back joins the end." in words(client.get(address))
    assert Enrolment.objects.live().count() == 2
    client.post(address)
    mine.refresh_from_db()
    assert mine.state == EnrolmentState.CANCELLED


def test_nobody_cancels_for_a_colleague_without_being_allowed(client, practice):
    session = making.session()
    (made,) = making.enrolled(session, *making.doctors(practice, 1))
    client.force_login(factories.staff_user(practice, StaffRole.GP_LOCUM))
    own = reverse("cancel_own", args=["de-linde", session.pk, made.pk])
    of_other = reverse("cancel_colleague", args=["de-linde", session.pk, made.pk])
    assert (client.post(own).status_code, client.post(of_other).status_code) == (404, 403)
    made.refresh_from_db()
    assert made.is_live


def test_the_page_says_per_colleague_what_it_counts_for(client, practice):
    session = making.session(capacity=9)
    once, planned, done, never = making.doctors(practice, 4)
    nurse = factories.employment(practice=practice, role="poh").person
    for person, days in [(once, (-9,)), (done, (-9, -8))]:
        for day in days:
            held = making.session(held_on=making.in_days(day))
            Attendance.objects.create(session=held, person=person, present=True)
    making.enrolled(making.session(held_on=making.in_days(5)), planned)
    client.force_login(factories.staff_user(practice, StaffRole.MANAGER))
    people = {one.person: one for one in page(client, session).context["page"].colleagues}
    assert {one: people[one].counts for one in (once, planned, done, never, nurse)} == {
        once: "counts: 2 of 2 times",
        planned: "counts: 2 of 2 times",
        done: "is done: 2 of 2 times",
        never: "counts: 1 of 2 times",
        nurse: "counts for no norm",
    }
    assert (people[done].may_enrol, people[nurse].may_enrol) == (True, False)
    assert [one.wanted for one in people.values()][:3] == [True] * 3


def test_a_manager_enrols_a_few_at_once(client, practice):
    session, doctors = making.session(capacity=2), making.doctors(practice, 3)
    manager = factories.staff_user(practice, StaffRole.MANAGER)
    client.force_login(manager)
    address = reverse("enrol_colleagues", args=["de-linde", session.pk])
    nobody = client.post(address, {})
    assert "Choose who you want to enrol" in words(nobody)
    chosen = {"people": [one.pk for one in doctors]}
    text = words(client.post(address, chosen, follow=True))
    assert f"{doctors[0].name}, {doctors[1].name} have a place." in text
    assert f"The session is full. {doctors[2].name} is on the waiting list." in text
    assert {one.enrolled_by for one in Enrolment.objects.all()} == {manager}
    outsider = factories.employment().person
    again = client.post(address, {"people": [outsider.pk]})
    assert "One of these colleagues cannot be enrolled. Choose again." in words(again)


@pytest.mark.parametrize("role", [RegionRoleName.CONSULTANT, RegionRoleName.COORDINATOR])
def test_on_behalf_of_a_practice_is_kept_and_in_the_trail(client, practice, role):
    session, (doctor,) = making.session(), making.doctors(practice, 1)
    actor = factories.region_user(role)
    if role == RegionRoleName.CONSULTANT:
        practice.consultant = actor
        practice.save()
    client.force_login(actor)
    client.post(reverse("enrol_colleagues", args=["de-linde", session.pk]), {"people": [doctor.pk]})
    made = Enrolment.objects.get()
    assert (made.on_behalf, made.enrolled_by) == (True, actor)
    event = AuditEvent.objects.get(object_type="training.enrolment")
    assert event.detail["on_behalf"] is True


def test_why_not_is_said_on_the_page_and_after_posting(client, practice):
    session = making.session(enrol_until=making.in_days(-1))
    doctor = factories.staff_user(practice, StaffRole.GP_LOCUM)
    client.force_login(doctor)
    assert "Enrolling was possible until" in words(page(client, session))
    address = reverse("enrol_oneself", args=["de-linde", session.pk])
    response = client.post(address, follow=True)
    assert f"{doctor.person.name}: Enrolling was possible until" in words(response)
    assert not Enrolment.objects.exists()


def test_a_late_cancellation_is_told_beforehand_and_marked(client, practice):
    session = making.session(cancel_until=making.in_days(-1))
    doctor = factories.staff_user(practice, StaffRole.GP_OWNER)
    (made,) = making.enrolled(session, doctor.person)
    client.force_login(doctor)
    address = reverse("cancel_own", args=["de-linde", session.pk, made.pk])
    assert "It is marked as late" in words(client.get(address))
    client.post(address)
    made.refresh_from_db()
    assert made.state == EnrolmentState.LATE_CANCELLED


def test_the_link_to_meet_online_is_for_who_has_a_place(client, practice):
    session = making.session(
        kind=SessionKind.TRIAGE, capacity=1, online_url="https://samen.example/geheim"
    )
    other = factories.employment(practice=practice, role="assistant").person
    assistant = factories.staff_user(practice, StaffRole.ASSISTANT)
    client.force_login(assistant)
    assert "samen.example" not in page(client, session).content.decode()
    has, _waits = making.enrolled(session, other, assistant.person)
    assert "samen.example" not in page(client, session).content.decode()
    services.cancel(enrolment=has, actor=None)
    assert "https://samen.example/geheim" in page(client, session).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(client, practice, number, django_assert_num_queries):
    session = making.session(capacity=1)
    making.enrolled(session, *making.doctors(practice, number))
    client.force_login(factories.staff_user(practice, StaffRole.GP_OWNER))
    address = reverse("enrol_colleagues", args=["de-linde", session.pk])
    client.get(address)
    with django_assert_num_queries(20):
        client.get(address)
