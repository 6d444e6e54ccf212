"""Pages around the work: the choice of language, the processing agreement."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from practices.agreements import agree, needs_agreement
from practices.granting import let_manager_see_plans
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, practice_page


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie and go back to the page; never to another site."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    response = redirect(_own_page(request, request.POST.get("next", "")) or "/")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def account_address_stays(request: HttpRequest) -> HttpResponse:
    """The sign-in library lets people change their address; here it comes with the invitation,
    and an identity provider finds the account by it."""
    raise Http404


@practice_page(Permission.SEE_PRACTICE)
def processing_agreement(request: PracticeRequest) -> HttpResponse:
    """Everybody of the practice may read it; who holds the practice's account may agree."""
    context = {
        "practice": request.practice,
        "version": settings.AGREEMENT_VERSION,
        "needed": needs_agreement(request.practice),
        "may_agree": Permission.SIGN_AGREEMENT in request.access,
        "agreements": request.practice.agreements.select_related("agreed_by__person"),
        "next": request.GET.get("next", ""),
    }
    return TemplateResponse(request, "practices/agreement.html", context)


@require_POST
@practice_page(Permission.SIGN_AGREEMENT)
def agree_to_processing(request: PracticeRequest) -> HttpResponse:
    agree(practice=request.practice, actor=request.user)
    messages.success(request, _("The processing agreement is recorded."))
    start = reverse("practice_start", args=[request.practice.slug])
    return redirect(_own_page(request, request.POST.get("next", "")) or start)


@practice_page(Permission.GRANT_PLANS)
def manager_access(request: PracticeRequest) -> HttpResponse:
    """The practice itself decides, not its manager and not the region."""
    if request.method == "POST":
        granted = request.POST.get("granted") == "yes"
        let_manager_see_plans(practice=request.practice, granted=granted, actor=request.user)
        messages.success(request, _("Recorded. It holds from now on."))
        return redirect("manager_access", request.practice.slug)
    context = {"practice": request.practice}
    return TemplateResponse(request, "practices/manager_access.html", context)


def _own_page(request: HttpRequest, address: str) -> str | None:
    """The address when it lies on this site, else None. It begins with a stroke: a redirect would
    take a bare word for the name of a page, and there need not be one."""
    allowed = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if allowed and address.startswith("/") else None
