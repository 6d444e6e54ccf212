"""What is due on the plans of the practice."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from highusers.followup.due import When
from highusers.followup.listing import listed_due
from highusers.models import PatientPlan
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, practice_page

MINE = "mijn"


@practice_page(Permission.SEE_PLANS)
@require_GET
def due(request: PracticeRequest) -> HttpResponse:
    today = timezone.localdate()
    items = listed_due(practice=request.practice, actor=request.user, today=today)
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
    }
    return TemplateResponse(request, "highusers/followup/due.html", context)
