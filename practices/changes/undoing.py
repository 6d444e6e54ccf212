"""Taking back a change that was noted by mistake: everything stands as before."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from practices.audit import record
from practices.changes.codes import is_taken
from practices.changes.registry import followers, when_other_consultant
from practices.invitations.services import withdraw
from practices.models import Employment, Invitation, Practice, PracticeChange, User
from practices.models.agreement import ProcessingAgreement
from practices.states import AuditAction, ChangeKind


class StandsError(Exception):
    """It cannot be taken back: something was built on it."""


def can_undo(change: PracticeChange) -> bool:
    """The last one of the practice, unless a new practice exists because of it, or the new owner
    has agreed to the processing."""
    if change.undone_at is not None or change.kind == ChangeKind.SPLIT:
        return False
    later = PracticeChange.objects.standing().filter(practice=change.practice, pk__gt=change.pk)
    signed = change.practice.agreements.filter(ended_at=None, agreed_at__gte=change.made_at)
    takes_over = change.kind == ChangeKind.TAKEOVER
    return not later.exists() and not (takes_over and signed.exists())


@transaction.atomic
def undo(*, change: PracticeChange, actor: User) -> None:
    """`StandsError` when it cannot be; otherwise once."""
    practice = (
        Practice.objects.select_for_update(of=("self",))
        .select_related("cohort")
        .get(pk=change.practice_id)
    )
    fresh = PracticeChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if not can_undo(fresh):
        raise StandsError
    _put_back(practice, fresh)
    if fresh.kind == ChangeKind.CONSULTANT:
        for go_along in when_other_consultant:
            go_along(practice, actor)
    _people_back(fresh)
    _owner_back(fresh, actor)
    fresh.undone_at = timezone.now()
    fresh.save(update_fields=["undone_at"])
    record(
        actor=actor,
        action=AuditAction.CHANGE,
        obj=fresh,
        practice=practice,
        change=fresh.kind,
        undone=True,
    )


def _put_back(practice: Practice, change: PracticeChange) -> None:
    if change.kind == ChangeKind.CODE:
        if is_taken(change.former_code, practice=practice):
            raise StandsError
        practice.code = change.former_code
    elif change.kind == ChangeKind.CONSULTANT:
        practice.consultant = change.former_consultant
    elif change.kind == ChangeKind.TAKEOVER:
        practice.name = change.former_name
    else:
        practice.stopped_on, practice.stop_reason = None, ""
    practice.save()


def _people_back(change: PracticeChange) -> None:
    for name, keys in change.before.get("along", {}).items():
        for follower in followers:
            if follower.name == name:
                follower.back(keys, change.practice)
    Employment.objects.filter(pk__in=change.before.get("begun", ())).delete()
    moved = Employment.objects.filter(pk__in=change.before.get("moved", ()))
    moved.update(practice=change.practice)
    for key, until in change.before.get("ended", {}).items():
        last = date.fromisoformat(until) if until else None
        Employment.objects.filter(pk=key).update(ended_on=last)


def _owner_back(change: PracticeChange, actor: User) -> None:
    ended = ProcessingAgreement.objects.filter(pk__in=change.before.get("agreements", ()))
    ended.update(ended_at=None)
    sent = Invitation.objects.filter(pk=change.before.get("invitation")).first()
    if sent is not None:
        withdraw(invitation=sent, actor=actor)
