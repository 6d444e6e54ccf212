"""The menu of courses as people read it."""

import pytest

from monitoring.agenda.menu import menu
from practices.states import StaffRole
from tests import factories
from tests.pages import words
from tests.training import making
from training.models import Course, CoursePrice
from training.states import SessionKind

pytestmark = pytest.mark.django_db


def test_by_theme_and_level_with_the_first_dates() -> None:
    basic = Course.objects.get(title="Basistraining triage")
    for days in (-5, 40, 20, 30, 50):
        making.session(kind="triage", course=basic, held_on=making.in_days(days))
    Course.objects.filter(title="Zelfzorg stimuleren").update(active=False)
    triage, conversation = menu(making.in_days(0))
    assert (triage.kind, conversation.kind) == (SessionKind.TRIAGE, SessionKind.CONVERSATION)
    assert (len(triage.offers), len(conversation.offers)) == (3, 4)
    first = triage.offers[0]
    assert first.course == basic
    assert [one.held_on for one in first.sessions] == [making.in_days(d) for d in (20, 30, 40)]
    assert conversation.offers[-1].course.title == "Coaching in de praktijk"


def test_the_number_of_queries_is_three(django_assert_num_queries) -> None:
    for course in Course.objects.all():
        making.session(kind=course.kind, course=course)
    with django_assert_num_queries(3):
        menu(making.in_days(0))


def test_the_page_tells_what_is_known_and_what_is_not(client) -> None:
    client.cookies["mtvp_language"] = "en"
    Course.objects.filter(title="Basistraining triage").update(supplier="De Wissel")
    CoursePrice.objects.create(
        course=Course.objects.get(supplier="De Wissel"), price=120, valid_from=making.in_days(-1)
    )
    client.force_login(factories.staff_user(factories.practice(), StaffRole.ASSISTANT))
    text = words(client.get("/agenda/menu/"))
    assert "€ 120.00 per person" in text
    assert "De Wissel" in text
    assert "Not known" in text
    assert "In your own practice, on request." in text
    assert "Change the menu" not in text
    client.force_login(making.coordinator())
    assert "Change the menu" in words(client.get("/agenda/menu/"))
