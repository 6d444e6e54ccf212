"""Mail about sessions: what it says, what goes along, and that it goes once."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone

from mtvp.celery import app as celery_app
from practices.mailing.delivery import MOST_ATTEMPTS
from practices.models import Practice
from practices.texts.registry import find
from tests import factories
from tests.training import making, rfc5545
from training.enrolment import services
from training.mail import delivery
from training.mail.links import decline_link, enrolment_behind
from training.mail.tasks import send_waiting
from training.mail.texts import REMINDER_TEXT, TEXTS, text_key
from training.models import SessionMail
from training.sessions.services import cancel_session, change_session
from training.states import REMINDERS, EnrolmentState, MailKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice() -> Practice:
    return factories.practice()


def send_all() -> list[mail.EmailMultiAlternatives]:
    """What the worker does with everything written down."""
    mail.outbox.clear()
    for pk in SessionMail.objects.order_by("pk").values_list("pk", flat=True):
        delivery.deliver(mail_id=pk)
    return list(mail.outbox)


def someone(practice: Practice, address: str = "sam@voorbeeld.example"):
    person = factories.person(name="Sam Bos", email=address)
    return factories.employment(practice=practice, person=person).person


def appointment(message: mail.EmailMultiAlternatives) -> tuple[str, rfc5545.Part]:
    (attached,) = message.attachments
    assert attached.filename == "bijeenkomst.ics"
    content = attached.content
    calendar = rfc5545.read(content if isinstance(content, bytes) else content.encode())
    assert calendar.one("METHOD") in attached.mimetype
    return calendar.one("METHOD"), calendar.parts[-1]


def test_a_confirmation_says_when_and_where_in_dutch_with_the_appointment(practice) -> None:
    session = making.session(title="Intervisie", online_url="https://samen.example/x")
    making.enrolled(session, someone(practice))
    (message,) = send_all()
    assert message.to == ["sam@voorbeeld.example"]
    assert message.subject == "U heeft een plaats: Intervisie"
    assert "Beste Sam Bos" in message.body
    assert "19.30 tot 21.30 uur" in message.body
    assert "Dorpshuis, Goirle" in message.body
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    assert "<a href=" in html and "U heeft een plaats." in html
    method, event = appointment(message)
    assert method == "PUBLISH"
    assert event.one("UID") == f"{session.uid}@mtvp"
    assert event.one("STATUS") == "CONFIRMED"


def test_a_place_that_came_free_comes_with_a_link_to_decline(client, practice, settings) -> None:
    session = making.session(capacity=1)
    has, waits = making.enrolled(session, *making.doctors(practice, 1), someone(practice))
    services.cancel(enrolment=has, actor=None)
    waits.refresh_from_db()
    (message,) = [one for one in send_all() if one.subject.startswith("Er is een plaats")]
    (link,) = re.findall(rf"{settings.SITE_URL}(/agenda/afmelden/\S+)", message.body)
    assert client.get(link).status_code == 200
    waits.refresh_from_db()
    assert waits.state == EnrolmentState.CONFIRMED
    assert client.post(link).status_code == 200
    waits.refresh_from_db()
    assert waits.state == EnrolmentState.DECLINED
    again = client.post(link)
    assert again.context["reason"]


def test_a_link_that_was_tampered_with_opens_nothing(client, practice) -> None:
    (has,) = making.enrolled(making.session(), someone(practice))
    token = decline_link(has).rstrip("/").rpartition("/")[2]
    assert enrolment_behind(token) == has
    assert enrolment_behind(f"x{token}") is None
    assert client.post(f"/agenda/afmelden/x{token}/").status_code == 410


def test_cancelling_takes_the_appointment_out_of_the_calendar(practice) -> None:
    (has,) = making.enrolled(making.session(), someone(practice))
    first = appointment(send_all()[0])[1]
    services.cancel(enrolment=has, actor=None)
    (message,) = send_all()
    method, event = appointment(message)
    assert (method, event.one("STATUS")) == ("CANCEL", "CANCELLED")
    assert event.one("UID") == first.one("UID")
    assert int(event.one("SEQUENCE")) > int(first.one("SEQUENCE"))


def test_who_is_enrolled_hears_of_another_date_and_of_a_cancellation(practice) -> None:
    session, actor = making.session(capacity=1), making.coordinator()
    making.enrolled(session, someone(practice), someone(practice, "kim@voorbeeld.example"))
    send_all()
    change_session(session=session, fields={"held_on": making.in_days(45)}, actor=actor)
    assert sorted((one.to[0], one.subject[:9]) for one in send_all()) == [
        ("kim@voorbeeld.example", "Gewijzigd"),
        ("sam@voorbeeld.example", "Gewijzigd"),
    ]
    change_session(session=session, fields={"minimum": 4}, actor=actor)
    assert send_all() == []
    cancel_session(session=session, reason="De trainer is ziek", actor=actor)
    told = send_all()
    assert len(told) == 2
    assert all("De trainer is ziek" in one.body for one in told)
    assert {appointment(one)[0] for one in told} == {"CANCEL"}


def test_it_goes_once_and_to_nobody_without_an_address(practice) -> None:
    making.enrolled(making.session(capacity=9), someone(practice), someone(practice, ""))
    assert len(send_all()) == 1
    assert send_all() == []
    states = SessionMail.objects.order_by("pk").values_list("sent_at", "given_up_at")
    assert [(sent is not None, given_up is not None) for sent, given_up in states] == [
        (True, False),
        (False, True),
    ]


def test_the_address_of_the_account_goes_before_that_of_the_region(practice) -> None:
    person = someone(practice)
    factories.user(person=person, email="eigen@voorbeeld.example")
    making.enrolled(making.session(), person)
    assert [one.to for one in send_all()] == [["eigen@voorbeeld.example"]]


def test_what_is_no_longer_so_is_not_sent(practice) -> None:
    (has,) = making.enrolled(making.session(), someone(practice))
    services.cancel(enrolment=has, actor=None)
    assert [one.subject for one in send_all()] == ["U bent afgemeld: Intervisie: verwijzen"]


class Refuses(EmailBackend):
    def send_messages(self, messages: object) -> int:
        raise ConnectionRefusedError


def test_a_mail_server_that_is_away_is_tried_again(practice, settings) -> None:
    making.enrolled(making.session(), someone(practice))
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Refuses"
    send_all()
    waiting = SessionMail.objects.get()
    assert (waiting.attempts, waiting.sent_at, waiting.given_up_at) == (1, None, None)
    settings.EMAIL_BACKEND = working
    send_waiting()
    waiting.refresh_from_db()
    assert waiting.attempts == 1
    SessionMail.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))
    send_waiting()
    waiting.refresh_from_db()
    assert (waiting.attempts, waiting.sent_at is not None) == (2, True)


def test_in_the_end_it_is_given_up_and_that_can_be_seen(practice, settings) -> None:
    making.enrolled(making.session(), someone(practice))
    settings.EMAIL_BACKEND = f"{__name__}.Refuses"
    SessionMail.objects.update(attempts=MOST_ATTEMPTS - 1)
    send_all()
    assert SessionMail.objects.get().given_up_at is not None


def test_what_is_undone_sends_nothing(practice) -> None:
    session, person = making.session(), someone(practice)
    with pytest.raises(RuntimeError), transaction.atomic():
        making.enrolled(session, person)
        raise RuntimeError
    send_waiting()
    assert mail.outbox == []
    making.enrolled(session, person)
    send_waiting()
    send_waiting()
    assert len(mail.outbox) == 1


def test_the_worker_knows_the_task_and_is_told_to_do_it(settings) -> None:
    told = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert send_waiting.name in told
    celery_app.loader.import_default_modules()
    assert send_waiting.name in celery_app.tasks


def test_every_kind_has_a_text_that_the_region_may_write() -> None:
    assert all(find(text.key) is text for text in TEXTS)
    at_once = {text_key(kind) for kind in MailKind if kind not in REMINDERS}
    assert {text.key for text in TEXTS} == at_once | {REMINDER_TEXT}


def test_the_link_of_an_online_meeting_is_for_who_has_a_place(practice) -> None:
    link = "https://samen.example/geheim"
    session = making.session(capacity=1, place="", city="", online_url=link)
    first = someone(practice, "bo@voorbeeld.example")
    has, _waits = making.enrolled(session, first, someone(practice))
    told = {message.subject.partition(":")[0]: message for message in send_all()}
    assert link in told["U heeft een plaats"].body
    waiting = told["U staat op de wachtlijst"]
    assert "Online" in waiting.body
    assert link not in waiting.body + str(waiting.alternatives)
    services.cancel(enrolment=has, actor=None)
    ended = [one for one in send_all() if one.subject.startswith("U bent afgemeld")]
    assert [link in one.body + str(one.alternatives) for one in ended] == [False]
