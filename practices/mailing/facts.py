"""How much mail went out lately, for who looks after it."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Count
from django.utils import timezone

from practices.mailing.collecting import monday_of
from practices.mailing.registry import kinds
from practices.models import MailItem, PersonalMail


@dataclass(frozen=True, slots=True)
class Sent:
    """How many people were told of one kind of thing, by themselves or in the weekly mail."""

    label: Any
    dated: bool
    people: int


@dataclass(frozen=True, slots=True)
class Week:
    """Since Monday; `weekly` counts the weekly mails that went out, `waiting` those of any kind
    that are on their way."""

    weekly: int
    waiting: int
    kinds: tuple[Sent, ...]


def this_week(now: datetime) -> Week:
    """Three queries."""
    monday = monday_of(timezone.localdate(now))
    since = timezone.make_aware(datetime.combine(monday, time.min))
    sent = PersonalMail.objects.filter(sent_at__gte=since)
    items = MailItem.objects.filter(mail__in=sent).order_by().values_list("kind")
    people = dict(items.annotate(people=Count("mail__user", distinct=True)))
    told = (Sent(one.label, one.dated, people.get(one.key, 0)) for one in kinds())
    return Week(
        weekly=sent.filter(kind="").count(),
        waiting=PersonalMail.objects.waiting().count(),
        kinds=tuple(one for one in told if one.people),
    )
