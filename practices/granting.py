"""What a practice grants its manager."""

from django.db import transaction

from practices.audit import record
from practices.models import Practice, User
from practices.states import AuditAction


@transaction.atomic
def let_manager_see_plans(*, practice: Practice, granted: bool, actor: User) -> None:
    """Give the manager plans and HIS numbers, or take them back; at once, and on record."""
    stored = Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    if stored.manager_sees_plans == granted:
        return
    Practice.objects.filter(pk=practice.pk).update(manager_sees_plans=granted)
    record(
        actor=actor,
        action=AuditAction.MEMBERSHIP,
        obj=("membership", ""),
        practice=practice,
        manager_sees_plans=granted,
    )
