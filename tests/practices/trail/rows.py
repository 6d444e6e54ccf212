"""Events for tests of the trail."""

from practices.models import AuditEvent
from practices.states import AuditAction


def events(count, **fields):
    return [
        AuditEvent.objects.create(
            **{"action": AuditAction.READ, "object_type": "page", "object_id": str(number)} | fields
        )
        for number in range(count)
    ]
