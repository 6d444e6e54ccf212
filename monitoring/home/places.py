"""Where somebody may be: their roles for the region, and the practices they work in or visit."""

from dataclasses import dataclass

from django.utils import timezone

from practices.models import Practice, User
from practices.permissions import Permission
from practices.states import RegionRoleName
from practices.tenancy import Access, access_to_region


@dataclass(frozen=True, slots=True)
class Places:
    region: Access
    practices: tuple[Practice, ...]

    def plays(self, role: RegionRoleName) -> bool:
        return role in self.region.role.split(",")


def places_of(user: User) -> Places:
    """Two queries, however many practices."""
    found = Practice.objects.of_user(user, timezone.localdate()).in_region_order()
    return Places(access_to_region(user), tuple(found))


def sees_agenda(places: Places) -> bool:
    """Everybody who works in a practice or for the programme; no insurers, no overseers."""
    roles = (RegionRoleName.COORDINATOR, RegionRoleName.CONSULTANT, RegionRoleName.FACILITATOR)
    return bool(places.practices) or any(places.plays(role) for role in roles)


def home_of(places: Places) -> tuple[str, tuple[str, ...]]:
    """The name and arguments of the address where somebody begins."""
    if Permission.SEE_REGION in places.region:
        return "region", ()
    if places.plays(RegionRoleName.CONSULTANT):
        return "today", ()
    if len(places.practices) > 1:
        return "own_practices", ()
    if places.practices:
        return "practice_start", (places.practices[0].slug,)
    if places.plays(RegionRoleName.FACILITATOR):
        return "agenda", ()
    if Permission.READ_REPORT in places.region:
        return "insurer_reports", ()
    if Permission.REVIEW_REGION_TRAIL in places.region:
        return "region_trail", ()
    if Permission.MANAGE_REFERENCE_DATA in places.region:
        return "admin:index", ()
    return "own_practices", ()
