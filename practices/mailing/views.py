"""The mail that one gets: the page of preferences, and the way out from the mail itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from practices.mailing import services
from practices.mailing.forms import MailForm
from practices.mailing.links import user_behind
from practices.mailing.registry import offered_to
from practices.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def own_mail(request: HttpRequest) -> HttpResponse:
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    offered = offered_to(user)
    if request.method == "POST":
        form = MailForm(request.POST, offered=offered)
        if form.is_valid():
            chosen = form.cleaned_data
            services.choose_mail(user=user, daily=chosen["daily"], wanted=chosen["kinds"])
            messages.success(request, _("Saved. This is the mail you get from now on."))
            return redirect("own_mail")
    unwanted = services.unwanted_by(user)
    context = {
        "daily": services.DAILY not in unwanted,
        "offered": [(kind, kind.key not in unwanted) for kind in offered],
    }
    return TemplateResponse(request, "mailing/own.html", context)


@login_not_required
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link in the mail. Mail programs post here on their own page (RFC 8058), so
    without our cookie; nothing happens on GET, for scanners open links too."""
    user = user_behind(token)
    if user is None:
        return TemplateResponse(request, "mailing/stop.html", {"reader": None}, status=410)
    if request.method == "POST":
        services.want_daily(user=user, wanted=request.POST.get("wanted") == "yes")
    context = {"reader": user, "daily": services.DAILY not in services.unwanted_by(user)}
    return TemplateResponse(request, "mailing/stop.html", context)
