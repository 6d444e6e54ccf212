"""One list of all that somebody is to do in a practice, before which day."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from highusers.followup.due import When
from monitoring.task_list.sources import Asked, tasks_of
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, practice_page

EVERYBODY = "alle"


@require_safe
@practice_page(Permission.SEE_PRACTICE)
def task_list(request: PracticeRequest) -> HttpResponse:
    """One's own tasks first; those of all one tap further."""
    today = timezone.localdate()
    asked = Asked(request.practice, request.user, request.access, today)
    every = tasks_of(asked)
    mine = request.access.works_here and request.GET.get("van") != EVERYBODY
    shown = [task for task in every if task.mine or not mine]
    titles = {
        When.OVERDUE: _("Too late"),
        When.SOON: _("In the coming two weeks"),
        When.LATER: _("Later"),
        When.UNDATED: _("Without a date"),
    }
    groups = [
        (when, title, [task for task in shown if task.when(today) is when])
        for when, title in titles.items()
    ]
    context = {
        "groups": [group for group in groups if group[2]],
        "mine": mine,
        "every": len(every),
        "own": sum(task.mine for task in every),
    }
    return TemplateResponse(request, "monitoring/task_list/task_list.html", context)
