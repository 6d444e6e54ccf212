"""Coaching in the practice: asked for, planned for that practice only, or declined."""

from collections.abc import Iterator
from datetime import time
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from practices.models import Person, Practice
from practices.states import RegionRoleName, StaffRole
from tests import factories
from tests.pages import words
from tests.training.attendance.test_views import signed_in
from tests.training.making import coordinator, doctors, in_days
from training.coaching import services
from training.coaching.services import Wish
from training.enrolment.rules import Reason, can_enrol
from training.enrolment.services import NotPossibleError
from training.models import CoachingRequest, Course, Session
from training.states import RequestState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The texts in the code; Dutch is a catalogue."""
    with translation.override("en"):
        yield


@pytest.fixture
def practice() -> Practice:
    return factories.practice(name="De Linde")


@pytest.fixture
def course() -> Course:
    return Course.objects.create(title="Coaching", kind="conversation", in_practice=True)


def asked(course: Course, practice: Practice, *people: Person) -> CoachingRequest:
    wish = Wish(people, "Meekijken bij gesprekken", in_days(0), in_days(60))
    return services.ask_coaching(
        course=course, practice=practice, wish=wish, actor=factories.user()
    )


def when(**other: Any) -> dict[str, Any]:
    return {
        "title": "Coaching bij De Linde",
        "held_on": in_days(20),
        "starts_at": time(12),
        "ends_at": time(13),
        "place": "De Linde",
        "city": "Tilburg",
    } | other


def test_a_practice_asks_and_the_region_plans_it(practice: Practice, course: Course) -> None:
    manager = factories.staff_user(practice, StaffRole.MANAGER)
    doctor = factories.staff_user(practice, StaffRole.GP_OWNER).person
    client, region = signed_in(manager), signed_in(coordinator())
    form = {
        "course": course.pk,
        "people": [doctor.pk],
        "wish": "Meekijken",
        "from_on": in_days(3),
        "until_on": in_days(30),
    }
    assert client.post(reverse("coaching_ask", args=[practice.slug]), form).status_code == 302
    made = CoachingRequest.objects.get()
    assert "Coaching Asked for" in words(client.get(_training(practice)))
    assert "De Linde" in words(region.get(reverse("coaching_requests")))
    response = region.post(reverse("coaching_plan", args=[made.pk]), when())
    made.refresh_from_db()
    assert made.session is not None
    assert response.url == reverse("manage_session", args=[made.session.pk])
    assert (made.session.only_for, made.session.course) == (practice, course)
    assert list(made.session.enrolments.values_list("person", flat=True)) == [doctor.pk]
    assert "Coaching Planned" in words(client.get(_training(practice)))


def test_who_may_not_come_is_told_to_the_coordinator(practice: Practice, course: Course) -> None:
    (doctor,) = doctors(practice, 1)
    assistant = factories.employment(practice=practice, role=StaffRole.ASSISTANT).person
    made = asked(course, practice, doctor, assistant)
    session, without = services.plan_coaching(request=made, fields=when(), actor=coordinator())
    assert without == [assistant.name]
    assert session.enrolments.get().person == doctor


def test_the_form_says_whom_it_is_not_for(practice: Practice, course: Course) -> None:
    manager = factories.staff_user(practice, StaffRole.MANAGER)
    form = {"course": course.pk, "people": [manager.person_id], "wish": "Meekijken"}
    form |= {"from_on": in_days(9), "until_on": in_days(3)}
    page = signed_in(manager).post(reverse("coaching_ask", args=[practice.slug]), form)
    assert f"Not for {manager.person}: this is meant for GP" in words(page)
    assert "This day lies before the first one." in words(page)


def test_declined_with_a_reason_that_the_practice_reads(practice: Practice, course: Course) -> None:
    made = asked(course, practice, *doctors(practice, 1))
    region = signed_in(coordinator())
    page = reverse("coaching_decline", args=[made.pk])
    assert "Write the reason" in words(region.post(page, {"reason": " "}))
    region.post(page, {"reason": "Er is nu geen coach."})
    made.refresh_from_db()
    assert made.state == RequestState.DECLINED
    client = signed_in(factories.staff_user(practice, StaffRole.MANAGER))
    assert "Er is nu geen coach." in words(client.get(_training(practice)))
    with pytest.raises(NotPossibleError):
        services.plan_coaching(request=made, fields=when(), actor=coordinator())
    with pytest.raises(NotPossibleError):
        services.withdraw_coaching(request=made, actor=coordinator())
    assert not Session.objects.exists()


def test_only_that_practice_sees_the_session(practice: Practice, course: Course) -> None:
    other = factories.practice()
    (stranger,) = doctors(other, 1)
    made = asked(course, practice, *doctors(practice, 1))
    session, _without = services.plan_coaching(request=made, fields=when(), actor=coordinator())
    foreign = signed_in(factories.staff_user(other, StaffRole.MANAGER))
    own = signed_in(factories.staff_user(practice, StaffRole.MANAGER))
    facilitator = signed_in(factories.region_user(RegionRoleName.FACILITATOR))
    title = "Coaching bij De Linde"
    for client, sees in ((foreign, False), (own, True), (facilitator, False)):
        assert (title in words(client.get(reverse("agenda")))) is sees
    assert title in words(signed_in(coordinator()).get(reverse("agenda")))
    assert foreign.get(reverse("session", args=[session.pk])).status_code == 404
    page = reverse("enrol_colleagues", args=[other.slug, session.pk])
    assert foreign.get(page).status_code == 404
    assert title not in words(foreign.get(reverse("course_menu")))
    (problem,) = can_enrol(session, stranger, practice=other, now=timezone.now())
    assert problem.reason == Reason.OTHER_PRACTICE


def _training(practice: Practice) -> str:
    return reverse("practice_training", args=[practice.slug])
