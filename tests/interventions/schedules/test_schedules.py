"""Where a practice says what it uses, or the region for it; what counts follows at once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from interventions.facts import schedules
from interventions.models import ConsultationSchedule
from practices.facts import programme_calendar
from practices.models import AuditEvent
from practices.states import AuditAction
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def day(offset):
    return TODAY + timedelta(days=offset)


@pytest.fixture
def practice():
    return factories.practice(start_on=day(-100))


@pytest.fixture
def owner(practice, client):
    user = factories.staff_user(practice)
    client.force_login(user)
    return user


def address(practice, rest=""):
    return f"/praktijk/{practice.slug}/consultduur/rooster/{rest}"


def counts(practice):
    return schedules(programme_calendar(TODAY, [practice.pk])).get((practice.pk, 1))


def made(practice, **fields):
    return ConsultationSchedule.objects.create(
        **{"practice": practice, "pattern": "20 voor iedereen", "in_use_from": day(-50)} | fields
    )


def test_a_pattern_counts_from_the_day_it_is_recorded_as_in_use(practice, owner, client):
    typed = {"pattern": "  15 en   30 ", "in_use_from": str(day(-5))}
    assert client.post(address(practice), typed).status_code == 302
    found = ConsultationSchedule.objects.get()
    assert (found.pattern, found.said_by, found.on_behalf) == ("15 en 30", owner, False)
    assert counts(practice) == day(-5)


def test_without_a_date_it_is_designed_and_does_not_count(practice, owner, client):
    client.post(address(practice), {"pattern": "20", "in_use_from": ""})
    assert ConsultationSchedule.objects.get().in_use_from is None
    assert counts(practice) is None


def test_what_is_taken_out_of_use_counts_up_to_that_day(practice, owner, client):
    schedule = made(practice)
    assert client.post(address(practice, f"{schedule.pk}/uit-gebruik/")).status_code == 302
    schedule.refresh_from_db()
    assert (schedule.in_use_until, counts(practice)) == (TODAY, day(-50))
    ConsultationSchedule.objects.update(in_use_until=day(-1))
    assert counts(practice) is None


def test_taking_out_of_use_can_be_undone_and_twice_changes_nothing(practice, owner, client):
    schedule = made(practice, in_use_until=day(-3))
    client.post(address(practice, f"{schedule.pk}/uit-gebruik/"))
    assert not AuditEvent.objects.filter(action=AuditAction.CHANGE).exists()
    typed = {"pattern": schedule.pattern, "in_use_from": str(day(-50)), "in_use_until": ""}
    client.post(address(practice, f"{schedule.pk}/"), typed)
    assert counts(practice) == day(-50)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"pattern": " "}, "pattern"),
        ({"pattern": "20 VOOR iedereen"}, "pattern"),
        ({"pattern": "x", "in_use_from": "0001-01-01"}, "in_use_from"),
        ({"pattern": "x", "in_use_from": "9999-12-31"}, "in_use_from"),
        ({"pattern": "x", "in_use_from": "31-02-2023"}, "in_use_from"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(typed, field, practice, owner, client):
    made(practice)
    page = client.post(address(practice), typed)
    assert field in page.context["form"].errors
    assert ConsultationSchedule.objects.count() == 1


def test_the_last_day_comes_after_the_first(practice, owner, client):
    schedule = made(practice)
    typed = {
        "pattern": "20",
        "in_use_from": str(day(-50)),
        "in_use_until": str(day(-51)),
    }
    page = client.post(address(practice, f"{schedule.pk}/"), typed)
    assert "in_use_until" in page.context["form"].errors
    with pytest.raises(IntegrityError), transaction.atomic():
        made(practice, pattern="y", in_use_until=day(-51))


@pytest.mark.parametrize("role", ["consultant", "coordinator"])
def test_the_region_does_it_on_behalf_visibly_and_on_record(role, practice, client):
    user = factories.region_user(role, name="Sanne de Wit")
    practice.consultant = user if role == "consultant" else None
    practice.save()
    client.force_login(user)
    page = client.get(address(practice)).content.decode()
    assert f"<strong>{practice.name}</strong>" in page
    client.post(address(practice), {"pattern": "20", "in_use_from": str(TODAY)})
    assert ConsultationSchedule.objects.get().on_behalf
    event = AuditEvent.objects.get(action=AuditAction.CREATE)
    assert (event.actor, event.role, event.practice) == (user, role, practice)
    assert event.detail == {"on_behalf": True}
    assert "Sanne de Wit" in client.get(address(practice)).content.decode()


def test_a_field_that_the_form_does_not_have_changes_nothing(practice, owner, client):
    other, somebody = factories.practice(), factories.user()
    typed = {
        "pattern": "20",
        "practice": other.pk,
        "said_by": somebody.pk,
        "on_behalf": "true",
        "in_use_until": str(day(3)),
    }
    client.post(address(practice), typed)
    found = ConsultationSchedule.objects.get()
    assert (found.practice, found.said_by, found.on_behalf) == (practice, owner, False)
    assert found.in_use_until is None


def test_a_schedule_of_another_practice_does_not_exist_here(practice, owner, client):
    schedule = made(factories.practice())
    assert client.get(address(practice, f"{schedule.pk}/")).status_code == 404
    assert client.post(address(practice, f"{schedule.pk}/uit-gebruik/")).status_code == 404
    schedule.refresh_from_db()
    assert schedule.in_use_until is None


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_a_fixed_number_of_questions(
    number, practice, owner, client, django_assert_num_queries
):
    for index in range(number):
        made(practice, pattern=f"patroon {index}", said_by=factories.staff_user(practice))
    client.get(address(practice))
    with django_assert_num_queries(11):
        client.get(address(practice))
