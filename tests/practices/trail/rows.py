"""Events for tests of the trail."""

from practices.models import AuditEvent
from practices.states import AuditAction


def events(count, **fields):
    return [
        AuditEvent.objects.create(
            **{
                "action": AuditAction.READ,
                "object_type": "page",
                "object_id": str(number),
                "client": "192.0.2.0/24 Firefox",
            }
            | fields
        )
        for number in range(count)
    ]
