"""Mail that people need not get: the weekly mail with what can wait, and reminders on their day."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from practices.mailing.delivery import DELIVERY_FIELDS, give_up, hand_over
from practices.mailing.links import stop_link
from practices.mailing.message import LANGUAGE, mail_message
from practices.mailing.registry import Item, Kind, find, kinds
from practices.mailing.services import WEEKLY, unwanted_by
from practices.mailing.texts import FRAME_TEXT
from practices.models import MailItem, MailOptOut, PersonalMail, User
from practices.states import MailTrouble
from practices.tenancy import access_to_practice
from practices.texts.services import mail_text

Told = tuple[int, str, str]
"""An account, a kind, and what it was about."""


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def write_weekly(now: datetime) -> int:
    """Write down this week's mail for everybody for whom there is something new; returns how many.

    However often it runs, nobody gets two in a week: one that still waits from an earlier week
    takes up what came since.
    """
    today = timezone.localdate(now)
    told, unwanted = _told(), _unwanted()
    found: dict[int, list[MailItem]] = {}
    with translation.override(LANGUAGE):
        for kind in kinds():
            for item in [] if kind.dated else kind.gather(today):
                if (item.user, WEEKLY) in unwanted:
                    continue
                if _is_new(kind, item, told, unwanted):
                    found.setdefault(item.user, []).append(_row(kind, item))
    return sum(_write_weekly(user, items, monday_of(today)) for user, items in found.items())


def write_dated(now: datetime) -> int:
    """Write down the reminders of this day that were not yet; returns how many."""
    today = timezone.localdate(now)
    told, unwanted = _told(), _unwanted()
    with translation.override(LANGUAGE):
        due = [
            (kind, item)
            for kind in kinds()
            for item in (kind.gather(today) if kind.dated else ())
            if _is_new(kind, item, told, unwanted)
        ]
    return sum(_write_dated(kind, item, today) for kind, item in due)


def tell(key: str, items: Iterable[Item], now: datetime) -> int:
    """Mail of a dated kind at once, along with the transaction one is in; returns how many. Who
    does not want the kind, or was told the same before, gets none."""
    kind = find(key)
    if kind is None or not kind.dated:
        raise KeyError(key)
    unwanted = _unwanted()
    wanted = [item for item in items if (item.user, key) not in unwanted]
    wanted.sort(key=lambda item: item.user)  # one order of locks for who tells the same people
    return sum(_write_dated(kind, item, timezone.localdate(now)) for item in wanted)


def deliver(*, mail_id: int) -> PersonalMail | None:
    """Try to send it, unless another worker does or it went out; the mail as it stands then."""
    with transaction.atomic():
        waiting = PersonalMail.objects.waiting().filter(pk=mail_id)
        mail: PersonalMail | None = (
            waiting.select_for_update(no_key=True, of=("self",), skip_locked=True)
            .select_related("user__person")
            .first()
        )
        if mail is None:
            return None
        with translation.override(LANGUAGE):
            message = _message(mail)
        if message is None:
            give_up(mail, MailTrouble.OVERTAKEN)
        else:
            hand_over(mail, message)
        mail.save(update_fields=DELIVERY_FIELDS)
    return mail


def _told() -> set[Told]:
    return set(MailItem.objects.values_list("mail__user", "kind", "about"))


def _unwanted() -> set[tuple[int, str]]:
    return set(MailOptOut.objects.values_list("user", "kind"))


def _is_new(kind: Kind, item: Item, told: set[Told], unwanted: set[tuple[int, str]]) -> bool:
    """Notes it as told, so that the same is not taken twice in one run."""
    key = (item.user, kind.key, item.about)
    if key in told or (item.user, kind.key) in unwanted:
        return False
    told.add(key)
    return True


def _row(kind: Kind, item: Item) -> MailItem:
    return MailItem(
        kind=kind.key, about=item.about, values=dict(item.values), practice_id=item.practice
    )


@transaction.atomic
def _write_weekly(user: int, items: Sequence[MailItem], monday: date) -> bool:
    """Under the lock on the account two workers write it once."""
    _lock(user)
    of_user = PersonalMail.objects.filter(user=user, kind="")
    if of_user.filter(day=monday).exists() or of_user.filter(sent_at__date__gte=monday).exists():
        return False
    mail = of_user.waiting().select_for_update(no_key=True).order_by("-day").first()
    if mail is None:
        mail = PersonalMail.objects.create(user_id=user, day=monday)
    else:
        mail.day = monday
        mail.save(update_fields=["day"])
    for item in items:
        item.mail = mail
    MailItem.objects.bulk_create(items)
    return True


@transaction.atomic
def _write_dated(kind: Kind, item: Item, today: date) -> bool:
    _lock(item.user)
    told = MailItem.objects.filter(mail__user=item.user, kind=kind.key, about=item.about)
    if told.exists():
        return False
    row = _row(kind, item)
    row.mail = PersonalMail.objects.create(user_id=item.user, day=today, kind=kind.key)
    row.save()
    return True


def _lock(user: int) -> None:
    User.objects.select_for_update(no_key=True).get(pk=user)


def _message(mail: PersonalMail) -> EmailMessage | None:
    """None when nothing of it is wanted or so any more, or nobody reads it."""
    parts = _parts(mail, unwanted_by(mail.user))
    if not parts or not mail.user.is_active:
        return None
    name = {"naam": str(mail.user)}
    subject, news = parts[0][1], parts[0][2]
    why = str(parts[0][0].why)
    if not mail.kind:
        told = (f"*{title}*\n{body}\n\n{kind.why}" for kind, title, body in parts)
        news = "\n\n".join(told) if len(parts) > 1 else f"{news}\n\n{why}"
        why = _("You get this weekly mail because you take part with an account.")
    frame, text = mail_text(FRAME_TEXT, name | {"nieuws": news})
    return mail_message(
        to=mail.user.email,
        subject=frame if len(parts) > 1 else subject,
        text=text,
        why=why,
        stop=stop_link(mail.user, mail.kind or WEEKLY),
    )


def _may_read(user: User, kind: Kind, item: MailItem) -> bool:
    """Asked anew: since it was written down somebody may have left the practice or lost a role."""
    if not kind.concerns(user):
        return False
    practice = item.practice
    return practice is None or kind.permission in access_to_practice(user, practice)


def _brought_up_to_date(mail: PersonalMail, kind: Kind, item: MailItem) -> bool:
    """Whether there is still something to say; what is kept of it is what was said."""
    if kind.anew is None:
        return True
    values = kind.anew(mail.user, item.about)
    if values is None:
        return False
    if values != item.values:
        item.values = dict(values)
        item.save(update_fields=["values"])
    return True


def _parts(mail: PersonalMail, unwanted: set[str]) -> list[tuple[Kind, str, str]]:
    """Kind, title and text of what is still to be told."""
    parts: list[tuple[Kind, str, str]] = []
    if not mail.kind and WEEKLY in unwanted:
        return parts
    name = {"naam": str(mail.user)}
    for item in mail.items.select_related("practice").order_by("pk"):
        kind = find(item.kind)
        if kind is None or kind.key in unwanted or not _may_read(mail.user, kind, item):
            continue
        if not kind.still(mail.user_id, item.about) or not _brought_up_to_date(mail, kind, item):
            continue
        title, body = mail_text(item.kind, item.values | name)
        parts.append((kind, title, body.strip()))
    return parts
