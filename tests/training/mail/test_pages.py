"""What the coordinator sees of the mail, and sending it again."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from monitoring.models import AppointmentMail
from monitoring.visit_planning.tasks import send_visit_mail
from practices.models import AuditEvent, JoiningMail, Person, PersonalMail, User
from practices.states import JoiningMailKind, MailState, MailTrouble
from tests import factories
from tests.monitoring.visit_planning import making as visits
from tests.training import making
from training.enrolment import services
from training.mail.tasks import send_waiting
from training.models import SessionMail
from training.states import MailKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client: Client) -> User:
    """Signed in, reading English."""
    user = making.coordinator()
    client.force_login(user)
    client.cookies["mtvp_language"] = "en"
    return user


def someone(name: str, address: str) -> Person:
    person = factories.person(name=name, email=address)
    return factories.employment(practice=factories.practice(), person=person).person


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_without_trouble_it_says_so(client: Client, coordinator: User) -> None:
    assert "All mail of the past month went out." in text(client, "/regio/mail/")
    assert "could not be sent" not in text(client, "/regio/")


def test_what_could_not_be_sent_stands_on_the_start_page_and_is_sent_again(
    client: Client, coordinator: User
) -> None:
    person = someone("Noor Vos", "")
    making.enrolled(making.session(), person)
    send_waiting()
    assert "1 mail could not be sent." in text(client, "/regio/")
    page = text(client, "/regio/mail/")
    assert "Noor Vos" in page
    assert "No e-mail address is known" in page
    person.email = "noor@voorbeeld.example"
    person.save()
    failed = SessionMail.objects.get()
    answer = client.post(f"/regio/mail/{failed.pk}/opnieuw/")
    assert answer.headers["Location"] == "/regio/mail/"
    send_waiting()
    assert [one.to for one in mail.outbox] == [["noor@voorbeeld.example"]]
    assert "could not be sent" not in text(client, "/regio/")
    event = AuditEvent.objects.get(object_type="training.sessionmail")
    assert (event.actor, event.detail) == (coordinator, {"sent_again_after": "failed"})


def test_the_mail_of_a_session_one_by_one(client: Client, coordinator: User) -> None:
    session = making.session(capacity=9)
    making.enrolled(session, someone("Noor Vos", "noor@voorbeeld.example"), someone("Bo Prins", ""))
    path = f"/regio/agenda/{session.pk}/mail/"
    assert text(client, path).count("On its way") == 2
    send_waiting()
    page = text(client, path)
    assert page.count("Sent ") == 1
    assert page.count("No e-mail address is known") == 1
    went_out = SessionMail.objects.exclude(sent_at=None).get()
    again = {"terug": "bijeenkomst"}
    assert client.post(f"/regio/mail/{went_out.pk}/opnieuw/", again).headers["Location"] == path
    send_waiting()
    assert len(mail.outbox) == 2
    assert "Send again" not in text(client, f"/regio/agenda/{making.session().pk}/mail/")


def test_what_is_overtaken_or_on_its_way_is_not_sent_again(
    client: Client, coordinator: User
) -> None:
    making.enrolled(making.session(), someone("Noor Vos", "noor@voorbeeld.example"))
    waiting = SessionMail.objects.get()
    client.post(f"/regio/mail/{waiting.pk}/opnieuw/")
    now = timezone.now()
    SessionMail.objects.update(given_up_at=now, trouble=MailTrouble.OVERTAKEN)
    client.post(f"/regio/mail/{waiting.pk}/opnieuw/")
    waiting.refresh_from_db()
    assert waiting.given_up_at == now
    SessionMail.objects.update(given_up_at=None, trouble="", sent_at=now)
    services.cancel(enrolment=waiting.enrolment, actor=None)
    client.post(f"/regio/mail/{waiting.pk}/opnieuw/")
    waiting.refresh_from_db()
    assert waiting.sent_at == now
    assert not AuditEvent.objects.filter(object_type="training.sessionmail").exists()


def test_reminders_that_went_together_go_together_again(client: Client, coordinator: User) -> None:
    person = someone("Noor Vos", "")
    made = [
        making.enrolled(making.session(held_on=making.in_days(days)), person)[0] for days in (1, 7)
    ]
    SessionMail.objects.all().delete()
    kinds = (MailKind.REMINDER_DAY, MailKind.REMINDER_WEEK)
    first, other = (
        SessionMail.objects.create(enrolment=one, kind=kind, for_day=one.session.held_on)
        for one, kind in zip(made, kinds, strict=True)
    )
    SessionMail.objects.filter(pk=other.pk).update(together_with=first)
    send_waiting()
    assert "2 mails could not be sent." in text(client, "/regio/")
    Person.objects.filter(pk=person.pk).update(email="noor@voorbeeld.example")
    client.post(f"/regio/mail/{other.pk}/opnieuw/")
    send_waiting()
    assert [one.subject for one in mail.outbox] == ["Herinnering: 2 bijeenkomsten"]
    assert "could not be sent" not in text(client, "/regio/")


def test_a_reminder_that_failed_stands_there_too_for_a_month(
    client: Client, coordinator: User
) -> None:
    failed = PersonalMail.objects.create(
        user=factories.user(name="Kim Smit"),
        day=making.in_days(0),
        kind="mail-claim",
        given_up_at=timezone.now(),
        trouble=MailTrouble.REFUSED,
    )
    assert "Kim Smit" in text(client, "/regio/mail/")
    PersonalMail.objects.update(given_up_at=timezone.now() - timedelta(days=31))
    assert "Kim Smit" not in text(client, "/regio/mail/")
    PersonalMail.objects.update(given_up_at=timezone.now())
    client.post(f"/regio/mail/persoonlijk/{failed.pk}/opnieuw/")
    failed.refresh_from_db()
    assert failed.given_up_at is None
    assert client.post(f"/regio/mail/elders/{failed.pk}/opnieuw/").status_code == 404


def test_mail_about_joining_stands_there_but_not_that_to_whoever_fills_in_the_form(
    client: Client, coordinator: User
) -> None:
    practice = factories.practice(name="De Linde")
    given_up = {"given_up_at": timezone.now(), "trouble": MailTrouble.REFUSED}
    for kind in (JoiningMailKind.CONFIRM, JoiningMailKind.REMIND_ENROL):
        JoiningMail.objects.create(
            kind=kind, email="weg@voorbeeld.example", name="Kim", practice=practice, **given_up
        )
    assert "1 mail of the past month could not be sent." in text(client, "/regio/mail/")
    failed = JoiningMail.objects.get(kind=JoiningMailKind.REMIND_ENROL)
    client.post(f"/regio/mail/meedoen/{failed.pk}/opnieuw/")
    failed.refresh_from_db()
    assert failed.state == MailState.WAITING


@pytest.mark.parametrize("mails", [1, 3])
def test_as_many_queries_for_one_as_for_three(
    client: Client, coordinator: User, mails: int, django_assert_num_queries
) -> None:
    session = making.session(capacity=9)
    making.enrolled(session, *(someone(f"Arts {one}", "") for one in range(mails)))
    send_waiting()
    client.get("/regio/mail/")
    with django_assert_num_queries(20):
        client.get("/regio/mail/")
    with django_assert_num_queries(10):
        client.get(f"/regio/agenda/{session.pk}/mail/")


def test_a_failed_mail_about_a_visit_stands_there_and_is_sent_again(
    client: Client, coordinator: User
) -> None:
    consultant = visits.consultant()
    practice = visits.practice(consultant, name="De Linde")
    doctor = visits.owner(practice, email="noor@voorbeeld.example")
    visits.invited(practice, consultant)
    AppointmentMail.objects.update(given_up_at=timezone.now(), trouble=MailTrouble.REFUSED)
    assert "1 mail could not be sent." in text(client, "/regio/")
    page = text(client, "/regio/mail/")
    assert doctor.name in page
    assert "De Linde, " in page
    failed = AppointmentMail.objects.get()
    client.post(f"/regio/mail/bezoeken/{failed.pk}/opnieuw/")
    send_visit_mail()
    assert [one.to for one in mail.outbox] == [[doctor.email]]
    assert client.post(f"/regio/mail/niets/{failed.pk}/opnieuw/").status_code == 404
