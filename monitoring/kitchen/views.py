"""Looking in each other's kitchen, as a practice offers and asks it."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from monitoring.kitchen import services
from monitoring.kitchen.forms import AcceptForm, AskForm, OfferForm
from monitoring.kitchen.page import offers_of_others, own_asks, own_offers
from monitoring.kitchen.services import KitchenProblemError
from monitoring.kitchen.subjects import subjects
from monitoring.kitchen.words import cannot_accept, why_not
from monitoring.models import KitchenAsk, KitchenOffer
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, practice_page


@require_safe
@practice_page(Permission.LOOK_IN_KITCHENS)
def kitchens(request: PracticeRequest) -> HttpResponse:
    names, today = subjects(), timezone.localdate()
    subject = request.GET.get("onderwerp", "")
    subject = subject if subject in names else ""
    context = {
        "offers": offers_of_others(request.practice, names, today, subject),
        "own": [
            (one, names.get(one.subject, ""), _asked(one, today))
            for one in own_offers(request.practice)
        ],
        "asks": [(one, one.goes_on(today)) for one in own_asks(request.practice)],
        "names": names,
        "subject": subject,
        "today": today,
        "may_offer": Permission.OFFER_KITCHEN in request.access,
        "works_here": request.access.works_here,
        "contact": _own_contact(request),
    }
    return TemplateResponse(request, "monitoring/kitchen/kitchens.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@practice_page(Permission.OFFER_KITCHEN)
def offer_new(request: PracticeRequest) -> HttpResponse:
    form = OfferForm(request.POST or None, subjects=subjects())
    if request.method == "POST" and form.may_be_kept():
        services.offer_kitchen(
            practice=request.practice,
            offering=form.offering(),
            actor=request.user,
            on_behalf=request.access.on_behalf,
        )
        messages.success(request, _("Thank you. Other practices can ask to come and look."))
        return redirect("practice_kitchens", request.practice.slug)
    return TemplateResponse(request, "monitoring/kitchen/offer.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@practice_page(Permission.OFFER_KITCHEN)
def offer(request: PracticeRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(KitchenOffer, pk=pk, practice=request.practice)
    form = OfferForm(request.POST or None, subjects=subjects(), offer=found)
    if request.method == "POST" and form.may_be_kept():
        services.change_offer(offer=found, offering=form.offering(), actor=request.user)
        messages.success(request, _("Changed."))
        return redirect("practice_kitchens", request.practice.slug)
    context = {"form": form, "offer": found}
    return TemplateResponse(request, "monitoring/kitchen/offer.html", context)


@require_POST
@practice_page(Permission.OFFER_KITCHEN)
def offer_withdraw(request: PracticeRequest, pk: int) -> HttpResponse:
    """`back` in the form puts it back."""
    found, gone = (
        get_object_or_404(KitchenOffer, pk=pk, practice=request.practice),
        "back" not in request.POST,
    )
    services.withdraw_offer(offer=found, withdrawn=gone, actor=request.user)
    said = _("Withdrawn: nobody can ask any more.") if gone else _("It is offered again.")
    messages.success(request, said)
    return redirect("practice_kitchens", request.practice.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@practice_page(Permission.LOOK_IN_KITCHENS)
def ask(request: PracticeRequest, pk: int) -> HttpResponse:
    """Ask for contact about an offer of another practice."""
    others = KitchenOffer.objects.on(timezone.localdate()).exclude(practice=request.practice)
    found = get_object_or_404(others.select_related("practice"), pk=pk)
    form = AskForm(request.POST or None, contact=_own_contact(request))
    if request.method == "POST" and form.may_be_kept():
        try:
            services.ask_to_look(
                offer=found,
                practice=request.practice,
                contact=form.cleaned_data["contact"],
                message=form.cleaned_data["message"],
                actor=request.user,
            )
            messages.success(
                request,
                _("Asked. You hear by mail what %(practice)s says.") % {"practice": found.practice},
            )
        except KitchenProblemError as error:
            messages.error(request, why_not(error))
        return redirect("practice_kitchens", request.practice.slug)
    context = {"form": form, "offer": found, "subject": subjects().get(found.subject, "")}
    return TemplateResponse(request, "monitoring/kitchen/ask.html", context)


@require_POST
@practice_page(Permission.LOOK_IN_KITCHENS)
def answer(request: PracticeRequest, pk: int) -> HttpResponse:
    """`what`: accept, decline (host), take_back (guest), happened, not_happened (both)."""
    asks, what = KitchenAsk.objects.select_related("offer"), request.POST.get("what", "")
    found = get_object_or_404(asks.between(request.practice), pk=pk)
    hosts = found.offer.practice_id == request.practice.pk
    try:
        if what in ("happened", "not_happened"):
            services.say_it_happened(
                ask=found,
                practice=request.practice,
                happened=what == "happened",
                actor=request.user,
            )
            messages.success(request, _("Noted."))
        elif what == "accept" and hosts:
            _accept(request, found)
        elif what == "decline" and hosts:
            services.decline_ask(ask=found, actor=request.user)
            messages.success(request, _("Declined. Who asked hears that it does not suit now."))
        elif what == "take_back" and not hosts:
            services.take_ask_back(ask=found, actor=request.user)
            messages.success(request, _("Taken back. You can ask again."))
    except KitchenProblemError as error:
        messages.error(request, why_not(error))
    return redirect("practice_kitchens", request.practice.slug)


def _accept(request: PracticeRequest, ask: KitchenAsk) -> None:
    form = AcceptForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["contact"])))
        return
    services.accept_ask(ask=ask, contact=form.cleaned_data["contact"], actor=request.user)
    messages.success(request, _("They hear that they may come. You see how to reach them."))


def _asked(offer: KitchenOffer, today: date) -> list[tuple[KitchenAsk, str]]:
    """With why the host cannot say yes, for what still waits."""
    return [(one, cannot_accept(one, today)) for one in getattr(offer, "questions", ())]


def _own_contact(request: PracticeRequest) -> str:
    """To begin with; whoever acts for a practice is not who is to be called."""
    return request.user.email if request.access.works_here else ""
