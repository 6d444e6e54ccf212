"""Announcing something, taking it down, and giving a newsletter to the weekly mail."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.models import Example
from monitoring.models import Announcement, AnnouncementRead, Newsletter
from monitoring.news.told import NEWSLETTER, about
from practices.audit import record
from practices.models import MailItem, User
from practices.states import AuditAction


class SentMeanwhileError(Exception):
    """It lies with the readers, or is on its way: nothing changes it any more."""


class EmptyNewsletterError(Exception):
    """It says nothing."""


@dataclass(frozen=True, slots=True)
class Written:
    title: str
    body: str
    audience: str
    shown_from: date
    shown_until: date


@dataclass(frozen=True, slots=True)
class Composed:
    title: str
    opening: str
    announcements: Collection[Announcement]
    examples: Collection[Example]


@transaction.atomic
def announce(*, written: Written, actor: User) -> Announcement:
    made = Announcement.objects.create(**asdict(written), written_by=actor)
    record(actor=actor, action=AuditAction.CREATE, obj=made)
    return made


@transaction.atomic
def change(*, announcement: Announcement, written: Written, actor: User) -> None:
    fresh = Announcement.objects.select_for_update(no_key=True).get(pk=announcement.pk)
    for name, value in asdict(written).items():
        setattr(fresh, name, value)
    fresh.save(update_fields=list(asdict(written)))
    record(actor=actor, action=AuditAction.CHANGE, obj=fresh)


@transaction.atomic
def take_down(*, announcement: Announcement, down: bool, actor: User) -> None:
    """Nobody reads it any more; `down` False puts it back."""
    fresh = Announcement.objects.select_for_update(no_key=True).get(pk=announcement.pk)
    fresh.taken_down_at = timezone.now() if down else None
    fresh.save(update_fields=["taken_down_at"])
    record(actor=actor, action=AuditAction.CHANGE, obj=fresh, taken_down=down)


def put_away(*, announcement: Announcement, user: User) -> None:
    """From the own start page; it stays on the page of news."""
    AnnouncementRead.objects.get_or_create(announcement=announcement, user=user)


@transaction.atomic
def compose(*, composed: Composed, actor: User, newsletter: Newsletter | None = None) -> Newsletter:
    """A new newsletter, or another version of one that was not sent."""
    if newsletter is None:
        made = Newsletter.objects.create(
            title=composed.title, opening=composed.opening, made_by=actor
        )
        action = AuditAction.CREATE
    else:
        made, action = _locked(newsletter), AuditAction.CHANGE
        if made.sent_at is not None:
            raise SentMeanwhileError
        made.title, made.opening = composed.title, composed.opening
        made.save(update_fields=["title", "opening"])
    made.announcements.set(composed.announcements)
    made.examples.set(composed.examples)
    record(actor=actor, action=action, obj=made)
    return made


@transaction.atomic
def send(*, newsletter: Newsletter, actor: User) -> None:
    """Into the next weekly mail of everybody who wants it."""
    fresh = _locked(newsletter)
    if fresh.sent_at is not None:
        raise SentMeanwhileError
    if not (fresh.opening.strip() or fresh.announcements.exists() or fresh.examples.exists()):
        raise EmptyNewsletterError
    fresh.sent_at = timezone.now()
    fresh.save(update_fields=["sent_at"])
    record(actor=actor, action=AuditAction.CHANGE, obj=fresh, sent=True)


@transaction.atomic
def hold_back(*, newsletter: Newsletter, actor: User) -> None:
    """Undo sending, as long as no weekly mail took it up."""
    fresh = _locked(newsletter)
    if mails_with(fresh):
        raise SentMeanwhileError
    fresh.sent_at = None
    fresh.save(update_fields=["sent_at"])
    record(actor=actor, action=AuditAction.CHANGE, obj=fresh, sent=False)


def mails_with(newsletter: Newsletter) -> int:
    return MailItem.objects.filter(kind=NEWSLETTER, about=about(newsletter)).count()


def _locked(newsletter: Newsletter) -> Newsletter:
    return Newsletter.objects.select_for_update(no_key=True).get(pk=newsletter.pk)
