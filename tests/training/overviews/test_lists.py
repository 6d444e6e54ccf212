"""Of which sessions it is known who was there."""

import csv
import io
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from practices.models import Practice
from tests import factories
from tests.pages import words
from tests.training import making
from training.models import Attendance, Session, WalkIn
from training.overviews.lists import Lists, attendance_lists

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


def lists() -> Lists:
    today = timezone.localdate()
    return attendance_lists(making.in_days(-200), making.in_days(200), today)


def held(practice: Practice, title: str, days: int, *present: bool | None) -> Session:
    """A session of so many people with a place; what was put down of each, None for nothing."""
    session = making.session(title=title, capacity=12)
    people = making.doctors(practice, len(present))
    making.enrolled(session, *people)
    Session.objects.filter(pk=session.pk).update(held_on=making.in_days(days))
    for person, there in zip(people, present, strict=True):
        if there is not None:
            Attendance.objects.create(session=session, person=person, present=there)
    session.refresh_from_db()
    return session


def titles(found: Lists) -> list[list[str]]:
    groups = (found.missing, found.unfinished, found.done, found.coming)
    return [[one.session.title for one in group] for group in groups]


def test_what_is_missing_comes_first_the_oldest_on_top(practice: Practice) -> None:
    held(practice, "vergeten", -30, None, None)
    held(practice, "lang vergeten", -60, None)
    held(practice, "half", -20, True, None)
    held(practice, "klaar", -50, True, False)
    held(practice, "laatst klaar", -10, True)
    named = held(practice, "naam onbekend", -5, True)
    WalkIn.objects.create(
        session=named, field="n1", change="c1", name="Iemand", noted_at=timezone.now()
    )
    held(practice, "vandaag", 0, None)
    held(practice, "straks", 21, None)
    held(practice, "later", 22, None)
    gone = held(practice, "gaat niet door", -15, None)
    Session.objects.filter(pk=gone.pk).update(
        cancelled_at=timezone.now(), cancel_reason="geen begeleider"
    )
    assert titles(lists()) == [
        ["lang vergeten", "vergeten"],
        ["half", "naam onbekend"],
        ["laatst klaar", "klaar"],
        ["vandaag", "straks"],
    ]
    (half, _names) = lists().unfinished
    assert (half.expected, half.present, half.unknown, half.names) == (2, 1, 1, 0)


def test_the_page_leads_to_the_list_and_the_paper(coordinator: Client, practice: Practice) -> None:
    session = held(practice, "vergeten", -3, None)
    link = f"{reverse('attendance_lists')}?jaar={session.held_on.year}"
    page = coordinator.get(link)
    assert "Of 1 session that is over nobody put down who was there." in words(page)
    assert reverse("session_attendance", args=[session.pk]) in page.content.decode()
    assert reverse("session_attendance_pdf", args=[session.pk]) in page.content.decode()
    made = coordinator.get(
        f"{reverse('attendance_lists_file', args=['csv'])}?jaar={session.held_on.year}"
    )
    rows = list(csv.reader(io.StringIO(made.content.decode("utf-8-sig")), delimiter=";"))
    assert (rows[1][0], rows[1][-1]) == ("vergeten", "nothing put down")


def test_without_sessions_the_page_says_what_to_do(coordinator: Client) -> None:
    assert "No sessions in this year yet." in words(coordinator.get(reverse("attendance_lists")))


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(
    coordinator: Client, practice: Practice, number: int, django_assert_num_queries
) -> None:
    for _one in range(number):
        held(practice, "vandaag", 0, *[None] * number)
    with django_assert_num_queries(14):
        coordinator.get(reverse("attendance_lists"))
