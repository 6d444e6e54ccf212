"""Over the wire to a mail server: once, in the right parts, with what came of it."""

from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage

import pytest
from django.db import connections
from django.utils import timezone

from practices.models import Person
from practices.states import MailState, MailTrouble
from tests import factories
from tests.smtp import Server, mail_server
from tests.training import making, rfc5545
from training.enrolment import services
from training.mail.tasks import send_waiting
from training.models import SessionMail

pytestmark = pytest.mark.django_db

WORKERS = 8


def doctors(*names: str) -> list[Person]:
    people = making.doctors(factories.practice(), len(names))
    for person, name in zip(people, names, strict=True):
        person.email = f"{name}@voorbeeld.example"
        person.save()
    return people


def send_at_once() -> None:
    def run(_number: int) -> None:
        try:
            send_waiting()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(run, range(WORKERS)))


def appointment(message: EmailMessage) -> tuple[str, rfc5545.Part]:
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    assert attached.get_content_charset() == "utf-8"
    calendar = rfc5545.read(attached.get_payload(decode=True))
    assert attached["Content-Type"].params["method"] == calendar.one("METHOD")
    return calendar.one("METHOD"), calendar.parts[-1]


def addresses(server: Server) -> list[str]:
    return sorted(to.partition("@")[0] for to, _message in server.taken)


@pytest.mark.django_db(transaction=True)
def test_many_workers_send_each_message_once(settings) -> None:
    names = [f"arts-{number}" for number in range(6)]
    making.enrolled(making.session(capacity=9), *doctors(*names))
    with mail_server(settings) as server:
        send_at_once()
    assert addresses(server) == names
    assert {one.state for one in SessionMail.objects.all()} == {MailState.SENT}


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_on_its_row_a_message_goes_to_many(settings, monkeypatch) -> None:
    """What the lock is for: the same workers, the same mail, and nobody waits for another."""

    def without_lock(found, **_: object):
        return found

    queryset = type(SessionMail.objects.all())
    monkeypatch.setattr(queryset, "select_for_update", without_lock)
    making.enrolled(making.session(), *doctors("arts"))
    with mail_server(settings) as server:
        send_at_once()
    assert len(server.taken) > 1


def test_plain_text_html_and_the_appointment(settings) -> None:
    (has,) = making.enrolled(making.session(), *doctors("arts"))
    with mail_server(settings) as server:
        send_waiting()
        services.cancel(enrolment=has, actor=None)
        send_waiting()
    (_to, confirmed), (_to, ended) = server.taken
    assert confirmed.get_content_type() == "multipart/mixed"
    assert confirmed.get_body(("plain",)).get_content().startswith("Beste ")
    assert "<strong>Intervisie: verwijzen</strong>" in confirmed.get_body(("html",)).get_content()
    (method, event), (later_method, later) = appointment(confirmed), appointment(ended)
    assert (method, event.one("STATUS")) == ("PUBLISH", "CONFIRMED")
    assert (later_method, later.one("STATUS")) == ("CANCEL", "CANCELLED")
    assert later.one("UID") == event.one("UID")
    assert int(later.one("SEQUENCE")) > int(event.one("SEQUENCE"))


def test_one_address_that_is_refused_keeps_nobody_from_their_mail(settings, caplog) -> None:
    making.enrolled(making.session(capacity=9), *doctors("weg", "druk", "arts"))
    with mail_server(settings, weg=550, druk=451) as server:
        send_waiting()
        send_waiting()
    assert addresses(server) == ["arts"]
    found = {one.enrolment.person.email[:4]: one for one in SessionMail.objects.all()}
    assert {name: (one.state, one.trouble) for name, one in found.items()} == {
        "weg@": (MailState.FAILED, MailTrouble.REFUSED),
        "druk": (MailState.WAITING, MailTrouble.UNREACHABLE),
        "arts": (MailState.SENT, ""),
    }
    assert found["druk"].next_try_at > timezone.now()
    assert "voorbeeld.example" not in caplog.text
