"""Where a consultant begins, and who needs help now."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from monitoring.models import VisitAppointment
from monitoring.practice_plans.facts import plans_waiting
from monitoring.visit_planning.choice import choice_of, consultants_of
from monitoring.visit_planning.needs import needs
from monitoring.visit_planning.offers import offers
from monitoring.visit_planning.querysets import AppointmentQuerySet
from monitoring.visit_planning.states import OPEN, AppointmentState
from monitoring.visits.facts import open_agreements, to_finish
from practices.models import Practice, User
from practices.permissions import Permission
from practices.tenancy import SignedInRequest, region_page

WEEK = timedelta(days=6)


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of its week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + WEEK


def visits_in_week(consultant: User, day: date) -> AppointmentQuerySet:
    """Those to come and those that began, in order of time."""
    stands = Q(state__in=(*OPEN, AppointmentState.HELD))
    found = VisitAppointment.objects.by(consultant).between(*week_of(day)).filter(stands)
    return found.in_order().select_related("practice__cohort", "consultant__person", "visit")


@require_safe
@region_page(Permission.SEE_OWN_VISITS)
def today(request: SignedInRequest) -> HttpResponse:
    """Visits of today, then of this week, then the own practices by need."""
    now = timezone.localdate()
    practices = list(Practice.objects.in_region_order().filter(consultant=request.user))
    week = list(visits_in_week(request.user, now))
    context = {
        "today": now,
        "hour": timezone.localtime().hour,
        "visits": [one for one in week if one.held_on == now],
        "rest": [one for one in week if one.held_on != now],
        "monday": week_of(now)[0],
        "has_week": bool(week),
        "offers": offers(request.user, now),
        "practices": len(practices),
        "needy": needs(practices, now),
        "to_finish": to_finish([practice.pk for practice in practices]),
        "plans_waiting": plans_waiting(request.user),
        "agreements": open_agreements(account=request.user),
    }
    return TemplateResponse(request, "monitoring/visit_planning/today.html", context)


@require_safe
@region_page(Permission.SEE_REGION)
def region_needs(request: SignedInRequest) -> HttpResponse:
    """Of all practices, or of those of one consultant."""
    practices = list(Practice.objects.in_region_order())
    choice = choice_of(request.GET)
    asked = [one for one in practices if choice.consultant in (None, one.consultant_id)]
    context: dict[str, Any] = {
        "needy": needs(asked, timezone.localdate()),
        "practices": len(asked),
        "choice": choice,
        "consultants": consultants_of(practices),
    }
    return TemplateResponse(request, "monitoring/visit_planning/needs.html", context)
