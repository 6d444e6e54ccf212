"""The calendar: who sees it, what stands in it, the filters, month and year."""

from datetime import date, time, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from monitoring.agenda.choice import Choice
from monitoring.agenda.listing import Reader, rows_of
from monitoring.models import Visit
from practices.states import RegionRoleName, StaffRole
from tests import factories, region_story
from tests.pages import words
from tests.training import making
from training.models import Session
from training.states import SessionKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["mtvp_language"] = "en"


@pytest.fixture
def practice():
    return factories.practice(city="Goirle")


@pytest.fixture
def doctor(practice):
    return factories.staff_user(practice, StaffRole.GP_OWNER)


def titles(response):
    return [row.title for row in response.context["rows"]]


def test_the_agenda_begins_with_what_one_facilitates(client):
    facilitator = factories.region_user(RegionRoleName.FACILITATOR)
    past, coming, later = (
        making.session(held_on=making.in_days(days), facilitator=facilitator)
        for days in (-5, 5, 50)
    )
    making.session(title="Lang geleden", held_on=making.in_days(-60), facilitator=facilitator)
    making.session(title="Van een ander", held_on=making.in_days(3))
    making.session(title="Geweest", held_on=making.in_days(-3))
    client.force_login(facilitator)
    response = client.get("/agenda/")
    assert list(response.context["own"]) == [coming, later, past]
    assert titles(response) == ["Van een ander", coming.title, later.title]
    page = response.content.decode()
    assert reverse("session_attendance", args=[coming.pk]) in page
    assert reverse("year_plan") in page


def test_the_agenda_is_not_for_insurers_and_overseers(client):
    region = region_story.build_region()
    expected = {
        region.doctor: 200,
        region.assistant: 200,
        region.consultant: 200,
        region.coordinator: 200,
        region.facilitator: 200,
        region.insurer_reader: 403,
        factories.region_user(RegionRoleName.PRIVACY_OFFICER): 403,
        factories.user(): 403,
    }
    seen = {}
    for user in expected:
        client.force_login(user)
        seen[user] = client.get("/agenda/").status_code
    assert seen == expected


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(
    client, practice, doctor, number, django_assert_num_queries
):
    for place in range(number):
        session = making.session(held_on=making.in_days(10 + place))
        making.enrolled(session, *making.doctors(practice, 3), doctor.person, practice=practice)
        Visit.objects.create(
            practice=practice, held_on=making.in_days(20 + place), time_out_discussed=False
        )
    client.force_login(doctor)
    client.get("/agenda/")
    with django_assert_num_queries(16):
        client.get("/agenda/")


def test_filters_by_kind_month_place_and_city(client, practice, doctor):
    first = (timezone.localdate().replace(day=1) + timedelta(days=70)).replace(day=15)
    making.session(title="Triage", kind=SessionKind.TRIAGE, held_on=first, city="Tilburg")
    full = making.session(title="Vol", held_on=first + timedelta(days=60), capacity=1)
    making.session(title="Online", held_on=first, city="", online_url="https://samen.example/1")
    making.enrolled(full, *making.doctors(practice, 1))
    client.force_login(doctor)
    assert titles(client.get("/agenda/?soort=triage")) == ["Triage"]
    assert titles(client.get(f"/agenda/?maand={first:%Y-%m}")) == ["Online", "Triage"]
    assert titles(client.get("/agenda/?vrij=1")) == ["Online", "Triage"]
    assert titles(client.get("/agenda/?nabij=1")) == ["Online", "Vol"]
    assert titles(client.get("/agenda/?soort=onzin&maand=2026-99&vrij=2")) == [
        *("Online", "Triage", "Vol"),
    ]
    assert "Nothing fits these choices." in words(client.get("/agenda/?soort=visit"))


def test_a_row_says_where_one_stands(client, practice, doctor):
    session = making.session(capacity=1)
    other, *_rest = making.doctors(practice, 2)
    making.enrolled(session, other, doctor.person, practice=practice)
    client.force_login(doctor)
    (row,) = client.get("/agenda/").context["rows"]
    assert (row.queue_place, row.colleagues, row.places.full, row.open) == (1, 2, True, True)
    text = words(client.get("/agenda/"))
    assert "full, 1 person is waiting" in text
    assert "you wait: place 1" in text
    assert "2 people of your practice" in text


