"""How full sessions are and who came."""

import csv
import io
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from practices.models import AuditEvent, Practice
from practices.states import AuditAction
from tests import factories
from tests.pages import words
from tests.training import making
from training.enrolment import services
from training.models import Attendance, Course, Session
from training.overviews.exports import group_tables, quarter_name
from training.overviews.fill import Filled, fills, kind_name, together, under_minimum

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def practice() -> Practice:
    return factories.practice()


@pytest.fixture
def coordinator(client: Client) -> Client:
    client.cookies["mtvp_language"] = "en"
    client.force_login(making.coordinator())
    return client


def over(session: Session, day: date) -> Session:
    session.held_on = day
    session.save(update_fields=["held_on"])
    return session


def of(session: Session) -> tuple[object, ...]:
    (row,) = [one for one in fills(session.held_on, session.held_on) if one.session == session]
    return row.places, row.taken, row.waiting, row.late, row.present, row.absent


def test_places_queue_and_who_came(practice: Practice) -> None:
    session = making.session(capacity=3, cancel_until=making.in_days(-1))
    people = making.doctors(practice, 6)
    has, *_rest = making.enrolled(session, *people[:5])
    services.cancel(enrolment=has, actor=None)
    assert of(session) == (3, 3, 1, 1, None, None)
    over(session, making.in_days(-1))
    for person, present in ((people[1], True), (people[2], False), (people[5], True)):
        Attendance.objects.create(session=session, person=person, present=present)
    # The fourth has a place and nobody knows; the sixth walked in.
    assert of(session) == (3, 4, 1, 1, 2, 1)


def test_somebody_who_had_no_place_did_not_stay_away(practice: Practice) -> None:
    session = making.session(held_on=making.in_days(-1))
    (person,) = making.doctors(practice, 1)
    Attendance.objects.create(session=session, person=person, present=False)
    assert of(session) == (2, 0, 0, 0, 0, 0)


def test_taken_together_without_what_does_not_take_place(practice: Practice) -> None:
    first = making.session(capacity=2, held_on=date(2030, 2, 1))
    making.session(capacity=4, held_on=date(2030, 3, 31), kind="triage")
    making.session(capacity=None, held_on=date(2030, 4, 1), kind="question_hour")
    making.session(
        held_on=date(2030, 4, 1), cancelled_at=timezone.now(), cancel_reason="geen begeleider"
    )
    making.enrolled(first, *making.doctors(practice, 3))
    rows = fills(date(2030, 1, 1), date(2030, 12, 31))
    assert len(rows) == 4
    assert together(rows, quarter_name) == [
        Filled("Quarter 1 of 2030", 2, 6, 2, 2, 1, 0, 0),
        Filled("Quarter 2 of 2030", 1, 0, 0, 0, 0, 0, 0),
    ]
    assert [one.name for one in together(rows, kind_name)] == [
        "Intervision",
        "Triage training",
        "Question hour",
    ]
    assert next(row[4] for row in group_tables(rows)[2].rows) == pytest.approx(1 / 3)


def test_too_few_people_soon(practice: Practice) -> None:
    thin = making.session(minimum=2, held_on=making.in_days(28))
    enough = making.session(minimum=1, held_on=making.in_days(10))
    making.session(minimum=2, held_on=making.in_days(29))
    making.session(
        minimum=2, held_on=making.in_days(5), cancelled_at=timezone.now(), cancel_reason="ziek"
    )
    making.session(held_on=making.in_days(5))
    person = making.doctors(practice, 1)[0]
    making.enrolled(thin, person)
    making.enrolled(enough, person)
    assert under_minimum(timezone.localdate()) == [thin]


def test_the_page_and_its_files(coordinator: Client, practice: Practice) -> None:
    course = Course.objects.create(title="Basis triage", kind="triage")
    session = making.session(title="Avond", kind="triage", course=course, minimum=5)
    link = f"{reverse('training_fill')}?jaar={session.held_on.year}"
    page = words(coordinator.get(link))
    assert "Too few people, within four weeks" not in page
    assert "0 of 2 places are taken." in page
    assert "Basis triage" in page
    over(session, making.in_days(20))
    assert "At least 5 people are needed; 0 have a place." in words(coordinator.get(link))
    made = coordinator.get(reverse("training_fill_file", args=["csv"]))
    rows = list(csv.reader(io.StringIO(made.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][0] == "Avond"
    book = coordinator.get(reverse("training_fill_file", args=["xlsx"]))
    assert book.content.startswith(b"PK")
    exports = AuditEvent.objects.filter(action=AuditAction.EXPORT, object_type="training.fill")
    assert exports.count() == 2


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(
    coordinator: Client, practice: Practice, number: int, django_assert_num_queries
) -> None:
    for _one in range(number):
        making.enrolled(making.session(minimum=5), *making.doctors(practice, number))
    with django_assert_num_queries(13):
        coordinator.get(reverse("training_fill"))
