"""Where one comes in: the home of each role, and the own practices."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from monitoring.home.places import home_of, places_of
from monitoring.matrix.choice import Choice, chosen, summary
from monitoring.matrix.rows import column_name, practice_rows
from monitoring.overview import INTERVENTIONS
from monitoring.practice_plans.facts import plans_waiting
from monitoring.standing import standing
from practices.models import User


def home(request: HttpRequest) -> HttpResponse:
    name, args = home_of(places_of(_user(request)))
    return redirect(name, *args)


def own_practices(request: HttpRequest) -> HttpResponse:
    """The practices somebody works in or visits, with how they stand."""
    user = _user(request)
    practices = places_of(user).practices
    found = standing(timezone.localdate(), [practice.pk for practice in practices])
    rows = chosen(practice_rows(found, practices), Choice())
    context = {
        "rows": rows,
        "summary": summary(rows),
        "plans_waiting": plans_waiting(user),
        "interventions": [(number, column_name(number)) for number in INTERVENTIONS],
    }
    return TemplateResponse(request, "monitoring/home/own_practices.html", context)


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
