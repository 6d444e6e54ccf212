"""The calendar of the region: list, month, year, one session, and the feeds."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from monitoring.agenda.choice import Choice, choice_of, kind_names, month_names, month_of
from monitoring.agenda.feed import feed_file
from monitoring.agenda.listing import Reader, Row, rows_between, rows_of
from monitoring.agenda.menu import menu
from monitoring.agenda.months import weeks_of
from monitoring.agenda.year import year_document
from monitoring.home.places import Places, places_of, sees_agenda
from mtvp.documents.pdf import write_pdf
from practices.models import Employment, User
from practices.permissions import BY_STAFF_ROLE, Permission
from practices.programme_year import add_months
from practices.states import RegionRoleName, StaffRole
from practices.tenancy import PracticeRequest, access_to_practice, practice_page
from training.enrolment import places as session_places
from training.feeds import services as feeds
from training.models import CalendarFeed, Session

MOST_ASKING = 12
"""Practices for which the menu offers to ask; a consultant of more has their own pages."""

STILL_AT_HAND = timedelta(days=28)
"""So long a session stays on the agenda of who facilitated it: to round off its list."""


def agenda(request: HttpRequest) -> HttpResponse:
    """What is to come, those one facilitates first."""
    user, places = _reader(request)
    today = timezone.localdate()
    choice = choice_of(request.GET)
    facilitates = places.plays(RegionRoleName.FACILITATOR)
    context = _frame(places, choice, today) | {
        "rows": _rows(user, places, choice),
        "facilitates": facilitates,
        "own": _facilitated(user, today) if facilitates else [],
    }
    return TemplateResponse(request, "monitoring/agenda/list.html", context)


def month(request: HttpRequest) -> HttpResponse:
    user, places = _reader(request)
    today = timezone.localdate()
    asked = choice_of(request.GET)
    first = asked.month or today.replace(day=1)
    choice = Choice(asked.kind, first, asked.free, asked.near)
    context = _frame(places, choice, today) | {
        "weeks": weeks_of(first, _rows(user, places, choice)),
        "first": first,
        "before": f"{add_months(first, -1):%Y-%m}",
        "after": f"{add_months(first, 1):%Y-%m}",
    }
    return TemplateResponse(request, "monitoring/agenda/month.html", context)


def year_pdf(request: HttpRequest, year: int) -> HttpResponseBase:
    """All sessions of a calendar year, and the visits of the own practices."""
    user, places = _reader(request)
    if month_of(f"{year:04d}-01") is None:
        raise Http404
    reader, first, last = _reads(user, places), date(year, 1, 1), date(year, 12, 31)
    rows = rows_between(reader, Choice(), first, last, timezone.now())
    document = year_document(year, rows, timezone.localdate())
    fonts = Path(settings.BASE_DIR) / "static" / "dist" / "fonts"
    return FileResponse(
        BytesIO(write_pdf(document, fonts=fonts)),
        filename=f"agenda-{year}.pdf",
        content_type="application/pdf",
    )


def course_menu(request: HttpRequest) -> HttpResponse:
    """What can be followed; coaching in the practice can be asked for where one may."""
    user, places = _reader(request)
    asking = [
        practice
        for practice in places.practices
        if Permission.ENROL_COLLEAGUES in access_to_practice(user, practice)
    ]
    context = {
        "themes": menu(timezone.localdate()),
        "may_edit": Permission.RUN_SESSIONS in places.region,
        "asking": asking[:MOST_ASKING],
    }
    return TemplateResponse(request, "monitoring/agenda/menu.html", context)


def session(request: HttpRequest, pk: int) -> HttpResponse:
    """Each role has its own page of a session: this is the way there, and the page of the rest."""
    user, places = _reader(request)
    if Permission.RUN_SESSIONS in places.region:
        return redirect("manage_session", get_object_or_404(Session, pk=pk).pk)
    open_to = Session.objects.open_to(user, places.practices)
    found = get_object_or_404(open_to.select_related("course", "facilitator__person"), pk=pk)
    if len(places.practices) == 1 and found.facilitator_id != user.pk:
        return redirect("practice_session", places.practices[0].slug, pk)
    context = {
        "session": found,
        "places": session_places.places_of(found),
        "practices": places.practices,
        "leads": found.facilitator_id == user.pk,
    }
    return TemplateResponse(request, "monitoring/agenda/session.html", context)


def own_feed(request: HttpRequest) -> HttpResponse:
    user, _places = _reader(request)
    return _feeds_page(request, user)


@require_POST
def make_own_feed(request: HttpRequest) -> HttpResponse:
    user, _places = _reader(request)
    _feed, token = feeds.make_feed(actor=user)
    return _feeds_page(request, user, token)


@require_POST
def withdraw_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Only the own addresses; those of a practice are of whoever made them."""
    user, _places = _reader(request)
    feed = get_object_or_404(CalendarFeed, pk=pk, made_by=user)
    feeds.withdraw_feed(feed=feed, actor=user)
    messages.success(request, _("The address does not work any more."))
    return redirect("own_feed")


