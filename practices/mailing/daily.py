"""The daily mail: what can wait, once, together, for who wants it."""

from collections.abc import Collection
from datetime import date, datetime

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone, translation

from practices.mailing.delivery import DELIVERY_FIELDS, give_up, hand_over
from practices.mailing.links import stop_link
from practices.mailing.message import LANGUAGE, mail_message
from practices.mailing.registry import kinds
from practices.mailing.services import DAILY, unwanted_by
from practices.mailing.texts import DAILY_TEXT
from practices.models import DailyItem, DailyMail, MailOptOut
from practices.states import MailTrouble
from practices.texts.services import mail_text


def write_daily(now: datetime) -> int:
    """Write down today's mail for everybody for whom there is something new; returns how many.

    However often it runs, nobody gets two on a day: one that still waits from an earlier day takes
    up what came since.
    """
    today = timezone.localdate(now)
    with translation.override(LANGUAGE):
        news = _news(today)
    had = set(
        DailyMail.objects.filter(Q(day=today) | Q(sent_at__date=today)).values_list(
            "user", flat=True
        )
    )
    return sum(_write(user, items, today) for user, items in news.items() if user not in had)


def deliver(*, mail_id: int) -> DailyMail | None:
    """Try to send it, unless another worker does or it went out; the mail as it stands then."""
    with transaction.atomic():
        waiting = DailyMail.objects.waiting().filter(pk=mail_id)
        mail: DailyMail | None = (
            waiting.select_for_update(no_key=True, of=("self",), skip_locked=True)
            .select_related("user__person")
            .first()
        )
        if mail is None:
            return None
        message = _message(mail)
        if message is None:
            give_up(mail, MailTrouble.OVERTAKEN)
        else:
            hand_over(mail, message)
        mail.save(update_fields=DELIVERY_FIELDS)
    return mail


def _news(today: date) -> dict[int, list[DailyItem]]:
    """By account: what was not told before and is wanted, in the order of the kinds."""
    told = set(DailyItem.objects.values_list("mail__user", "kind", "about"))
    unwanted = set(MailOptOut.objects.values_list("user", "kind"))
    found: dict[int, list[DailyItem]] = {}
    for kind in kinds():
        for item in kind.gather(today):
            key = (item.user, kind.key, item.about)
            if key in told or {(item.user, kind.key), (item.user, DAILY)} & unwanted:
                continue
            told.add(key)
            made = DailyItem(kind=kind.key, about=item.about, values=dict(item.values))
            found.setdefault(item.user, []).append(made)
    return found


def _write(user: int, items: Collection[DailyItem], today: date) -> bool:
    try:
        with transaction.atomic():
            mail = _open_mail(user, today)
            for item in items:
                item.mail = mail
            DailyItem.objects.bulk_create(items)
    except IntegrityError:  # another worker was first
        return False
    return True


def _open_mail(user: int, today: date) -> DailyMail:
    waiting = DailyMail.objects.waiting().filter(user=user, day__lt=today)
    mail: DailyMail | None = waiting.select_for_update(no_key=True).order_by("-day").first()
    if mail is None:
        return DailyMail.objects.create(user_id=user, day=today)
    mail.day = today
    mail.save(update_fields=["day"])
    return mail


def _message(mail: DailyMail) -> EmailMessage | None:
    """None when nothing of it is wanted any more, or nobody reads it."""
    unwanted = unwanted_by(mail.user)
    known = {kind.key for kind in kinds()} - unwanted
    items = [item for item in mail.items.order_by("pk") if item.kind in known]
    if not items or DAILY in unwanted or not mail.user.is_active:
        return None
    name = {"naam": str(mail.user)}
    parts = [mail_text(item.kind, item.values | name) for item in items]
    if len(parts) == 1:
        subject, news = parts[0][0], parts[0][1].strip()
        text = mail_text(DAILY_TEXT, name | {"nieuws": news})[1]
    else:
        news = "\n\n".join(f"*{title}*\n{body.strip()}" for title, body in parts)
        subject, text = mail_text(DAILY_TEXT, name | {"nieuws": news})
    return mail_message(to=mail.user.email, subject=subject, text=text, stop=stop_link(mail.user))
