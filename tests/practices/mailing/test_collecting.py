"""The weekly mail: once, together, one a week at most; reminders by themselves, on their day."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone

from mtvp.celery import app as celery_app
from practices.mailing import collecting
from practices.mailing.coming import coming, next_monday
from practices.mailing.services import WEEKLY, choose_mail, send_again, want_mail
from practices.mailing.tasks import send_personal_mail, write_reminders, write_weekly_mail
from practices.models import AuditEvent, Employment, MailItem, PersonalMail, User
from practices.retention import delete_expired
from practices.rights.people import export_person
from practices.states import MailState, MailTrouble
from tests import factories
from tests.practices.mailing.conftest import News
from tests.smtp import mail_server

pytestmark = pytest.mark.django_db
MONDAY = collecting.monday_of(timezone.localdate())


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def written(weeks: int = 0, days: int = 0) -> int:
    return collecting.write_weekly(at(MONDAY + timedelta(weeks=weeks, days=days)))


def sent() -> list[mail.EmailMultiAlternatives]:
    mail.outbox.clear()
    send_personal_mail()
    return list(mail.outbox)


def test_everything_of_a_week_stands_in_one_mail_and_says_why(news: News, reader: User) -> None:
    news.add(reader, "een")
    news.add(reader, "twee")
    assert written() == 1
    (message,) = sent()
    assert message.to == [reader.email]
    assert message.subject == "Nieuws over Meer tijd voor de patiënt"
    assert message.body.startswith("Beste Sam Bos,\n\n*Over een*\nLees een:\nhttps://")
    assert "*Over twee*\nLees twee:\n" in message.body
    assert message.body.count("U leest graag.") == 2
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent() == []


def test_one_thing_is_the_subject_itself(news: News, reader: User) -> None:
    news.add(reader, "een")
    written()
    (message,) = sent()
    assert message.subject == "Over een"
    assert message.body.startswith("Beste Sam Bos,\n\nLees een:\n")
    assert message.body.count("U leest graag.") == 1


def test_the_same_is_told_once_and_never_twice_a_week(news: News, reader: User) -> None:
    news.add(reader, "een")
    assert [written(), written(days=4)] == [1, 0]
    sent()
    news.add(reader, "twee")
    assert written(days=6) == 0
    assert written(weeks=1) == 1
    PersonalMail.objects.filter(sent_at=None).update(next_try_at=timezone.now())
    assert [one.subject for one in sent()] == ["Over twee"]
    assert written(weeks=2) == 0


def test_a_mail_that_still_waits_takes_up_what_came_since(news: News, reader: User) -> None:
    """Two weeks without a mail server end in one mail, not in two."""
    news.add(reader, "een")
    written()
    news.add(reader, "twee")
    assert written(weeks=1) == 1
    assert PersonalMail.objects.get().day == MONDAY + timedelta(weeks=1)
    (message,) = sent()
    assert "Over een" in message.body
    assert "Over twee" in message.body


def test_what_waited_and_went_out_this_week_is_the_mail_of_this_week(
    news: News, reader: User
) -> None:
    news.add(reader, "een")
    written(weeks=-1)
    assert len(sent()) == 1
    news.add(reader, "twee")
    assert written() == 0
    assert written(weeks=1) == 1


def test_a_reminder_goes_by_itself_on_its_day_and_once(news: News, reader: User) -> None:
    news.add(reader, "een")
    news.remind(reader, "twee")
    news.remind(reader, "drie")
    assert [collecting.write_dated(at(MONDAY)) for _hour in range(3)] == [2, 0, 0]
    assert written() == 1
    messages = sent()
    assert [one.subject for one in messages] == ["Morgen twee", "Morgen drie", "Over een"]
    assert messages[0].body.startswith("Beste Sam Bos,\n\nDenk aan twee.\n")
    assert "U doet mee." in messages[0].body
    assert collecting.write_dated(at(MONDAY + timedelta(days=1))) == 0


def test_a_reminder_that_is_no_longer_so_does_not_leave(news: News, reader: User) -> None:
    news.remind(reader, "twee")
    collecting.write_dated(at(MONDAY))
    news.over.add("twee")
    assert sent() == []
    assert PersonalMail.objects.get().state == MailState.OVERTAKEN


def test_what_is_told_at_once_is_told_once_and_only_to_who_wants_it(
    news: News, reader: User
) -> None:
    other = factories.user()
    want_mail(user=other, kind="herinnering", wanted=False)
    items = []
    for user in (reader, other):
        news.remind(user, "nu")
    items, news.dated = news.dated, []
    now = timezone.now()
    assert [collecting.tell("herinnering", items, now) for _time in range(2)] == [1, 0]
    assert [one.to for one in sent()] == [[reader.email]]
    with pytest.raises(KeyError):
        collecting.tell("nieuws", items, now)


def test_the_next_mail_can_be_looked_at_before_it_goes(news: News, reader: User, client) -> None:
    other = factories.user()
    news.add(reader, "een")
    news.add(other, "anders")
    news.remind(reader, "twee")
    now = timezone.now()
    assert [one.title for one in coming(reader, now)] == ["Over een"]
    assert next_monday(now) == MONDAY + timedelta(weeks=1)
    client.force_login(reader)
    page = client.get("/mijn-mail/volgende/").content.decode()
    assert "Over een" in page
    assert "U leest graag." in page
    assert "anders" not in page
    written()
    assert coming(reader, now) == []
    assert "Over een" not in client.get("/mijn-mail/volgende/").content.decode()


def test_who_wants_nothing_or_nothing_of_a_kind_gets_none(news: News, reader: User) -> None:
    other = factories.user()
    for user in (reader, other):
        news.add(user, "een")
    want_mail(user=reader, kind=WEEKLY, wanted=False)
    choose_mail(user=other, weekly=True, wanted=[])
    assert written() == 0
    choose_mail(user=other, weekly=True, wanted=["nieuws"])
    assert written() == 1
    assert PersonalMail.objects.get().user == other


def test_no_weekly_mail_leaves_reminders_as_they_are(news: News, reader: User) -> None:
    news.remind(reader, "twee")
    want_mail(user=reader, kind=WEEKLY, wanted=False)
    assert collecting.write_dated(at(MONDAY)) == 1
    assert len(sent()) == 1


def test_who_says_no_before_it_leaves_gets_none(news: News, reader: User) -> None:
    news.add(reader, "een")
    written()
    want_mail(user=reader, kind=WEEKLY, wanted=False)
    assert sent() == []
    assert PersonalMail.objects.get().state == MailState.OVERTAKEN


def test_who_left_the_practice_before_it_leaves_reads_nothing_of_it(news: News) -> None:
    """A mail server that is away leaves mail waiting for days; what is of another practice goes."""
    left, stays = factories.practice(), factories.practice()
    reader = factories.staff_user(left)
    factories.employment(person=reader.person, practice=stays)
    news.add(reader, "daar", left.pk)
    news.add(reader, "hier", stays.pk)
    written()
    Employment.objects.filter(person=reader.person, practice=left).update(
        started_on=MONDAY - timedelta(days=60), ended_on=MONDAY - timedelta(days=30)
    )
    (message,) = sent()
    assert message.subject == "Over hier"
    assert "daar" not in message.body


def test_whom_a_kind_does_not_concern_any_more_gets_none(news: News, reader: User) -> None:
    news.add(reader, "een")
    written()
    news.past.add(reader.pk)
    assert sent() == []
    assert PersonalMail.objects.get().state == MailState.OVERTAKEN


def test_a_refused_address_fails_at_once_and_a_busy_server_is_tried_again(
    news: News, settings
) -> None:
    gone = factories.user(email="weg@voorbeeld.example")
    busy = factories.user(email="druk@voorbeeld.example")
    for user in (gone, busy):
        news.add(user, "een")
    written()
    with mail_server(settings, weg=550, druk=451) as server:
        send_personal_mail()
        states = {one.user: (one.state, one.trouble) for one in PersonalMail.objects.all()}
        assert states == {
            gone: (MailState.FAILED, MailTrouble.REFUSED),
            busy: (MailState.WAITING, MailTrouble.UNREACHABLE),
        }
        assert server.taken == []
        server.answers.clear()
        PersonalMail.objects.update(next_try_at=timezone.now())
        send_personal_mail()
        assert [to for to, _message in server.taken] == [busy.email]
        failed = PersonalMail.objects.get(user=gone)
        assert send_again(mail=failed, actor=busy)
        assert not send_again(mail=failed, actor=busy)
        send_personal_mail()
    ((_to, _first), (to, message)) = server.taken
    assert to == gone.email
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message["List-Unsubscribe"].strip().startswith("<http")
    event = AuditEvent.objects.get(object_type="practices.personalmail")
    assert event.detail == {"sent_again_after": "failed"}


@pytest.mark.django_db(transaction=True)
def test_many_workers_write_and_send_each_mail_once(news: News, reader: User, settings) -> None:
    for about in ("een", "twee"):
        news.add(reader, about)

    news.remind(reader, "drie")

    def at_once(work: Callable[[], object]) -> None:
        def run(_number: int) -> None:
            try:
                work()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(run, range(8)))

    at_once(lambda: written())
    at_once(write_reminders)
    assert MailItem.objects.count() == 3
    with mail_server(settings) as server:
        at_once(send_personal_mail)
    assert [to for to, _message in server.taken] == [reader.email] * 2


def test_it_is_shown_to_whom_it_went_and_goes_after_two_months(news: News, reader: User) -> None:
    news.add(reader, "een")
    written()
    want_mail(user=reader, kind=WEEKLY, wanted=False)
    held = export_person(person=None, account=reader, actor=reader)
    assert [one["kind"] for one in held["mail_not_wanted"]] == [WEEKLY]
    assert [one["values"]["wat"] for one in held["mails_told"]] == ["een"]
    today = MONDAY

    def gone(days: int) -> dict[str, int]:
        found = delete_expired(today=today + timedelta(days=days))
        return {one.model: one.rows for one in found}

    assert "practices.PersonalMail" not in gone(60)
    assert gone(61)["practices.PersonalMail"] == 1
    assert not MailItem.objects.exists()


def test_the_worker_knows_the_tasks_and_is_told_to_do_them(settings) -> None:
    told = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    celery_app.loader.import_default_modules()
    for task in (write_weekly_mail, write_reminders, send_personal_mail):
        assert task.name in told
        assert task.name in celery_app.tasks
