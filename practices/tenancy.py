"""The first wall: a practice is reached through the address, membership re-checked each time."""

from collections.abc import Callable
from dataclasses import dataclass
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
    NEEDS_SCOPE,
    NEVER_A_CLINICIAN,
    OF_OWN_CONSULTANT,
    Permission,
)
from practices.states import AuditAction, AuditOutcome, RegionRoleName, StaffRole
from practices.trail import origin

Args = ParamSpec("Args")


@dataclass(frozen=True, slots=True)
class Access:
    """What somebody may do in one place, and as whom; `role` goes into the audit trail."""

    role: str
    permissions: frozenset[Permission]

    def __contains__(self, permission: Permission) -> bool:
        return permission in self.permissions


class SignedInRequest(HttpRequest):
    user: User
    htmx: HtmxDetails
    access: Access


class PracticeRequest(SignedInRequest):
    practice: Practice


def access_to_region(user: User) -> Access:
    """The union of somebody's roles for the region."""
    roles = list(RegionRole.objects.filter(user=user).values_list("role", flat=True).distinct())
    granted: set[Permission] = set()
    for role in roles:
        granted |= BY_REGION_ROLE[RegionRoleName(role)]
    return Access(",".join(sorted(roles)), frozenset(granted))


def access_to_practice(user: User, practice: Practice) -> Access:
    """By employment today, by being its consultant, or by a role for the region."""
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
    if practice.consultant_id == user.pk:
        return Access(RegionRoleName.CONSULTANT, OF_OWN_CONSULTANT)
    return access_to_region(user)


def practice_page(
    permission: Permission,
) -> Callable[
    [Callable[Concatenate[PracticeRequest, Args], HttpResponseBase]],
    Callable[..., HttpResponseBase],
]:
    """A view under `/praktijk/<slug>/`: it gets `request.practice` and `request.access`.

    An unknown practice and a foreign one look the same (404); a colleague without this permission
    gets 403. Where patients' rows are needed the scope is open until the page is rendered.
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
                raise Http404
            request.practice, request.access = practice, access_to_practice(request.user, practice)
            _require(request, permission, practice)
            if permission not in NEEDS_SCOPE:
                return view(request, *args, **kwargs)
            with practice_scope(practice):
                response = view(request, *args, **kwargs)
                if isinstance(response, SimpleTemplateResponse):
                    response.render()
                return response

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
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def _require(request: SignedInRequest, permission: Permission, practice: Practice | None) -> None:
    origin.acts_as(request.access.role)
    if permission in request.access:
        return
    record(
        actor=request.user,
        role=request.access.role,
        practice=practice,
        action=AuditAction.DENIED,
        obj=("page", permission),
        outcome=AuditOutcome.REFUSED,
    )
    if practice is not None and not request.access.permissions:
        raise Http404
    raise PermissionDenied
