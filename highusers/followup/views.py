"""What is due on the plans of the practice, and whether one wants the weekly mail about it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from highusers.followup.due import When, due_in
from highusers.followup.services import want_reminder, wants_reminder
from highusers.models import HighUser, PatientPlan
from practices.audit import record
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import PracticeRequest, practice_page

MINE = "mijn"


@practice_page(Permission.SEE_PLANS)
@require_GET
def due(request: PracticeRequest) -> HttpResponse:
    items = due_in(request.practice, timezone.localdate())
    record(
        actor=request.user,
        action=AuditAction.LIST,
        obj=(HighUser._meta.label_lower, ""),
        practice=request.practice,
        patients=len({item.code for item in items}),
    )
    mine = request.GET.get("van") == MINE
    shown = [item for item in items if not mine or item.person == request.user.person_id]
    titles = {
        When.OVERDUE: _("Too late"),
        When.SOON: _("In the coming two weeks"),
        When.LATER: _("Later"),
        When.UNDATED: _("Without a date"),
    }
    groups = [(when, title, [i for i in shown if i.when is when]) for when, title in titles.items()]
    context = {
        "groups": [group for group in groups if group[2]],
        "mine": mine,
        "any": bool(items),
        "any_plan": bool(items) or PatientPlan.objects.filter(practice=request.practice).exists(),
        "wants_reminder": wants_reminder(request.user),
    }
    return TemplateResponse(request, "highusers/followup/due.html", context)


@practice_page(Permission.SEE_PLANS)
@require_POST
def reminder(request: PracticeRequest) -> HttpResponse:
    wanted = request.POST.get("wanted") == "yes"
    want_reminder(user=request.user, wanted=wanted)
    messages.success(
        request,
        _("You get the weekly mail.") if wanted else _("You no longer get the weekly mail."),
    )
    return redirect("plans_due", request.practice.slug)
