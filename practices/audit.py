"""Writing the trail: explicitly, by services, in the same transaction."""

from typing import Any

from django.db import models

from practices.models import AuditEvent, Practice, User
from practices.states import AuditAction, AuditOutcome


def record(
    *,
    actor: User | None,
    action: AuditAction,
    obj: models.Model | tuple[str, object],
    practice: Practice | None = None,
    role: str = "",
    outcome: AuditOutcome = AuditOutcome.DONE,
    **detail: Any,
) -> AuditEvent:
    """One event. `obj` is a record or a (kind, id) pair; `detail` holds counts and names of
    fields, never contents. Without an actor the system itself did it (a command, a job)."""
    kind, key = obj if isinstance(obj, tuple) else (obj._meta.label_lower, obj.pk)
    return AuditEvent.objects.create(
        actor=actor,
        role=role,
        practice=practice,
        action=action,
        object_type=kind,
        object_id=str(key),
        outcome=outcome,
        detail=detail,
    )
