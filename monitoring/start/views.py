"""The start page of a practice, for its people and, to read, for the region."""

from datetime import date

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from monitoring.kitchen.page import suggestions
from monitoring.models import Announcement, VisitAppointment
from monitoring.news.readers import audiences
from monitoring.next_action import next_action
from monitoring.overview import LAST_NORMED_YEAR
from monitoring.standing import standing
from monitoring.start.advice import SESSIONS_LOOKED_AT, suggestion
from monitoring.start.package import steps
from monitoring.start.page import period, task_list
from practices.joining.texts import START_PACKAGE
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, practice_page
from practices.texts.services import region_text
from training.models import Session

AGENDA_ITEMS = 4


@practice_page(Permission.SEE_PRACTICE)
def start(request: PracticeRequest) -> HttpResponse:
    practice, access, today = request.practice, request.access, timezone.localdate()
    found = standing(today, [practice.pk])[0]
    open_here = Session.objects.open_to(request.user, [practice])
    visit = VisitAppointment.objects.open().of_practices([practice]).in_order().first()
    sessions = list(open_here.coming(today)[:SESSIONS_LOOKED_AT])
    action = next_action(found, as_of=today, for_region=not access.works_here)
    context = {
        "period": period(found),
        "hour": timezone.localtime().hour,
        "works_here": access.works_here,
        "notes_time_outs": Permission.KEEP_TIME_OUTS in access,
        "tasks": task_list(found, practice, access, visit),
        "visit": visit,
        "may_answer_visit": Permission.ANSWER_APPOINTMENT in access,
        "history": (found.programme_year or 0) > LAST_NORMED_YEAR,
        "suggestion": suggestion(
            action, standing=found, practice=practice, access=access, sessions=sessions
        ),
        "sessions": sessions[:AGENDA_ITEMS],
        "announcement": _announcement(request, today),
        "kitchens": suggestions(found, practice, today) if access.works_here else [],
    }
    return TemplateResponse(request, "monitoring/start/start.html", context)


def _announcement(request: PracticeRequest, today: date) -> Announcement | None:
    """The newest that this colleague has not put away; the region reads it on the page of news."""
    if not request.access.works_here:
        return None
    shown = Announcement.objects.on(today).of(audiences(request.access.role.split(",")))
    return shown.unread_by(request.user).first()


@practice_page(Permission.SEE_PRACTICE)
def start_package(request: PracticeRequest) -> HttpResponse:
    practice, today = request.practice, timezone.localdate()
    found = standing(today, [practice.pk])[0]
    title, html = region_text(START_PACKAGE)
    context = {
        "title": title,
        "html": html,
        "period": period(found),
        "cohort": practice.cohort,
        "steps": steps(practice, found, request.access, today),
    }
    return TemplateResponse(request, "monitoring/start/package.html", context)