@require_POST
@practice_page(Permission.SEE_PRACTICE)
def make_practice_feed(request: PracticeRequest) -> HttpResponse:
    _feed, token = feeds.make_feed(actor=request.user, practice=request.practice)
    return _feeds_page(request, request.user, token)


@login_not_required
@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Opens by its secret alone: calendar programs do not sign in."""
    found = feeds.feed_behind(token)
    if found is None or not _still_allowed(found):
        raise Http404
    content = feed_file(found, timezone.localdate())
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def _still_allowed(found: CalendarFeed) -> bool:
    """Who left a practice, or the programme, no longer reads its calendar."""
    if found.practice is None:
        return sees_agenda(places_of(found.made_by))
    return Permission.SEE_PRACTICE in access_to_practice(found.made_by, found.practice)


def _feeds_page(request: HttpRequest, user: User, token: str = "") -> HttpResponse:
    address = f"{settings.SITE_URL}{reverse('feed', args=[token])}" if token else ""
    context = {
        "feeds": feeds.open_feeds(user).select_related("practice"),
        "practices": places_of(user).practices,
        "address": address,
    }
    return TemplateResponse(request, "monitoring/agenda/feeds.html", context)


def _reader(request: HttpRequest) -> tuple[User, Places]:
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    places = places_of(user)
    if not sees_agenda(places):
        raise PermissionDenied
    return user, places


def _rows(user: User, places: Places, choice: Choice) -> list[Row]:
    return rows_of(_reads(user, places), choice, timezone.now())


def _reads(user: User, places: Places) -> Reader:
    runs = Permission.RUN_SESSIONS in places.region
    return Reader(user, places.practices, everything=runs, enrols_as=_enrols_as(user))


def _enrols_as(user: User) -> frozenset[StaffRole] | None:
    if user.person_id is None:
        return None
    spells = Employment.objects.in_service(timezone.localdate()).filter(person=user.person_id)
    roles = frozenset(StaffRole(role) for role in spells.values_list("role", flat=True))
    others = any(Permission.ENROL_COLLEAGUES in BY_STAFF_ROLE[role] for role in roles)
    return None if others or not roles else roles


def _frame(places: Places, choice: Choice, today: date) -> dict[str, object]:
    return {
        "choice": choice,
        "month_value": f"{choice.month:%Y-%m}" if choice.month else "",
        "kinds": kind_names(),
        "months": month_names(today),
        "knows_near": bool(places.practices),
        "plans": Permission.RUN_SESSIONS in places.region,
        "today": today,
    }


def _facilitated(user: User, today: date) -> list[Session]:
    """The next session first, then those that were not long ago; the year plan has them all."""
    sessions = Session.objects.facilitated_by(user).filter(held_on__gte=today - STILL_AT_HAND)
    return sorted(sessions, key=lambda one: (one.held_on < today, abs(one.held_on - today)))
