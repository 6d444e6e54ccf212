"""The announcements of the region, as who takes part reads them."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from monitoring.models import Announcement
from monitoring.news import services
from monitoring.news.readers import audiences_of
from monitoring.querysets import AnnouncementQuerySet
from practices.models import User
from practices.texts.rendering import page_html

EARLIER_DAYS = 365
EARLIER_SHOWN = 30


def news(request: HttpRequest) -> HttpResponse:
    """What is shown now, and below it what was in the past year."""
    _user, own = _reader(request)
    today = timezone.localdate()
    since = today - timedelta(days=EARLIER_DAYS)
    earlier = own.over(today).filter(shown_until__gte=since)[:EARLIER_SHOWN]
    context = {
        "now": [(one, page_html(one.body)) for one in own.on(today)],
        "earlier": [(one, page_html(one.body)) for one in earlier],
    }
    return TemplateResponse(request, "monitoring/news/news.html", context)


@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    """From the card on the start page; back to where one began."""
    user, own = _reader(request)
    services.put_away(announcement=get_object_or_404(own, pk=pk), user=user)
    return redirect("home")


def _reader(request: HttpRequest) -> tuple[User, AnnouncementQuerySet]:
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    groups = audiences_of(user)
    if not groups:
        raise PermissionDenied
    return user, Announcement.objects.standing().of(groups)
