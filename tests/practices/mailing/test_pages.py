"""Choosing which mail one gets, signed in or from the mail itself."""

import pytest
from django.conf import settings as configured
from django.test import Client

from practices.mailing import services
from practices.mailing.links import stop_link
from practices.models import AuditEvent, MailOptOut, User
from tests.practices.mailing.conftest import News

pytestmark = pytest.mark.django_db


def unwanted(user: User) -> list[str]:
    return sorted(MailOptOut.objects.filter(user=user).values_list("kind", flat=True))


def path_of(user: User) -> str:
    return stop_link(user, services.WEEKLY).removeprefix(configured.SITE_URL)


def test_one_ticks_what_one_wants(client: Client, news: News, reader: User) -> None:
    client.force_login(reader)
    page = client.get("/mijn-mail/").content.decode()
    assert reader.email in page
    assert page.count(" checked") == 3
    client.post("/mijn-mail/", {"weekly": "yes", "kinds": ["herinnering"]})
    assert unwanted(reader) == ["nieuws"]
    client.post("/mijn-mail/", {"kinds": ["nieuws"]})
    assert unwanted(reader) == ["herinnering", services.WEEKLY]
    assert client.get("/mijn-mail/").content.decode().count(" checked") == 1
    client.post("/mijn-mail/", {"weekly": "yes", "kinds": ["nieuws", "herinnering"]})
    assert unwanted(reader) == []
    event = AuditEvent.objects.filter(object_type="practices.mailoptout").latest("at")
    assert (event.actor, event.detail) == (reader, {"unwanted": []})


def test_a_kind_that_is_not_offered_cannot_be_chosen(client: Client, reader: User) -> None:
    """Somebody without a place in a team is told of no training."""
    client.force_login(reader)
    assert client.post("/mijn-mail/", {"kinds": ["mail-evaluation"]}).status_code == 200
    assert unwanted(reader) == []


def test_a_mail_program_stops_it_with_one_post_and_no_cookie(reader: User) -> None:
    """RFC 8058: no page of ours was open, so there is no token of ours to send along."""
    program = Client(enforce_csrf_checks=True)
    answer = program.post(path_of(reader), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert unwanted(reader) == [services.WEEKLY]


def test_the_link_of_a_reminder_stops_that_kind_only(
    client: Client, news: News, reader: User
) -> None:
    path = stop_link(reader, "herinnering").removeprefix(configured.SITE_URL)
    assert "U doet mee." in client.get(path).content.decode()
    client.post(path)
    assert unwanted(reader) == ["herinnering"]
    client.post(path, {"wanted": "yes"})
    assert unwanted(reader) == []


def test_a_scanner_that_opens_the_link_stops_nothing(client: Client, reader: User) -> None:
    page = client.get(path_of(reader))
    assert (page.status_code, unwanted(reader)) == (200, [])
    assert page.headers["Cache-Control"].startswith("max-age=0")
    client.post(path_of(reader))
    assert unwanted(reader) == [services.WEEKLY]
    client.post(path_of(reader), {"wanted": "yes"})
    assert unwanted(reader) == []


def test_a_link_that_was_tampered_with_or_of_nobody_stops_nothing(
    client: Client, reader: User
) -> None:
    path = path_of(reader)
    assert client.post(path.replace("/uit/", "/uit/x")).status_code == 410
    reader.is_active = False
    reader.save()
    assert client.post(path).status_code == 410
    assert unwanted(reader) == []
