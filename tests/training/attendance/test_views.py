"""The pages of attendance: whose they are, what they say, what they send."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from practices.drafts.exchange import user_key
from practices.models import AuditEvent, Person, User
from practices.states import AuditAction, RegionRoleName
from tests import factories
from tests.pages import words
from tests.training.making import coordinator, doctors, in_days, session
from training.attendance import services
from training.models import Attendance, AttendanceMark, Enrolment, Session, WalkIn
from training.states import EnrolmentState

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator() -> User:
    return factories.region_user(RegionRoleName.FACILITATOR, name="Noor Smit")


@pytest.fixture
def evening(facilitator: User) -> Session:
    return session(held_on=in_days(0), facilitator=facilitator)


def expect(evening: Session, number: int) -> list[Person]:
    practice = factories.practice(name="De Linde")
    people = doctors(practice, number)
    for turn, person in enumerate(people, 1):
        Enrolment.objects.create(
            session=evening,
            person=person,
            practice=practice,
            state=EnrolmentState.CONFIRMED,
            turn=turn,
        )
    return people


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["mtvp_language"] = "en"
    return client


def at(name: str, evening: Session, *args: int) -> str:
    return reverse(name, args=[evening.pk, *args])


def send(client: Client, evening: Session, user: User, *changes: dict[str, str]):
    body = {"user": user_key(user), "changes": list(changes)}
    address = at("session_attendance_sync", evening)
    return client.post(address, json.dumps(body), content_type="application/json")


def change(person: Person, value: str, number: str = "a-1", base: str = "") -> dict[str, str]:
    moment = "2026-01-01T12:00:00+00:00"
    return {"id": number, "field": f"p{person.pk}", "value": value, "base": base, "at": moment}


def test_only_the_own_facilitator_and_the_coordinator_open_the_list(evening, facilitator):
    other = factories.region_user(RegionRoleName.FACILITATOR)
    pages = ("session_attendance", "session_attendance_sync", "session_attendance_add")
    pages += ("session_attendance_history", "session_attendance_pdf")
    for name in pages:
        codes = [
            signed_in(user).get(at(name, evening)).status_code
            for user in (facilitator, coordinator(), other)
        ]
        assert codes == [200, 200, 404], name


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_takes_the_same_number_of_queries_however_long(
    evening, facilitator, people, django_assert_num_queries
):
    for person in expect(evening, people):
        Attendance.objects.create(session=evening, person=person, present=True)
    client = signed_in(facilitator)
    client.get(at("session_attendance", evening))
    with django_assert_num_queries(17):
        client.get(at("session_attendance", evening))


def test_what_a_device_sends_is_saved_and_told_back(evening, facilitator):
    (doctor,) = expect(evening, 1)
    client = signed_in(facilitator)
    answer = send(client, evening, facilitator, change(doctor, "present")).json()
    assert answer["outcomes"] == {"a-1": "kept"}
    held = answer["held"][f"p{doctor.pk}"]
    assert (held["value"], held["version"], held["by"]) == ("present", "a-1", "Noor Smit")
    assert client.get(at("session_attendance_sync", evening)).json()["held"] == answer["held"]


def test_what_another_account_left_on_the_device_is_not_taken(evening, facilitator):
    (doctor,) = expect(evening, 1)
    other = factories.region_user(RegionRoleName.FACILITATOR)
    response = send(signed_in(facilitator), evening, other, change(doctor, "present"))
    assert response.status_code == 400
    assert Attendance.objects.count() == 0


def test_a_device_that_is_signed_out_is_sent_to_sign_in(evening, facilitator):
    (doctor,) = expect(evening, 1)
    response = send(Client(), evening, facilitator, change(doctor, "present"))
    assert response.status_code == 302
    assert Attendance.objects.count() == 0


def test_a_device_without_the_token_of_the_page_is_refused(evening, facilitator):
    (doctor,) = expect(evening, 1)
    client = Client(enforce_csrf_checks=True)
    client.force_login(facilitator)
    response = send(client, evening, facilitator, change(doctor, "present"))
    assert response.status_code == 403
    assert Attendance.objects.count() == 0


def test_the_form_works_without_scripts(evening, facilitator):
    first, second = expect(evening, 2)
    client = signed_in(facilitator)
    posted = {f"p{first.pk}": "present", f"p{second.pk}": "absent"}
    posted |= {f"was-p{one.pk}": "" for one in (first, second)}
    response = client.post(at("session_attendance", evening), posted, follow=True)
    assert "2 changes are saved." in words(response)
    assert "1 of 2 present" in words(response)
    assert set(evening.attendances.values_list("person", "present")) == {
        (first.pk, True),
        (second.pk, False),
    }


def test_somebody_who_was_not_expected_is_found_by_name_and_added(evening, facilitator):
    expect(evening, 1)
    guest = factories.employment(person=factories.person(name="Fleur Gast")).person
    client = signed_in(facilitator)
    found = client.get(at("session_attendance_add", evening), {"q": "gast"})
    assert "Fleur Gast" in words(found)
    response = client.post(at("session_attendance_add", evening), {"person": guest.pk}, follow=True)
    assert "Fleur Gast" in words(response)
    assert "not enrolled" in words(response)
    assert list(evening.attendances.values_list("person", "present")) == [(guest.pk, True)]
    assert "Fleur Gast" not in words(
        client.get(at("session_attendance_add", evening), {"q": "gast"})
    ).replace("Add somebody", "")


def test_a_noted_name_is_settled_from_the_list(evening, facilitator):
    guest = factories.employment(person=factories.person(name="Fleur Gast")).person
    client = signed_in(facilitator)
    client.post(at("session_attendance", evening), {"name": "Fleur G."})
    walk_in = WalkIn.objects.get()
    assert "Fleur G." in words(client.get(at("session_attendance", evening)))
    client.post(at("session_walk_in", evening, walk_in.pk), {"person": guest.pk})
    assert list(evening.attendances.values_list("person", "present")) == [(guest.pk, True)]
    page = words(client.get(at("session_attendance_history", evening)))
    assert "Fleur Gast (Noor Smit" in page
    assert "found and put down" in page


def test_the_history_says_who_put_down_what(evening, facilitator):
    (doctor,) = expect(evening, 1)
    client = signed_in(facilitator)
    send(client, evening, facilitator, change(doctor, "present"))
    send(client, evening, facilitator, change(doctor, "absent", "a-2", "a-1"))
    page = words(client.get(at("session_attendance_history", evening)))
    assert page.index("absent Noor Smit") < page.index("present Noor Smit")
    assert AttendanceMark.objects.count() == 2


def test_before_the_day_the_list_can_only_be_printed(facilitator):
    later = session(held_on=in_days(3), facilitator=facilitator)
    (doctor,) = expect(later, 1)
    client = signed_in(facilitator)
    page = words(client.get(at("session_attendance", later)))
    assert "Attendance can be put down from" in page
    answer = send(client, later, facilitator, change(doctor, "present")).json()
    assert "from" in answer["outcomes"]["a-1"]
    assert Attendance.objects.count() == 0


def test_the_list_on_paper_is_a_pdf_and_stands_in_the_trail(evening, facilitator):
    expect(evening, 12)
    response = signed_in(facilitator).get(at("session_attendance_pdf", evening))
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    event = AuditEvent.objects.get(action=AuditAction.PRINT)
    assert (event.object_type, event.object_id) == ("training.session", str(evening.pk))


def test_without_anybody_the_page_says_what_to_do(evening, facilitator):
    page = words(signed_in(facilitator).get(at("session_attendance", evening)))
    assert "Nobody has a place in this session yet." in page
    assert services.opens_on(evening) is None