@pytest.mark.parametrize(
    ("role", "invited"),
    [
        (StaffRole.ASSISTANT, ["Triage", "Vragen"]),
        (StaffRole.POH, ["Vragen"]),
        (StaffRole.MANAGER, ["Intervisie", "Triage", "Vragen"]),
    ],
)
def test_nobody_is_invited_to_what_they_cannot_join(client, practice, role, invited):
    for title, kind in [
        ("Intervisie", SessionKind.INTERVISION),
        ("Triage", SessionKind.TRIAGE),
        ("Vragen", SessionKind.QUESTION_HOUR),
    ]:
        making.session(title=title, kind=kind)
    client.force_login(factories.staff_user(practice, role))
    rows = client.get("/agenda/").context["rows"]
    assert len(rows) == 3
    assert [row.title for row in rows if row.open] == invited


def test_visits_are_for_the_practice_and_who_visits_it(client, practice, doctor):
    Visit.objects.create(practice=practice, held_on=making.in_days(3), time_out_discussed=False)
    elsewhere = factories.staff_user(factories.practice())
    client.force_login(doctor)
    assert titles(client.get("/agenda/?soort=visit")) == [f"Visit of the consultant to {practice}"]
    client.force_login(elsewhere)
    assert titles(client.get("/agenda/")) == []


def test_a_cancelled_session_stays_crossed_out(client, doctor):
    session = making.session()
    Session.objects.filter(pk=session.pk).update(cancelled_at=timezone.now(), cancel_reason="Ziek")
    client.force_login(doctor)
    response = client.get("/agenda/")
    (row,) = response.context["rows"]
    assert (row.cancelled, row.open) == (True, False)
    assert "does not take place" in words(response)
    assert titles(client.get("/agenda/?vrij=1")) == []


def test_the_month_has_whole_weeks_and_each_session_on_its_day(client, doctor):
    making.session(title="Op de vijfde", held_on=date(2027, 11, 5), starts_at=time(19, 0))
    client.force_login(doctor)
    response = client.get("/agenda/maand/?maand=2027-11")
    weeks = response.context["weeks"]
    assert [len(week) for week in weeks] == [7] * 5
    assert (weeks[0][0].day, weeks[-1][-1].day) == (date(2027, 11, 1), date(2027, 12, 5))
    on = {day.day: [row.title for row in day.rows] for week in weeks for day in week if day.rows}
    assert on == {date(2027, 11, 5): ["Op de vijfde"]}
    assert (response.context["before"], response.context["after"]) == ("2027-10", "2027-12")


def test_the_year_as_pdf_holds_every_month_with_something(client, doctor, practice):
    making.session(title="In maart", held_on=date(2027, 3, 28))
    making.session(title="In oktober", held_on=date(2027, 10, 31), city="Udenhout")
    making.session(title="Later", held_on=date(2028, 1, 1))
    client.force_login(doctor)
    response = client.get("/agenda/jaar/2027.pdf")
    assert response["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(b"".join(response.streaming_content)))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "In maart" in text and "In oktober" in text and "Udenhout" in text
    assert "Later" not in text
    assert client.get("/agenda/jaar/1800.pdf").status_code == 404


def test_rows_come_in_order_of_time(practice, doctor):
    for hour in (20, 9):
        making.session(title=str(hour), starts_at=time(hour, 0), ends_at=None)
    rows = rows_of(Reader(doctor, (practice,)), Choice(), timezone.now())
    assert [row.title for row in rows] == ["9", "20"]


def test_a_session_leads_each_role_to_its_own_page(client, practice, doctor):
    session = making.session()
    two = factories.staff_user(practice)
    factories.employment(person=two.person)
    expected = {
        doctor: f"/praktijk/{practice.slug}/agenda/{session.pk}/",
        making.coordinator(): f"/regio/agenda/{session.pk}/",
        two: None,
        factories.region_user(RegionRoleName.FACILITATOR): None,
    }
    seen = {}
    for user in expected:
        client.force_login(user)
        seen[user] = client.get(f"/agenda/{session.pk}/").get("Location")
    assert seen == expected
    client.force_login(doctor)
    assert client.get("/agenda/999999/").status_code == 404
