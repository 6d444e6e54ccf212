"""The coordinator keeps the menu: offers, their order, and prices from a day on."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from practices.models import AuditEvent
from tests.pages import words
from tests.training.attendance.test_views import signed_in
from tests.training.making import coordinator, in_days, session
from training.menu.services import move_course, price_on, set_price
from training.models import Course, Session
from training.sessions.services import Repeat, make_sessions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The texts in the code; Dutch is a catalogue."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def empty_menu() -> None:
    """The offers that come with the product would stand between those of the test."""
    Course.objects.all().delete()


def course(title: str, kind: str = "triage", **fields: Any) -> Course:
    position = Course.objects.filter(kind=kind).count() + 1
    return Course.objects.create(title=title, kind=kind, position=position, **fields)


def priced(one: Course, price: str, day: date) -> None:
    set_price(course=one, price=Decimal(price), valid_from=day, actor=coordinator())


def titles(kind: str = "triage") -> list[str]:
    return list(Course.objects.filter(kind=kind).values_list("title", flat=True))


def offer(**other: Any) -> dict[str, Any]:
    return {
        "kind": "triage",
        "title": "Zelfzorg",
        "level": "beginner",
        "description": "U leert adviseren.",
        "roles": ["assistant", "poh"],
        "supplier": "De Wissel",
        "accreditation_body": "KABIZ",
        "accreditation_points": "2",
    } | other


def test_an_offer_is_added_changed_taken_off_and_put_back():
    client = signed_in(coordinator())
    client.post(reverse("course_new"), offer())
    made = Course.objects.get()
    assert (made.title, made.roles, made.position) == ("Zelfzorg", ["assistant", "poh"], 1)
    client.post(reverse("course_edit", args=[made.pk]), offer(title="Zelfzorg stimuleren"))
    seen = words(client.get(reverse("course_menu")))
    assert "Zelfzorg stimuleren U leert adviseren. Level Beginner" in seen
    for op, there in (("0", False), ("1", True)):
        client.post(reverse("course_offer", args=[made.pk]), {"op": op}, follow=True)
        assert ("Zelfzorg stimuleren" in words(client.get(reverse("course_menu")))) is there
    events = AuditEvent.objects.filter(object_type="training.course")
    assert list(events.order_by("pk").values_list("action", flat=True)) == [
        "create",
        *("change",) * 3,
    ]


def test_the_preview_saves_nothing():
    client = signed_in(coordinator())
    page = words(client.post(reverse("course_new"), offer(voorbeeld="1")))
    assert "This is what practices will see Zelfzorg U leert adviseren." in page
    assert "It is not saved yet." in page
    assert not Course.objects.exists()


def test_a_title_stands_on_the_menu_once():
    course("Zelfzorg")
    page = words(signed_in(coordinator()).post(reverse("course_new"), offer()))
    assert "There is an offer with this title already" in page


def test_the_order_is_that_of_the_region():
    first, second, third = (course(title) for title in ("C", "B", "A"))
    course("X", "conversation")
    actor = coordinator()
    move_course(course=third, steps=-2, actor=actor)
    assert titles() == ["A", "C", "B"]
    move_course(course=first, steps=-9, actor=actor)
    move_course(course=second, steps=1, actor=actor)
    assert titles() == ["C", "A", "B"]
    client = signed_in(actor)
    client.post(reverse("course_move", args=[second.pk]), {"kant": "omhoog"})
    assert titles() == ["C", "B", "A"]
    page = words(client.get(reverse("menu_edit")))
    assert page.index(" C ") < page.index(" B ") < page.index(" A ")


def test_what_is_planned_keeps_its_price():
    one = course("Basis")
    priced(one, "90", in_days(-100))
    fields = {"kind": "triage", "course": one, "title": "Basis"}
    make_sessions(
        fields=fields | {"held_on": in_days(20)}, repeat=Repeat(2, 4), actor=coordinator()
    )
    priced(one, "120", in_days(30))
    make_sessions(fields=fields | {"held_on": in_days(60)}, repeat=Repeat(), actor=coordinator())
    priced(one, "100", in_days(-100))
    assert list(Session.objects.in_order().values_list("price", flat=True)) == [90, 90, 120]
    assert price_on(one, in_days(29)) == 100
    assert price_on(one, in_days(-101)) is None


def test_a_first_price_goes_to_what_had_none_up_to_the_next_price():
    one = course("Basis")
    for days in (-20, 5, 15):
        session(course=one, kind="triage", held_on=in_days(days))
    session(course=course("Ander"), kind="triage", held_on=in_days(5))
    priced(one, "120", in_days(10))
    priced(one, "90", in_days(0))
    found = Session.objects.filter(course=one).in_order().values_list("price", flat=True)
    assert list(found) == [None, 90, 120]
    assert Session.objects.get(course__title="Ander").price is None


def test_the_pages_tell_the_price_now_and_the_next_one():
    one = course("Basis")
    client = signed_in(coordinator())
    page = reverse("course_price", args=[one.pk])
    assert "Fill in a price; 0 for free." in words(client.post(page, {"price": ""}))
    for price, day in (("95.50", in_days(0)), ("120", date(in_days(0).year + 1, 1, 1))):
        assert client.post(page, {"price": price, "valid_from": day}).status_code == 302
    seen = words(client.get(reverse("course_menu")))
    assert "€ 95.50 per person; from Jan. 1" in seen


def test_a_session_with_a_course_off_the_menu_can_be_changed():
    one = course("Basis", active=False)
    held = session(course=one, kind="triage", title="Basis")
    client = signed_in(coordinator())
    page = reverse("session_edit", args=[held.pk])
    given = client.get(page).context["form"].initial
    told = {name: value for name, value in given.items() if value is not None}
    assert client.post(page, told | {"title": "Basis, deel 2"}).status_code == 302
    held.refresh_from_db()
    assert (held.title, held.course) == ("Basis, deel 2", one)
    assert one not in client.get(reverse("session_new")).context["form"]["course"].field.queryset
