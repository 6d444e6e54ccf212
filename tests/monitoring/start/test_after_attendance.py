"""The norm on the start page of a practice moves with a tap on the facilitator's phone."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from practices.models import Person, Practice, User
from practices.states import RegionRoleName
from tests import factories
from tests.pages import words
from tests.training.attendance.test_views import send, signed_in
from tests.training.making import enrolled, in_days, session
from training.models import Attendance, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator() -> User:
    return factories.region_user(RegionRoleName.FACILITATOR, name="Noor Smit")


@pytest.fixture
def practice() -> Practice:
    return factories.practice(start_on=in_days(-100))


def intervision_on(start: Client, practice: Practice) -> str:
    """What the rendered page says of intervision, as one line."""
    page = start.get(reverse("practice_start", args=[practice.slug])).content.decode()
    row = re.search(r"<li[^>]*>(?:(?!</li>).)*/intervisie/.*?</li>", page, re.DOTALL)
    assert row is not None
    return " ".join(re.sub(r"<[^>]+>", " ", row.group()).split())


def tap(facilitator: User, evening: Session, person: Person, value: str, after: str = "") -> str:
    """One tap as the device sends it; returns the number of the change."""
    change = f"toestel-{value}"
    sent = {"id": change, "field": f"p{person.pk}", "value": value, "base": after}
    client = signed_in(facilitator)
    response = send(client, evening, facilitator, sent | {"at": "2026-01-01T12:00:00+00:00"})
    assert response.status_code == 200, response.content
    return change


def test_the_norm_moves_the_moment_attendance_is_saved(
    facilitator: User, practice: Practice
) -> None:
    owner = factories.staff_user(practice)
    assert owner.person is not None
    before = session(held_on=in_days(-30))
    Attendance.objects.create(session=before, person=owner.person, present=True)
    evening = session(facilitator=facilitator)
    enrolled(evening, owner.person)
    Session.objects.filter(pk=evening.pk).update(held_on=in_days(0))
    evening.refresh_from_db()
    start = signed_in(owner)
    assert "0 of 1 GP done · 1 more GP needed" in intervision_on(start, practice)
    present = tap(facilitator, evening, owner.person, "present")
    assert "1 of 1 GP done" in intervision_on(start, practice)
    assert "Done" in intervision_on(start, practice)
    tap(facilitator, evening, owner.person, "absent", after=present)
    assert "0 of 1 GP done · 1 more GP needed" in intervision_on(start, practice)


def test_also_from_the_page_without_scripts(facilitator: User, practice: Practice) -> None:
    owner = factories.staff_user(practice)
    person = factories.employment(practice=practice, role="assistant").person
    evening = session(facilitator=facilitator, kind="triage", title="Basis triage")
    enrolled(evening, person)
    Session.objects.filter(pk=evening.pk).update(held_on=in_days(0))
    start, phone = signed_in(owner), signed_in(facilitator)
    at = reverse("practice_start", args=[practice.slug])
    assert "0 of 1 assistant done · 1 more assistant needed" in words(start.get(at))
    field = f"p{person.pk}"
    posted = {field: "present", f"was-{field}": "", f"of-{field}": ""}
    phone.post(reverse("session_attendance", args=[evening.pk]), posted)
    assert "1 of 1 assistant done" in words(start.get(at))
    assert "more assistant needed" not in words(start.get(at))
