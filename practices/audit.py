"""Writing the trail: explicitly, by services, in the same transaction.

An event of refused access is the exception: it is written over a connection of its own, so it
stands whatever happens to the transaction in which the refusal fell.
"""

from typing import Any

from django.db import models

from practices.models import AuditEvent, Practice, User
from practices.states import AuditAction, AuditOutcome
from practices.trail import origin


def record(
    *,
    actor: User | None,
    action: AuditAction,
    obj: models.Model | tuple[str, object],
    practice: Practice | None = None,
    role: str = "",
    outcome: AuditOutcome = AuditOutcome.DONE,
    patient_key: bytes | None = None,
    **detail: Any,
) -> AuditEvent:
    """One event. `obj` is a record or a (kind, id) pair; `detail` holds counts and names of
    fields, never contents. Without an actor the system itself did it (a command, a job).
    The patient is taken from a record that has a `patient_key`, the role from the request when
    none is named; the client always comes from the request, and whether it was on behalf of
    the practice (`detail["on_behalf"]`)."""
    kind, key = obj if isinstance(obj, tuple) else (obj._meta.label_lower, obj.pk)
    refused = action == AuditAction.DENIED or outcome == AuditOutcome.REFUSED
    alias = "trail" if refused else "default"
    if origin.on_behalf():
        detail["on_behalf"] = True
    return AuditEvent.objects.using(alias).create(
        actor=actor,
        role=role or origin.role(),
        practice=practice,
        action=action,
        object_type=kind,
        object_id=str(key),
        patient_key=patient_key or getattr(obj, "patient_key", None),
        outcome=outcome,
        client=origin.client(),
        detail=detail,
    )
