"""Reviewing the trail; the looking is itself on record."""

from collections.abc import Collection

from django.db import transaction

from practices.audit import record
from practices.models import AuditEvent, Practice, TrailReview, User
from practices.states import AuditAction
from practices.trail.querysets import AuditEventQuerySet

KIND = AuditEvent._meta.label_lower


@transaction.atomic
def mark_reviewed(
    *,
    events: AuditEventQuerySet,
    chosen: Collection[int],
    practice: Practice | None,
    actor: User,
) -> int:
    """Those of the chosen that lie among `events`; nobody reviews what they did themselves."""
    found = events.filter(pk__in=chosen).exclude(actor=actor).unreviewed()
    reviews = [TrailReview(event=event, reviewed_by=actor) for event in found]
    TrailReview.objects.bulk_create(reviews, ignore_conflicts=True)
    record(
        actor=actor,
        action=AuditAction.CHANGE,
        obj=(KIND, ""),
        practice=practice,
        count=len(reviews),
    )
    return len(reviews)


def show_events(*, shown: int, practice: Practice | None, actor: User) -> None:
    record(actor=actor, action=AuditAction.LIST, obj=(KIND, ""), practice=practice, count=shown)
