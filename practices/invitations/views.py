"""Pages to invite, and the page behind the link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from practices.invitations import services
from practices.invitations.forms import (
    ChoosePasswordForm,
    InviteColleagueForm,
    InviteForRegionForm,
)
from practices.models import Invitation
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, SignedInRequest, practice_page, region_page


@practice_page(Permission.INVITE_COLLEAGUES)
def for_practice(request: PracticeRequest) -> HttpResponse:
    form = InviteColleagueForm(
        request.POST or None, practice=request.practice, access=request.access
    )
    if request.method == "POST" and form.is_valid():
        _invite(request, form)
        return redirect("invite_colleague", request.practice.slug)
    invitations = Invitation.objects.filter(practice=request.practice)
    context = {"form": form, "practice": request.practice, "invitations": _recent(invitations)}
    return TemplateResponse(request, "invitations/for_practice.html", context)


@region_page(Permission.INVITE_ANYONE)
def for_region(request: SignedInRequest) -> HttpResponse:
    form = InviteForRegionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _invite(request, form)
        return redirect("invite_anyone")
    context = {"form": form, "invitations": _recent(Invitation.objects.all())}
    return TemplateResponse(request, "invitations/for_region.html", context)


@require_POST
@practice_page(Permission.INVITE_COLLEAGUES)
def withdraw(request: PracticeRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=pk, practice=request.practice)
    _withdraw(request, invitation)
    return redirect("invite_colleague", request.practice.slug)


@require_POST
@region_page(Permission.INVITE_ANYONE)
def withdraw_any(request: SignedInRequest, pk: int) -> HttpResponse:
    _withdraw(request, get_object_or_404(Invitation, pk=pk))
    return redirect("invite_anyone")


@login_not_required
@never_cache
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Nothing happens on GET: mail scanners open links too."""
    try:
        return _accept(request, token)
    except services.NotUsableError as error:
        context = {"reason": str(error)}
        return TemplateResponse(request, "invitations/not_usable.html", context, status=410)


def _accept(request: HttpRequest, token: str) -> HttpResponse:
    invitation = services.usable(token)
    if services.has_working_account(invitation):
        if request.user.is_anonymous:
            return redirect(f"{reverse('account_login')}?next={request.path}")
        if request.method == "POST":
            services.accept(token=token, user=request.user)
            return redirect("home")
        return TemplateResponse(request, "invitations/join.html", {"invitation": invitation})
    form = ChoosePasswordForm(request.POST or None, email=invitation.email, name=invitation.name)
    if request.method == "POST" and form.is_valid():
        services.accept(token=token, password=form.cleaned_data["password"])
        messages.success(request, _("Your account is ready. Sign in with your new password."))
        return redirect("account_login")
    context = {"form": form, "invitation": invitation}
    return TemplateResponse(request, "invitations/accept.html", context)


def _invite(request: SignedInRequest, form: InviteColleagueForm | InviteForRegionForm) -> None:
    name, to = form.invitee()
    services.invite(
        email=form.cleaned_data["email"],
        name=name,
        to=to,
        actor=request.user,
        role=request.access.role,
        site=request.build_absolute_uri("/").rstrip("/"),
    )
    messages.success(
        request,
        _("The invitation is on its way to %(email)s. The link works for %(days)s days.")
        % {"email": form.cleaned_data["email"], "days": services.VALID_FOR.days},
    )


def _withdraw(request: SignedInRequest, invitation: Invitation) -> None:
    services.withdraw(invitation=invitation, actor=request.user, role=request.access.role)
    messages.success(request, _("The invitation has been withdrawn."))


def _recent(invitations: models.QuerySet[Invitation]) -> models.QuerySet[Invitation]:
    return invitations.select_related("practice", "insurer", "invited_by")[:50]
