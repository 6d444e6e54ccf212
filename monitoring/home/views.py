"""Where one comes in: the home of each role, the own practices, the agenda."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from monitoring.home.places import home_of, places_of, sees_agenda
from monitoring.matrix.choice import Choice, chosen, summary
from monitoring.matrix.rows import column_name, practice_rows
from monitoring.overview import INTERVENTIONS
from monitoring.standing import standing
from practices.models import User
from practices.states import RegionRoleName
from training.models import Session


def home(request: HttpRequest) -> HttpResponse:
    name, args = home_of(places_of(_user(request)))
    return redirect(name, *args)


def own_practices(request: HttpRequest) -> HttpResponse:
    """The practices somebody works in or visits, with how they stand."""
    practices = places_of(_user(request)).practices
    found = standing(timezone.localdate(), [practice.pk for practice in practices])
    rows = chosen(practice_rows(found, practices), Choice())
    context = {
        "rows": rows,
        "summary": summary(rows),
        "interventions": [(number, column_name(number)) for number in INTERVENTIONS],
    }
    return TemplateResponse(request, "monitoring/home/own_practices.html", context)


def agenda(request: HttpRequest) -> HttpResponse:
    """The coming sessions of the region, those one facilitates first."""
    user, today = _user(request), timezone.localdate()
    places = places_of(user)
    if not sees_agenda(places):
        raise PermissionDenied
    facilitates = places.plays(RegionRoleName.FACILITATOR)
    context = {
        "facilitates": facilitates,
        "own": _facilitated(user, today) if facilitates else [],
        "coming": Session.objects.coming(today),
        "today": today,
    }
    return TemplateResponse(request, "monitoring/home/agenda.html", context)


def _facilitated(user: User, today: date) -> list[Session]:
    """The next session first, those that are over after all that come."""
    sessions = Session.objects.facilitated_by(user)
    return sorted(sessions, key=lambda one: (one.held_on < today, abs(one.held_on - today)))


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
