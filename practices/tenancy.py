"""The first wall: a practice is reached through the address, membership re-checked each time."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.db.models import Exists
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from practices.audit import record
from practices.isolation import practice_scope
from practices.models import Employment, Practice, RegionRole, User
from practices.permissions import (
    BY_REGION_ROLE,
    BY_STAFF_ROLE,
    GRANTED_TO_MANAGER,
    INSTEAD_OF_CONSULTANT,
    NEEDS_SCOPE,
    NEVER_A_CLINICIAN,
    OF_OWN_CONSULTANT,
    ON_BEHALF,
    Permission,
)
from practices.states import AuditAction, AuditOutcome, RegionRoleName, StaffRole
from practices.trail import origin

Args = ParamSpec("Args")

KEY_LENGTH = 60
"""Of what was asked for, as much is kept as a key has; an address can hold anything, and the
database takes no NUL."""


@dataclass(frozen=True, slots=True)
class Access:
    """What somebody may do in one place, and as whom; both go into the audit trail.

    `on_behalf`: somebody of the region does on this page what is the practice's own work.
    """

    role: str
    permissions: frozenset[Permission]
    on_behalf: bool = False

    def __contains__(self, permission: Permission) -> bool:
        return permission in self.permissions

    @property
    def works_here(self) -> bool:
        """In service in the practice, and not here for the region."""
        return bool(set(self.role.split(",")) & set(StaffRole.values))


class SignedInRequest(HttpRequest):
    user: User
    htmx: HtmxDetails
    access: Access


class PracticeRequest(SignedInRequest):
    practice: Practice


def access_to_region(user: User) -> Access:
    """The union of somebody's roles for the region."""
    held = RegionRole.objects.filter(user=user).order_by()
    roles = list(held.values_list("role", flat=True).distinct())
    granted: set[Permission] = set()
    for role in roles:
        granted |= BY_REGION_ROLE[RegionRoleName(role)]
    return Access(",".join(sorted(roles)), frozenset(granted))


def access_to_practice(user: User, practice: Practice) -> Access:
    """By employment today, by being its consultant (as long as one plays that part for the
    region), or by a role for the region."""
    roles: list[str] = []
    granted: set[Permission] = set()
    if user.person_id:
        spells = Employment.objects.in_service(timezone.localdate()).filter(
            practice=practice, person=user.person_id
        )
        kept_out = RegionRole.objects.filter(user=user, role__in=NEVER_A_CLINICIAN)
        marked = spells.annotate(kept_out=Exists(kept_out))
        for role, no_patients in marked.values_list("role", "kept_out").distinct():
            roles.append(role)
            granted |= BY_STAFF_ROLE[StaffRole(role)]
            if role == StaffRole.MANAGER and practice.manager_sees_plans:
                granted |= GRANTED_TO_MANAGER
            if no_patients:
                granted -= NEEDS_SCOPE
    if roles:
        return Access(",".join(sorted(roles)), frozenset(granted))
    region = access_to_region(user)
    if practice.consultant_id == user.pk and RegionRoleName.CONSULTANT in region.role.split(","):
        return Access(RegionRoleName.CONSULTANT, OF_OWN_CONSULTANT)
    has_consultant = Practice.objects.with_consultant().filter(pk=practice.pk)
    if RegionRoleName.COORDINATOR in region.role.split(",") and not has_consultant.exists():
        return replace(region, permissions=region.permissions | INSTEAD_OF_CONSULTANT)
    return region


def practice_page(
    permission: Permission,
) -> Callable[
    [Callable[Concatenate[PracticeRequest, Args], HttpResponseBase]],
    Callable[..., HttpResponseBase],
]:
    """A view under `/praktijk/<slug>/`: it gets `request.practice` and `request.access`.

    An unknown practice and a foreign one look the same (404); a colleague without this permission
    gets 403. Where patients' rows are needed the scope is open until the page is rendered. What is
    asked for and does not exist goes into the trail as well: guessing shows.
    """

    def decorate(
        view: Callable[Concatenate[PracticeRequest, Args], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(
            request: Any, slug: str, *args: Args.args, **kwargs: Args.kwargs
        ) -> HttpResponseBase:
            practice = Practice.objects.in_region_order().filter(slug=slug).first()
            if practice is None:
                _refuse(request, permission, None)
                raise Http404
            request.practice = practice
            request.access = _access_on_page(request.user, practice, permission)
            _require(request, permission, practice)
            try:
                if permission not in NEEDS_SCOPE:
                    return view(request, *args, **kwargs)
                with practice_scope(practice):
                    response = view(request, *args, **kwargs)
                    if isinstance(response, SimpleTemplateResponse):
                        response.render()
                    return response
            except Http404:
                _record_not_found(request, permission, practice)
                raise

        return guarded

    return decorate


def region_page(
    permission: Permission,
) -> Callable[
    [Callable[Concatenate[SignedInRequest, Args], HttpResponse]],
    Callable[..., HttpResponse],
]:
    """A view for the region: it gets `request.access`."""

    def decorate(
        view: Callable[Concatenate[SignedInRequest, Args], HttpResponse],
    ) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: Any, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponse:
            request.access = access_to_region(request.user)
            _require(request, permission, None)
            try:
                return view(request, *args, **kwargs)
            except Http404:
                _record_not_found(request, permission, None)
                raise

        return guarded

    return decorate


def _access_on_page(user: User, practice: Practice, permission: Permission) -> Access:
    access = access_to_practice(user, practice)
    of_region = permission in ON_BEHALF and not access.works_here
    return replace(access, on_behalf=of_region and permission in access)


def _require(request: SignedInRequest, permission: Permission, practice: Practice | None) -> None:
    origin.acts_as(request.access.role, on_behalf=request.access.on_behalf)
    if permission in request.access:
        return
    _refuse(request, permission, practice)
    if practice is not None and Permission.SEE_PRACTICE not in request.access:
        raise Http404
    raise PermissionDenied


def _refuse(request: SignedInRequest, permission: Permission, practice: Practice | None) -> None:
    record(
        actor=request.user,
        practice=practice,
        action=AuditAction.DENIED,
        obj=("page", permission),
        outcome=AuditOutcome.REFUSED,
    )


def _record_not_found(
    request: SignedInRequest, permission: Permission, practice: Practice | None
) -> None:
    asked = request.resolver_match.kwargs if request.resolver_match else {}
    key = next((str(value) for name, value in asked.items() if name != "slug"), "")
    record(
        actor=request.user,
        practice=practice,
        action=AuditAction.DENIED,
        obj=("page", permission),
        outcome=AuditOutcome.FAILED,
        asked=key.replace("\0", "")[:KEY_LENGTH],
    )
