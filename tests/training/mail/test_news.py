"""What training has for the weekly mail, and to whom."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from practices.mailing.collecting import monday_of, write_weekly
from practices.mailing.registry import offered_to
from practices.mailing.tasks import send_personal_mail
from practices.models import Practice, User
from practices.states import StaffRole
from tests import factories
from tests.training import making
from training.mail import news
from training.models import Attendance, Certificate, EvaluationDone, LearningPoint, Session
from training.states import SessionKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice() -> Practice:
    """Its first programme year began two months ago."""
    return factories.practice(start_on=making.in_days(-60))


@pytest.fixture
def doctor(practice: Practice) -> User:
    return factories.staff_user(practice, StaffRole.GP_OWNER, email="sam@voorbeeld.example")


def attended(user: User, days_ago: int, **fields: object) -> Session:
    session = making.session(held_on=making.in_days(-days_ago), **fields)
    Attendance.objects.create(session=session, person=user.person, present=True)
    return session


def planned(days_ago: int = 1, **fields: object) -> Session:
    """In a month, planned so many days ago."""
    moment = timezone.now() - timedelta(days=days_ago)
    return making.session(planned_at=moment, **fields)


def told() -> list[mail.EmailMultiAlternatives]:
    write_weekly(timezone.now())
    mail.outbox.clear()
    send_personal_mail()
    return list(mail.outbox)


def abouts(gather) -> list[tuple[int, str]]:
    return [(item.user, item.about) for item in gather(timezone.localdate())]


def test_who_was_there_is_asked_what_they_thought_and_has_a_certificate(doctor: User) -> None:
    session = attended(doctor, 1, title="Intervisie: verwijzen")
    (message,) = told()
    assert message.to == [doctor.email]
    assert "*Wat vond u van Intervisie: verwijzen?*" in message.body
    assert f"/agenda/{session.pk}/evaluatie/" in message.body
    assert "*Uw certificaat van Intervisie: verwijzen*" in message.body
    assert told() == []


@pytest.mark.parametrize("gather", [news.evaluations, news.certificates])
def test_nothing_is_asked_of_who_did_it_was_away_or_was_there_long_ago(
    doctor: User, gather
) -> None:
    done = attended(doctor, 3)
    EvaluationDone.objects.create(session=done, person=doctor.person)
    Certificate.objects.create(session=done, person=doctor.person, number="MTVP-1")
    attended(doctor, 15)
    absent = attended(doctor, 2)
    Attendance.objects.filter(session=absent).update(present=False)
    attended(doctor, 2, cancelled_at=timezone.now(), cancel_reason="Ziek")
    assert abouts(gather) == []
    last = attended(doctor, 14)
    assert abouts(gather) == [(doctor.pk, f"session-{last.pk}")]


def test_what_was_learned_is_told_to_who_was_at_such_a_session(doctor: User) -> None:
    practice = doctor.person.employments.get().practice
    assistant = factories.staff_user(practice, StaffRole.ASSISTANT)
    attended(assistant, 30, kind=SessionKind.TRIAGE)
    attended(doctor, 30)
    attended(doctor, 60)
    session = attended(doctor, 300, title="Over slaap")
    Attendance.objects.filter(session=session).delete()
    now = timezone.now()
    for shared_at in (now, now, None, now - timedelta(days=16)):
        LearningPoint.objects.create(session=session, text="Vraag door", shared_at=shared_at)
    (item,) = news.learning_points(timezone.localdate())
    assert (item.user, item.about) == (doctor.pk, f"session-{session.pk}")
    assert item.values["bijeenkomst"] == "Over slaap"
    assert item.values["aantal"].startswith("2 ")


def test_new_dates_are_told_together_to_who_still_needs_them(doctor: User) -> None:
    planned(title="Eerste avond")
    planned(title="Tweede avond", held_on=making.in_days(40))
    planned(days_ago=0, title="Van vandaag")
    planned(days_ago=16, title="Van lang geleden")
    (message,) = told()
    assert message.subject == "Nieuwe data: Intervisie"
    lines = [line for line in message.body.splitlines() if line.startswith("- ")]
    assert [line.rpartition(", ")[2] for line in lines] == ["Eerste avond", "Tweede avond"]
    assert told() == []


def test_who_has_enough_or_is_in_it_hears_nothing(doctor: User) -> None:
    session = planned()
    planned(cancelled_at=timezone.now(), cancel_reason="Ziek")
    planned(enrol_until=making.in_days(-1))
    full = planned(capacity=1)
    making.enrolled(full, *making.doctors(factories.practice(), 1))
    assert [about for _user, about in abouts(news.needed_sessions)] == [
        f"intervision-{monday_of(making.in_days(-1))}"
    ]
    making.enrolled(session, doctor.person)
    assert abouts(news.needed_sessions) == []


def test_a_session_of_one_practice_is_no_news_for_others(doctor: User) -> None:
    planned(only_for=factories.practice())
    assert abouts(news.needed_sessions) == []


def test_the_kinds_are_offered_to_who_takes_part(doctor: User) -> None:
    keys = {kind.key for kind in news.KINDS}
    assert keys <= {kind.key for kind in offered_to(doctor)}
    assert offered_to(factories.user()) == []
