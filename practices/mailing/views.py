"""The mail that one gets: the page of preferences, and the way out from the mail itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from practices.mailing import services
from practices.mailing.coming import coming, next_monday
from practices.mailing.forms import MailForm
from practices.mailing.links import behind
from practices.mailing.registry import find, offered_to
from practices.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def own_mail(request: HttpRequest) -> HttpResponse:
    user = _account(request)
    offered = offered_to(user)
    if request.method == "POST":
        form = MailForm(request.POST, offered=offered)
        if form.is_valid():
            chosen = form.cleaned_data
            services.choose_mail(user=user, weekly=chosen["weekly"], wanted=chosen["kinds"])
            messages.success(request, _("Saved. This is the mail you get from now on."))
            return redirect("own_mail")
    unwanted = services.unwanted_by(user)
    marked = [(kind, kind.key not in unwanted) for kind in offered]
    context = {
        "weekly": services.WEEKLY not in unwanted,
        "can_wait": [one for one in marked if not one[0].dated],
        "dated": [one for one in marked if one[0].dated],
    }
    return TemplateResponse(request, "mailing/own.html", context)


@require_safe
def own_next_mail(request: HttpRequest) -> HttpResponse:
    user, now = _account(request), timezone.now()
    context = {
        "weekly": services.WEEKLY not in services.unwanted_by(user),
        "coming": coming(user, now),
        "monday": next_monday(now),
    }
    return TemplateResponse(request, "mailing/next.html", context)


@login_not_required
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link in the mail. Mail programs post here on their own page (RFC 8058), so
    without our cookie; nothing happens on GET, for scanners open links too."""
    found = behind(token)
    if found is None:
        return TemplateResponse(request, "mailing/stop.html", {"reader": None}, status=410)
    user, kind = found
    if request.method == "POST":
        services.want_mail(user=user, kind=kind, wanted=request.POST.get("wanted") == "yes")
    context = {
        "reader": user,
        "kind": find(kind),
        "wanted": kind not in services.unwanted_by(user),
    }
    return TemplateResponse(request, "mailing/stop.html", context)


def _account(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
