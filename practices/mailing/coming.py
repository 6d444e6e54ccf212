"""What there is to tell somebody by now: what the next weekly mail would hold."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.safestring import SafeString

from practices.mailing.collecting import monday_of
from practices.mailing.registry import Kind, offered_to
from practices.mailing.services import unwanted_by
from practices.models import MailItem, User
from practices.texts.rendering import mail_html
from practices.texts.services import mail_text


@dataclass(frozen=True, slots=True)
class Coming:
    kind: Kind
    title: str
    html: SafeString


def next_monday(now: datetime) -> date:
    """The day of the next weekly mail; on a Monday that of the week after."""
    return monday_of(timezone.localdate(now)) + timedelta(days=7)


def coming(user: User, now: datetime) -> list[Coming]:
    """What is wanted, can wait, and was not told before. It may be more by Monday."""
    unwanted = unwanted_by(user)
    told = set(MailItem.objects.filter(mail__user=user).values_list("kind", "about"))
    monday = next_monday(now)
    found: list[Coming] = []
    for kind in offered_to(user):
        if kind.dated or kind.key in unwanted:
            continue
        for item in kind.of(user, monday):
            if (kind.key, item.about) not in told:
                told.add((kind.key, item.about))
                title, body = mail_text(kind.key, {**item.values, "naam": str(user)})
                found.append(Coming(kind, title, mail_html(body.strip())))
    return found
