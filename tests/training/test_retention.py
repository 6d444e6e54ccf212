"""What goes by itself, and what somebody gets to see of it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from practices.programme_year import add_years
from practices.retention import delete_expired
from practices.rights.people import export_person
from practices.states import StaffRole
from tests import factories
from tests.training import making
from training.enrolment import services
from training.feeds.services import make_feed, withdraw_feed
from training.models import CalendarFeed, Enrolment, QueueChange, Session, SessionMail

pytestmark = pytest.mark.django_db


def deleted(today: date) -> dict[str, int]:
    return {one.model: one.rows for one in delete_expired(today=today)}


def test_an_enrolment_goes_two_years_after_its_session_with_its_mail() -> None:
    today = timezone.localdate()
    practice = factories.practice()
    old, recent = making.session(), making.session(held_on=making.in_days(31))
    making.enrolled(old, *making.doctors(practice, 2))
    (kept,) = making.enrolled(recent, *making.doctors(practice, 1))
    Session.objects.filter(pk=old.pk).update(held_on=add_years(today, -2) - timedelta(days=1))
    Session.objects.filter(pk=recent.pk).update(held_on=add_years(today, -2))
    assert deleted(today)["training.Enrolment"] == 2
    assert list(Enrolment.objects.all()) == [kept]
    assert [mail.enrolment for mail in SessionMail.objects.all()] == [kept]


def test_a_withdrawn_address_goes_after_a_month() -> None:
    doctor = factories.staff_user(factories.practice())
    feed, _token = make_feed(actor=doctor)
    withdraw_feed(feed=feed, actor=doctor)
    assert "training.CalendarFeed" not in deleted(timezone.localdate())
    long_ago = timezone.now() - timedelta(days=31)
    CalendarFeed.objects.update(withdrawn_at=long_ago)
    assert deleted(timezone.localdate())["training.CalendarFeed"] == 1


def test_somebody_gets_to_see_enrolments_changes_mail_and_addresses() -> None:
    practice = factories.practice()
    doctor = factories.staff_user(practice, StaffRole.GP_OWNER)
    session = making.session(capacity=1)
    _has, _first, mine = making.enrolled(session, *making.doctors(practice, 2), doctor.person)
    services.reorder(enrolment=mine, to_place=1, reason="Laatste kans", actor=making.coordinator())
    make_feed(actor=doctor)
    held = export_person(person=doctor.person, account=doctor, actor=doctor)
    assert [one["session__title"] for one in held["enrolments"]] == [session.title]
    assert [one["reason"] for one in held["queue_changes"]] == ["Laatste kans"]
    assert [one["kind"] for one in held["session_mails"]] == ["waiting"]
    assert len(held["calendar_addresses"]) == QueueChange.objects.count() == 1
