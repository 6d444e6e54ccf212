"""The library of examples: reading, offering, and what the coordinator decides."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from interventions.examples import services
from interventions.examples.forms import DeclineExampleForm, ExampleForm, OfferForm
from interventions.examples.states import ExampleKind, ExampleState
from interventions.models import Example, ExampleThanks
from monitoring.home.places import places_of, sees_agenda
from monitoring.library.choice import (
    choice_of,
    chosen,
    intervention_choices,
    profile_choices,
)
from practices.models import User
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, SignedInRequest, practice_page, region_page
from practices.texts.rendering import page_html

SHOWN = 60


def library(request: HttpRequest) -> HttpResponse:
    user = _reader(request)
    choice = choice_of(request.GET)
    practices = places_of(user).practices
    context = _names() | {
        "examples": chosen(choice)[:SHOWN],
        "choice": choice,
        "kinds": ExampleKind.choices,
        "own": practices[0] if len(practices) == 1 else None,
    }
    return TemplateResponse(request, "monitoring/library/library.html", context)


def example(request: HttpRequest, pk: int) -> HttpResponse:
    user = _reader(request)
    found = get_object_or_404(Example.objects.published().with_thanks(), pk=pk)
    context = _names() | {
        "example": found,
        "html": page_html(found.body),
        "thanked": ExampleThanks.objects.filter(example=found, user=user).exists(),
    }
    return TemplateResponse(request, "monitoring/library/example.html", context)


@require_POST
def thank(request: HttpRequest, pk: int) -> HttpResponse:
    user = _reader(request)
    found = get_object_or_404(Example.objects.published(), pk=pk)
    if request.POST.get("thanks") == "no":
        services.take_thanks_back(example=found, user=user)
    else:
        services.thank(example=found, user=user)
    return redirect("example", pk)


@practice_page(Permission.SEE_PRACTICE)
def offer(request: PracticeRequest) -> HttpResponse:
    """For who works in the practice; below it what became of earlier ones."""
    if not request.access.works_here:
        raise PermissionDenied
    form = OfferForm(request.POST or None, **_choices())
    if request.method == "POST" and form.may_be_kept():
        services.offer(
            written=form.written(),
            practice=request.practice,
            named=form.cleaned_data["named"],
            actor=request.user,
        )
        messages.success(request, _("Thank you. PrimaCura looks at it before others read it."))
        return redirect("offer_example", request.practice.slug)
    offered = Example.objects.filter(practice=request.practice).annotate(useful=Count("thanks"))
    context = {"form": form, "offered": offered}
    return TemplateResponse(request, "monitoring/library/offer.html", context)


@require_POST
@practice_page(Permission.SEE_PRACTICE)
def take_back(request: PracticeRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Example, pk=pk, practice=request.practice)
    if not request.access.works_here:
        raise PermissionDenied
    try:
        services.take_back(example=found, actor=request.user)
        messages.success(request, _("Taken back: nobody reads it any more."))
    except services.DecidedMeanwhileError:
        messages.error(request, _("It is not in the library any more."))
    return redirect("offer_example", request.practice.slug)


@region_page(Permission.EDIT_TEXTS)
def manage(request: SignedInRequest) -> HttpResponse:
    """What waits, what is in the library, and writing one."""
    form = ExampleForm(request.POST or None, **_choices())
    if request.method == "POST" and form.may_be_kept():
        services.write(written=form.written(), actor=request.user)
        messages.success(request, _("It is in the library."))
        return redirect("manage_examples")
    context = {
        "form": form,
        "waiting": Example.objects.to_decide().select_related("practice"),
        "published": Example.objects.published().with_thanks().order_by("title"),
    }
    return TemplateResponse(request, "monitoring/library/manage.html", context)


@region_page(Permission.EDIT_TEXTS)
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Example.objects.select_related("practice", "offered_by"), pk=pk)
    if found.state == ExampleState.WITHDRAWN:
        messages.error(request, _("The practice took this back."))
        return redirect("manage_examples")
    declines = request.POST.get("decision") == "decline"
    data = request.POST or None
    form = ExampleForm(None if declines else data, example=found, **_choices())
    decline = DeclineExampleForm(data if declines else None)
    if request.method == "POST" and _decided(request, found, decline if declines else form):
        return redirect("manage_examples")
    context = {"example": found, "form": form, "decline": decline, "html": page_html(found.body)}
    return TemplateResponse(request, "monitoring/library/decide.html", context)


def _decided(
    request: SignedInRequest, found: Example, form: ExampleForm | DeclineExampleForm
) -> bool:
    kept = form.is_valid() if isinstance(form, DeclineExampleForm) else form.may_be_kept()
    if not kept:
        return False
    try:
        if isinstance(form, DeclineExampleForm):
            reason = form.cleaned_data["reason"]
            services.decline(example=found, reason=reason, actor=request.user)
            messages.success(request, _("Not in the library. The practice reads your reason."))
        else:
            services.publish(example=found, written=form.written(), actor=request.user)
            messages.success(request, _("It is in the library."))
    except services.DecidedMeanwhileError:
        messages.error(request, _("Somebody changed this in the meantime. Look again."))
    return True


def _reader(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not sees_agenda(places_of(user)):
        raise PermissionDenied
    return user


def _choices() -> dict[str, Any]:
    return {"interventions": intervention_choices(), "profiles": profile_choices()}


def _names() -> dict[str, Any]:
    return {
        "interventions": dict(intervention_choices()),
        "profiles": dict(profile_choices()),
    }
