"""The mirror of a practice, the same without anybody marked for the region, and the questions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from monitoring.mirror.facts import definitions
from monitoring.mirror.page import Viewer, indicator_page, overview
from monitoring.mirror.states import MirrorAction
from monitoring.models import IndicatorDefinition
from practices.audit import record
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import PracticeRequest, SignedInRequest, practice_page, region_page

_ASKS = {
    MirrorAction.HIGH_USERS: Permission.SEE_HIGH_USERS,
    MirrorAction.TIME_OUTS: Permission.KEEP_TIME_OUTS,
    MirrorAction.SCHEDULES: Permission.KEEP_SCHEDULE,
    MirrorAction.TRAINING: Permission.SEE_PRACTICE,
    MirrorAction.PLAN: Permission.SEE_PRACTICE,
}
"""The permission of each page, so that nobody is sent to a door that stays closed."""


@practice_page(Permission.SEE_MIRROR)
def mirror(request: PracticeRequest) -> HttpResponse:
    lines = overview(definitions(), _viewer(request))
    return TemplateResponse(request, "monitoring/mirror/overview.html", {"lines": lines})


@practice_page(Permission.SEE_MIRROR)
def mirror_indicator(request: PracticeRequest, code: str) -> HttpResponse:
    definition = _definition(code)
    page = indicator_page(definition, _viewer(request), request.GET.dict())
    record(
        actor=request.user,
        practice=request.practice,
        action=AuditAction.READ,
        obj=definition,
        year=page.choice.year,
    )
    context = {"page": page, "action": _action(definition, request)}
    return TemplateResponse(request, "monitoring/mirror/indicator.html", context)


@region_page(Permission.SEE_REGION)
def region_mirror(request: SignedInRequest) -> HttpResponse:
    lines = overview(definitions(), Viewer(None))
    return TemplateResponse(request, "monitoring/mirror/region.html", {"lines": lines})


@region_page(Permission.SEE_REGION)
def region_mirror_indicator(request: SignedInRequest, code: str) -> HttpResponse:
    page = indicator_page(_definition(code), Viewer(None), request.GET.dict())
    return TemplateResponse(request, "monitoring/mirror/region_indicator.html", {"page": page})


def mirror_questions(request: HttpRequest) -> HttpResponse:
    """What to talk about, on paper: no figure of anybody."""
    context = {"definitions": definitions()}
    return TemplateResponse(request, "monitoring/mirror/questions.html", context)


def _viewer(request: PracticeRequest) -> Viewer:
    return Viewer(request.practice.pk, within=request.access.works_here)


def _definition(code: str) -> IndicatorDefinition:
    found = IndicatorDefinition.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _action(definition: IndicatorDefinition, request: PracticeRequest) -> tuple[str, str] | None:
    """The name and address of what this person can do about it."""
    if not definition.action:
        return None
    action = MirrorAction(definition.action)
    if _ASKS[action] not in request.access:
        return None
    return str(action.label), reverse(action.value, args=[request.practice.slug])
