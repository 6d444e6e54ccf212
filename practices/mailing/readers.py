"""To whom mail about a practice goes: who runs its account, its consultant, the coordinator."""

from collections.abc import Iterable
from datetime import date

from practices.models import Employment, Practice, RegionRole
from practices.permissions import BY_STAFF_ROLE, Permission
from practices.states import RegionRoleName

ACCOUNT_HOLDERS = frozenset(
    role for role, may in BY_STAFF_ROLE.items() if Permission.SIGN_AGREEMENT in may
)


def account_holders(practices: Iterable[Practice], today: date) -> dict[int, list[int]]:
    """Accounts by practice: who runs it in service today and can sign in; one query."""
    serving = Employment.objects.in_service(today).filter(
        practice__in=list(practices), role__in=ACCOUNT_HOLDERS, person__user__is_active=True
    )
    found: dict[int, list[int]] = {}
    pairs = serving.order_by("person__user").values_list("practice", "person__user").distinct()
    for practice, account in pairs:
        found.setdefault(practice, []).append(account)
    return found


def coordinators() -> list[int]:
    """Accounts; one query."""
    roles = RegionRole.objects.filter(role=RegionRoleName.COORDINATOR, user__is_active=True)
    return list(roles.order_by("user").values_list("user", flat=True).distinct())


def readers_for_region(practice: Practice, otherwise: Iterable[int]) -> list[int]:
    """Its consultant; without one, or one who cannot act for it, the coordinators (`otherwise`)."""
    visited = Practice.objects.with_consultant().filter(pk=practice.pk)
    return list(visited.values_list("consultant", flat=True).distinct()) or list(otherwise)
