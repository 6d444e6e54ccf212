"""Reminders a week and a day before: to whom, when, how often, and what they say."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone

from mtvp.celery import app as celery_app
from practices.models import Person, Practice
from practices.states import MailState
from tests import factories
from tests.training import making
from training.enrolment import services
from training.mail.reminders import write_reminders
from training.mail.tasks import remind, send_waiting
from training.models import Enrolment, Session, SessionMail
from training.sessions.services import cancel_session, change_session
from training.states import MailKind

pytestmark = pytest.mark.django_db

WEEK, DAY = MailKind.REMINDER_WEEK, MailKind.REMINDER_DAY


@pytest.fixture
def sam() -> Person:
    person = factories.person(name="Sam Bos", email="sam@voorbeeld.example")
    return factories.employment(practice=factories.practice(), person=person).person


def long_ago(*enrolments: Enrolment, days: int = 30) -> None:
    """As if they were enrolled, and mailed about it, so many days ago."""
    then = timezone.now() - timedelta(days=days)
    keys = [one.pk for one in enrolments]
    Enrolment.objects.filter(pk__in=keys).update(enrolled_at=then)
    SessionMail.objects.filter(enrolment__in=keys).update(created_at=then, sent_at=then)


def enrolled(person: Person, **fields: object) -> Enrolment:
    """With a place since a month, in a session of the evening unless said otherwise."""
    evening = {"starts_at": time(23, 50), "ends_at": time(23, 59)}
    (made,) = making.enrolled(making.session(**evening | fields), person)
    long_ago(made)
    return made


def reminders() -> list[tuple[str, date | None]]:
    found = SessionMail.objects.exclude(for_day=None).order_by("pk")
    return [(one.kind, one.for_day) for one in found]


def sent() -> list[mail.EmailMultiAlternatives]:
    mail.outbox.clear()
    send_waiting()
    return list(mail.outbox)


def at(day: date, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


@pytest.mark.parametrize(
    ("days", "expected"),
    [(8, []), (7, [WEEK]), (6, [WEEK]), (5, [WEEK]), (4, []), (2, []), (1, [DAY]), (0, [DAY])],
)
def test_a_week_and_a_day_before_with_room_for_a_worker_that_was_away(
    sam: Person, days: int, expected: list[str]
) -> None:
    day = making.in_days(40)
    enrolled(sam, held_on=day)
    write_reminders(at(day - timedelta(days=days)))
    assert reminders() == [(kind, day) for kind in expected]


def test_over_its_whole_life_each_is_written_once(sam: Person) -> None:
    day = making.in_days(40)
    enrolled(sam, held_on=day)
    for ahead in range(41, -3, -1):
        for hour in (8, 14, 20):
            write_reminders(at(day - timedelta(days=ahead), hour))
    assert reminders() == [(WEEK, day), (DAY, day)]


def test_the_day_is_that_of_the_netherlands(sam: Person) -> None:
    """The clock went forward on 28 March 2027: half past ten in London is the next day here."""
    day = date(2027, 4, 5)
    made = enrolled(sam, held_on=day)
    Enrolment.objects.filter(pk=made.pk).update(enrolled_at=datetime(2027, 1, 1, tzinfo=UTC))
    assert write_reminders(datetime(2027, 3, 28, 21, 59, tzinfo=UTC)) == 0
    assert write_reminders(datetime(2027, 3, 28, 22, 1, tzinfo=UTC)) == 1


@pytest.mark.parametrize(("enrolled_before", "expected"), [(8, [WEEK]), (7, []), (3, [])])
def test_who_enrolled_in_the_last_week_gets_no_week(
    sam: Person, enrolled_before: int, expected: list[str]
) -> None:
    """The session is in five days: the latest for a reminder of a week before."""
    made = enrolled(sam, held_on=making.in_days(5))
    long_ago(made, days=enrolled_before - 5)
    write_reminders(timezone.now())
    assert [kind for kind, _day in reminders()] == expected


def test_who_just_got_the_place_or_heard_of_the_day_needs_no_reminder(sam: Person) -> None:
    promoted = enrolled(sam, held_on=making.in_days(1))
    Enrolment.objects.filter(pk=promoted.pk).update(promoted_at=timezone.now())
    moved = enrolled(sam, held_on=making.in_days(30))
    change_session(
        session=moved.session, fields={"held_on": making.in_days(7)}, actor=making.coordinator()
    )
    assert write_reminders(timezone.now()) == 0


def test_who_waits_signed_off_or_has_a_cancelled_session_gets_none(sam: Person) -> None:
    full = making.session(capacity=1, held_on=making.in_days(7))
    making.enrolled(full, *making.doctors(factories.practice(), 1), sam)
    long_ago(*full.enrolments.all())
    off = enrolled(sam, held_on=making.in_days(1))
    services.cancel(enrolment=off, actor=None)
    gone = enrolled(sam, held_on=making.in_days(7))
    cancel_session(session=gone.session, reason="Ziek", actor=making.coordinator())
    write_reminders(timezone.now())
    assert not SessionMail.objects.filter(enrolment__person=sam).exclude(for_day=None).exists()


def test_a_session_that_moves_is_reminded_of_anew(sam: Person) -> None:
    first, later = making.in_days(40), making.in_days(60)
    made = enrolled(sam, held_on=first)
    write_reminders(at(first - timedelta(days=7)))
    change_session(session=made.session, fields={"held_on": later}, actor=making.coordinator())
    assert sent()[0].subject.startswith("Gewijzigd")
    long_ago(made)
    for day in (first, later):
        for ahead in (7, 1):
            write_reminders(at(day - timedelta(days=ahead)))
    assert reminders() == [(WEEK, first), (WEEK, later), (DAY, later)]


def test_it_says_when_and_where_in_dutch(sam: Person) -> None:
    session = enrolled(sam, held_on=making.in_days(1), online_url="https://samen.example/x").session
    assert write_reminders(timezone.now()) == 1
    (message,) = sent()
    assert message.to == [sam.email]
    assert message.subject == "Herinnering: Intervisie: verwijzen"
    assert "*Intervisie: verwijzen*\nmorgen, " in message.body
    assert "23.50 tot 23.59 uur\nDorpshuis, Goirle" in message.body
    assert f"/agenda/{session.pk}/" in message.body
    assert message.attachments == []


def test_who_has_several_gets_one_mail(sam: Person) -> None:
    next_week = enrolled(sam, held_on=making.in_days(7), title="Over een week")
    tomorrow = enrolled(sam, held_on=making.in_days(1), title="Morgenavond")
    assert write_reminders(timezone.now()) == 1
    (message,) = sent()
    assert message.subject == "Herinnering: 2 bijeenkomsten"
    assert message.body.index("Morgenavond") < message.body.index("Over een week")
    assert "/mijn-scholing/" in message.body
    states = {one.enrolment: one.state for one in SessionMail.objects.exclude(for_day=None)}
    assert states == {next_week: MailState.SENT, tomorrow: MailState.SENT}
    assert sent() == []


def test_what_is_off_before_it_leaves_is_left_out(sam: Person) -> None:
    enrolled(sam, held_on=making.in_days(7), title="Gaat door")
    tomorrow = enrolled(sam, held_on=making.in_days(1), title="Afgezegd")
    write_reminders(timezone.now())
    services.cancel(enrolment=tomorrow, actor=None)
    (message,) = [one for one in sent() if one.subject.startswith("Herinnering")]
    assert message.subject == "Herinnering: Gaat door"
    assert "Afgezegd" not in message.body


@pytest.mark.parametrize("days", [4, 2, 30])
def test_what_waited_too_long_is_not_sent(sam: Person, days: int) -> None:
    """The mail server was away for days; the reminder of the day before still comes in time."""
    made = enrolled(sam, held_on=making.in_days(days))
    SessionMail.objects.create(enrolment=made, kind=WEEK, for_day=made.session.held_on)
    assert sent() == []
    assert SessionMail.objects.get(kind=WEEK).state == MailState.OVERTAKEN


def test_a_session_of_this_morning_is_not_reminded_of(sam: Person) -> None:
    made = enrolled(sam, held_on=making.in_days(3))
    Session.objects.update(held_on=making.in_days(0), starts_at=time(0, 0), ends_at=time(0, 1))
    assert write_reminders(timezone.now()) == 0
    SessionMail.objects.create(enrolment=made, kind=DAY, for_day=making.in_days(0))
    assert sent() == []
    assert SessionMail.objects.get(kind=DAY).state == MailState.OVERTAKEN


@pytest.fixture
def many(transactional_db: None) -> Iterator[list[Enrolment]]:
    practice: Practice = factories.practice()
    people = making.doctors(practice, 5)
    Person.objects.update(email="sam@voorbeeld.example")
    yield [enrolled(person, held_on=making.in_days(days)) for person in people for days in (1, 7)]


def test_many_workers_write_each_once_and_one_mail_for_each_person(many: list[Enrolment]) -> None:
    def run(_number: int) -> None:
        try:
            remind()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(run, range(8)))
    found = SessionMail.objects.exclude(for_day=None)
    assert found.count() == len(many)
    assert found.filter(together_with=None).count() == 5
    assert len(sent()) == 5


def test_the_worker_is_told_to_do_it_every_hour_of_the_day(settings) -> None:
    schedule = {one["task"]: one["schedule"] for one in settings.CELERY_BEAT_SCHEDULE.values()}
    celery_app.loader.import_default_modules()
    assert remind.name in celery_app.tasks
    assert schedule[remind.name].hour == set(range(8, 21))
    assert settings.CELERY_TIMEZONE == "Europe/Amsterdam"
