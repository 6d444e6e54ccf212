"""The daily mail: once, together, one a day at most, and only to who wants it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone

from mtvp.celery import app as celery_app
from practices.mailing import daily
from practices.mailing.services import DAILY, choose_mail, send_again, want_daily
from practices.mailing.tasks import send_daily_mail, write_daily_mail
from practices.models import AuditEvent, DailyItem, DailyMail, User
from practices.retention import delete_expired
from practices.rights.people import export_person
from practices.states import MailState, MailTrouble
from tests import factories
from tests.practices.mailing.conftest import News
from tests.smtp import mail_server

pytestmark = pytest.mark.django_db


def written(days: int = 0) -> int:
    return daily.write_daily(timezone.now() + timedelta(days=days))


def sent() -> list[mail.EmailMultiAlternatives]:
    mail.outbox.clear()
    send_daily_mail()
    return list(mail.outbox)


def test_everything_of_a_day_stands_in_one_mail(news: News, reader: User) -> None:
    news.add(reader, "een")
    news.add(reader, "twee")
    assert written() == 1
    (message,) = sent()
    assert message.to == [reader.email]
    assert message.subject == "Nieuws over Meer tijd voor de patiënt"
    assert message.body.startswith("Beste Sam Bos,\n\n*Over een*\nLees een:\nhttps://")
    assert "*Over twee*\nLees twee:\n" in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent() == []


def test_one_thing_is_the_subject_itself(news: News, reader: User) -> None:
    news.add(reader, "een")
    written()
    (message,) = sent()
    assert message.subject == "Over een"
    assert message.body.startswith("Beste Sam Bos,\n\nLees een:\n")


def test_the_same_is_told_once_and_never_twice_a_day(news: News, reader: User) -> None:
    news.add(reader, "een")
    assert [written(), written()] == [1, 0]
    sent()
    news.add(reader, "twee")
    assert written() == 0
    assert written(days=1) == 1
    assert [one.subject for one in sent()] == ["Over twee"]
    assert written(days=2) == 0


def test_a_mail_that_still_waits_takes_up_what_came_since(news: News, reader: User) -> None:
    """Two days without a mail server end in one mail, not in two."""
    news.add(reader, "een")
    written()
    news.add(reader, "twee")
    assert written(days=1) == 1
    assert DailyMail.objects.get().day == timezone.localdate() + timedelta(days=1)
    (message,) = sent()
    assert "Over een" in message.body
    assert "Over twee" in message.body


def test_what_waited_and_went_out_today_is_the_mail_of_today(news: News, reader: User) -> None:
    news.add(reader, "een")
    written(days=-1)
    assert len(sent()) == 1
    news.add(reader, "twee")
    assert written() == 0
    assert written(days=1) == 1


def test_who_wants_nothing_or_nothing_of_a_kind_gets_none(news: News, reader: User) -> None:
    other = factories.user()
    for user in (reader, other):
        news.add(user, "een")
    want_daily(user=reader, wanted=False)
    choose_mail(user=other, daily=True, wanted=[])
    assert written() == 0
    choose_mail(user=other, daily=True, wanted=["nieuws"])
    assert written() == 1
    assert DailyMail.objects.get().user == other


def test_who_says_no_before_it_leaves_gets_none(news: News, reader: User) -> None:
    news.add(reader, "een")
    written()
    want_daily(user=reader, wanted=False)
    assert sent() == []
    assert DailyMail.objects.get().state == MailState.OVERTAKEN


def test_a_refused_address_fails_at_once_and_a_busy_server_is_tried_again(
    news: News, settings
) -> None:
    gone = factories.user(email="weg@voorbeeld.example")
    busy = factories.user(email="druk@voorbeeld.example")
    for user in (gone, busy):
        news.add(user, "een")
    written()
    with mail_server(settings, weg=550, druk=451) as server:
        send_daily_mail()
        states = {one.user: (one.state, one.trouble) for one in DailyMail.objects.all()}
        assert states == {
            gone: (MailState.FAILED, MailTrouble.REFUSED),
            busy: (MailState.WAITING, MailTrouble.UNREACHABLE),
        }
        assert server.taken == []
        server.answers.clear()
        DailyMail.objects.update(next_try_at=timezone.now())
        send_daily_mail()
        assert [to for to, _message in server.taken] == [busy.email]
        failed = DailyMail.objects.get(user=gone)
        assert send_again(mail=failed, actor=busy)
        assert not send_again(mail=failed, actor=busy)
        send_daily_mail()
    ((_to, _first), (to, message)) = server.taken
    assert to == gone.email
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message["List-Unsubscribe"].strip().startswith("<http")
    event = AuditEvent.objects.get(object_type="practices.dailymail")
    assert event.detail == {"sent_again_after": "failed"}


@pytest.mark.django_db(transaction=True)
def test_many_workers_write_and_send_one_mail(news: News, reader: User, settings) -> None:
    for about in ("een", "twee"):
        news.add(reader, about)

    def at_once(work) -> None:
        def run(_number: int) -> None:
            try:
                work()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(run, range(8)))

    at_once(write_daily_mail)
    assert DailyItem.objects.count() == 2
    with mail_server(settings) as server:
        at_once(send_daily_mail)
    assert [to for to, _message in server.taken] == [reader.email]


def test_it_is_shown_to_whom_it_went_and_goes_after_two_months(news: News, reader: User) -> None:
    news.add(reader, "een")
    written()
    want_daily(user=reader, wanted=False)
    held = export_person(person=None, account=reader, actor=reader)
    assert [one["kind"] for one in held["mail_not_wanted"]] == [DAILY]
    assert [one["values"]["wat"] for one in held["daily_mails"]] == ["een"]
    today = timezone.localdate()

    def gone(days: int) -> dict[str, int]:
        found = delete_expired(today=today + timedelta(days=days))
        return {one.model: one.rows for one in found}

    assert "practices.DailyMail" not in gone(60)
    assert gone(61)["practices.DailyMail"] == 1
    assert not DailyItem.objects.exists()


def test_the_worker_knows_the_tasks_and_is_told_to_do_them(settings) -> None:
    told = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    celery_app.loader.import_default_modules()
    for task in (write_daily_mail, send_daily_mail):
        assert task.name in told
        assert task.name in celery_app.tasks
