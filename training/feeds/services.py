"""Addresses for calendar programs: making, withdrawing, finding."""

import hashlib
import secrets

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from practices.audit import record
from practices.models import Practice, User
from practices.states import AuditAction
from training.models import CalendarFeed

TOKEN_BYTES = 32


@transaction.atomic
def make_feed(*, actor: User, practice: Practice | None = None) -> tuple[CalendarFeed, str]:
    """The feed and its secret, which is shown once. Without a practice it is one's own; an
    earlier address of the same by the same person stops."""
    user = None if practice else actor
    open_feeds(actor).filter(user=user, practice=practice).update(withdrawn_at=timezone.now())
    token = secrets.token_urlsafe(TOKEN_BYTES)
    feed = CalendarFeed.objects.create(
        token_hash=_hashed(token), user=user, practice=practice, made_by=actor
    )
    record(actor=actor, practice=practice, action=AuditAction.CREATE, obj=feed)
    return feed, token


@transaction.atomic
def withdraw_feed(*, feed: CalendarFeed, actor: User) -> None:
    if open_feeds(feed.made_by).filter(pk=feed.pk).update(withdrawn_at=timezone.now()):
        record(actor=actor, practice=feed.practice, action=AuditAction.DELETE, obj=feed)


def open_feeds(made_by: User) -> QuerySet[CalendarFeed]:
    return CalendarFeed.objects.filter(made_by=made_by, withdrawn_at=None)


def feed_behind(token: str) -> CalendarFeed | None:
    """None for an address that was never handed out, was withdrawn, or whose account is closed."""
    found = CalendarFeed.objects.filter(
        token_hash=_hashed(token), withdrawn_at=None, made_by__is_active=True
    )
    return found.select_related("user__person", "practice", "made_by__person").first()


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
