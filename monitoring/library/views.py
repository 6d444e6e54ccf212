"""The library of examples, for who reads there and for who offers one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from interventions.examples import services
from interventions.examples.forms import OfferForm
from interventions.examples.states import ExampleKind
from interventions.models import Example, ExampleDocument, ExampleThanks
from monitoring.home.places import places_of, sees_agenda
from monitoring.library.choice import choice_of, choices, chosen, names
from practices.models import Employment, Practice, User
from practices.permissions import Permission
from practices.received.files import download
from practices.tenancy import PracticeRequest, practice_page
from practices.texts.rendering import page_html

SHOWN = 60


def library(request: HttpRequest) -> HttpResponse:
    user = _reader(request)
    choice = choice_of(request.GET)
    context = names() | {
        "examples": chosen(choice)[:SHOWN],
        "choice": choice,
        "kinds": ExampleKind.choices,
        "own": _works_in(user),
    }
    return TemplateResponse(request, "monitoring/library/library.html", context)


def example(request: HttpRequest, pk: int) -> HttpResponse:
    user = _reader(request)
    found = get_object_or_404(Example.objects.published().with_thanks().with_document(), pk=pk)
    context = names() | {
        "example": found,
        "html": page_html(found.body),
        "thanked": ExampleThanks.objects.filter(example=found, user=user).exists(),
    }
    return TemplateResponse(request, "monitoring/library/example.html", context)


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    _reader(request)
    published = ExampleDocument.objects.ready().filter(example__in=Example.objects.published())
    found = get_object_or_404(published, example=pk)
    return download(content=found.content, kind=found.kind, name=f"voorbeeld-{pk}")


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
    form = OfferForm(request.POST or None, request.FILES or None, **choices())
    if request.method == "POST" and form.may_be_kept():
        services.offer(
            written=form.written(),
            practice=request.practice,
            named=form.cleaned_data["named"],
            actor=request.user,
            document=form.cleaned_data["document"],
        )
        messages.success(request, _("Thank you. PrimaCura looks at it before others read it."))
        return redirect("offer_example", request.practice.slug)
    offered = Example.objects.filter(practice=request.practice).with_document()
    context = {"form": form, "offered": offered.annotate(useful=Count("thanks"))}
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


def _works_in(user: User) -> list[Practice]:
    """Where somebody can offer an example; who visits a practice writes none for it."""
    if user.person_id is None:
        return []
    serving = Employment.objects.in_service(timezone.localdate()).filter(person=user.person_id)
    return list(Practice.objects.filter(pk__in=serving.values("practice")).order_by("name"))


def _reader(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not sees_agenda(places_of(user)):
        raise PermissionDenied
    return user
