"""What somebody wants to get, and having a message sent once more."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from practices.audit import record
from practices.mailing.delivery import DELIVERY_FIELDS
from practices.mailing.registry import kinds, offered_to
from practices.models import MailOptOut, OutgoingMail, User
from practices.states import AuditAction, MailState

WEEKLY = "weekly"
"""Instead of a kind: no weekly mail at all, whatever is announced later."""


def unwanted_by(user: User) -> set[str]:
    return set(MailOptOut.objects.filter(user=user).values_list("kind", flat=True))


@transaction.atomic
def choose_mail(*, user: User, weekly: bool, wanted: Collection[str]) -> None:
    """Of the kinds that this account is offered; what it once said about others stays."""
    offered = {kind.key for kind in offered_to(user)}
    _set(user, WEEKLY, wanted=weekly)
    for key in offered:
        _set(user, key, wanted=key in wanted)
    record(
        actor=user,
        action=AuditAction.CHANGE,
        obj=("practices.mailoptout", user.pk),
        unwanted=sorted({WEEKLY, *(kind.key for kind in kinds())} & unwanted_by(user)),
    )


@transaction.atomic
def want_mail(*, user: User, kind: str, wanted: bool) -> None:
    """By the link in the mail: whoever holds it need not be signed in. `kind` may be `WEEKLY`."""
    _set(user, kind, wanted=wanted)
    record(
        actor=user,
        action=AuditAction.CHANGE,
        obj=("practices.mailoptout", user.pk),
        kind=kind,
        wanted=wanted,
        by_link=True,
    )


@transaction.atomic
def send_again(*, mail: OutgoingMail, actor: User) -> bool:
    """Let the worker try anew what went out or failed; False when it is on its way already, or
    what it says is no longer so."""
    fresh = type(mail).objects.select_for_update(no_key=True, of=("self",)).get(pk=mail.pk)
    before = fresh.state
    if before not in (MailState.SENT, MailState.FAILED):
        return False
    fresh.sent_at = fresh.given_up_at = None
    fresh.attempts, fresh.trouble, fresh.next_try_at = 0, "", timezone.now()
    fresh.save(update_fields=DELIVERY_FIELDS)
    record(actor=actor, action=AuditAction.CHANGE, obj=fresh, sent_again_after=str(before))
    return True


def _set(user: User, kind: str, *, wanted: bool) -> None:
    if wanted:
        MailOptOut.objects.filter(user=user, kind=kind).delete()
    else:
        MailOptOut.objects.get_or_create(user=user, kind=kind)
