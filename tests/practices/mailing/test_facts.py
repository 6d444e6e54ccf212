"""What went out since Monday, by kind."""

import pytest
from django.utils import timezone

from practices.mailing import collecting
from practices.mailing.facts import this_week
from practices.mailing.tasks import send_personal_mail
from practices.models import User
from tests import factories
from tests.practices.mailing.conftest import News

pytestmark = pytest.mark.django_db


def test_each_kind_counts_people_and_what_waits_counts_apart(news: News, reader: User) -> None:
    other, now = factories.user(), timezone.now()
    for user in (reader, other):
        news.add(user, "een")
        news.add(user, "twee")
    news.remind(reader, "drie")
    collecting.write_weekly(now)
    assert (this_week(now).weekly, this_week(now).waiting) == (0, 2)
    send_personal_mail()
    collecting.write_dated(now)
    send_personal_mail()
    week = this_week(now)
    assert (week.weekly, week.waiting) == (2, 0)
    assert [(one.label, one.dated, one.people) for one in week.kinds] == [
        ("Nieuws", False, 2),
        ("Herinnering", True, 1),
    ]
