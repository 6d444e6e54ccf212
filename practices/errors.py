"""What people read when a page cannot be shown: what happened and whom to call."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from practices.trail.sign_in import record_limited


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of database, session or account: one of them may be what failed."""
    context = {"help_phone": settings.HELP_PHONE, "now": timezone.localtime()}
    return HttpResponse(render_to_string("500.html", context), status=500)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """The sign-in library counts before it looks at anything; that somebody tried is on record."""
    record_limited(request)
    context = {"help_phone": settings.HELP_PHONE}
    return HttpResponse(render_to_string("429.html", context), status=429)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came without its token: mostly a page that stood open too long."""
    context = {"help_phone": settings.HELP_PHONE}
    return HttpResponse(render_to_string("403_csrf.html", context), status=403)
