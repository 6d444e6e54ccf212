"""Who reads which announcements: who works in a practice or for the programme, by their roles."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from monitoring.states import Audience
from practices.models import Employment, RegionRole, User
from practices.states import RegionRoleName, StaffRole

GROUPS: dict[str, Audience] = {
    StaffRole.GP_OWNER: Audience.GPS,
    StaffRole.GP_LOCUM: Audience.GPS,
    StaffRole.POH: Audience.NURSES,
    StaffRole.NP: Audience.NURSES,
    StaffRole.PA: Audience.NURSES,
    StaffRole.ASSISTANT: Audience.ASSISTANTS,
    StaffRole.MANAGER: Audience.MANAGERS,
    RegionRoleName.CONSULTANT: Audience.REGION,
    RegionRoleName.FACILITATOR: Audience.REGION,
    RegionRoleName.COORDINATOR: Audience.REGION,
}


def audiences(roles: Iterable[str]) -> frozenset[Audience]:
    """Empty for who has no part in the programme: insurers and overseers read no announcements."""
    found = {GROUPS[role] for role in roles if role in GROUPS}
    return frozenset(found | {Audience.ALL}) if found else frozenset()


def audiences_of(user: User) -> frozenset[Audience]:
    """Two queries."""
    roles = list(RegionRole.objects.filter(user=user).values_list("role", flat=True))
    if user.person_id:
        spells = Employment.objects.in_service(timezone.localdate()).filter(person=user.person_id)
        roles += spells.values_list("role", flat=True)
    return audiences(roles)


def readers(today: date) -> dict[int, frozenset[Audience]]:
    """By account, for every account that can sign in; two queries."""
    roles: dict[int, set[str]] = {}
    serving = Employment.objects.in_service(today).filter(person__user__is_active=True)
    of_region = RegionRole.objects.filter(user__is_active=True)
    for account, role in [
        *serving.values_list("person__user", "role"),
        *of_region.values_list("user", "role"),
    ]:
        roles.setdefault(account, set()).add(role)
    found = {account: audiences(held) for account, held in sorted(roles.items())}
    return {account: groups for account, groups in found.items() if groups}
