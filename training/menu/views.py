"""The coordinator's pages of the menu."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from practices.permissions import Permission
from practices.tenancy import SignedInRequest, region_page
from training.menu import services
from training.menu.forms import CourseForm, PriceForm
from training.menu.listing import kept, prices, roles_in_words
from training.models import CoachingRequest, Course

UP, DOWN = "omhoog", "omlaag"


@require_safe
@region_page(Permission.RUN_SESSIONS)
def menu_edit(request: SignedInRequest) -> HttpResponse:
    context = {
        "themes": kept(timezone.localdate()).items(),
        "asked": CoachingRequest.objects.unanswered().count(),
    }
    return TemplateResponse(request, "training/menu/list.html", context)


@region_page(Permission.RUN_SESSIONS)
def course_new(request: SignedInRequest) -> HttpResponse:
    return _edit(request, Course())


@region_page(Permission.RUN_SESSIONS)
def course_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Course, pk=pk))


@region_page(Permission.RUN_SESSIONS)
def course_price(request: SignedInRequest, pk: int) -> HttpResponse:
    """What it costs, what it cost, and what it is going to cost."""
    course = get_object_or_404(Course, pk=pk)
    form = PriceForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["valid_from"]
        services.set_price(
            course=course, price=form.cleaned_data["price"], valid_from=day, actor=request.user
        )
        text = _("The price holds from %(date)s on. What is planned keeps its price.")
        messages.success(request, text % {"date": date_format(day)})
        return redirect("course_price", pk)
    context = {"course": course, "form": form, "prices": course.prices.order_by("-valid_from")}
    return TemplateResponse(request, "training/menu/price.html", context)


@require_POST
@region_page(Permission.RUN_SESSIONS)
def course_offer(request: SignedInRequest, pk: int) -> HttpResponse:
    """On the menu or off it, as `op` says; the way back is the same button."""
    course = get_object_or_404(Course, pk=pk)
    offered = request.POST.get("op") == "1"
    services.offer_course(course=course, offered=offered, actor=request.user)
    text = (
        _("%(title)s is on the menu.")
        if offered
        else _("%(title)s is off the menu. What is planned goes on.")
    )
    messages.success(request, text % {"title": course.title})
    return redirect("menu_edit")


@require_POST
@region_page(Permission.RUN_SESSIONS)
def course_move(request: SignedInRequest, pk: int) -> HttpResponse:
    course = get_object_or_404(Course, pk=pk)
    steps = {UP: -1, DOWN: 1}.get(request.POST.get("kant", ""), 0)
    services.move_course(course=course, steps=steps, actor=request.user)
    return redirect("menu_edit")


def _edit(request: SignedInRequest, course: Course) -> HttpResponse:
    """Saving, or only showing what practices would see."""
    form = CourseForm(request.POST or None, instance=course)
    valid = request.method == "POST" and form.is_valid()
    preview = valid and "voorbeeld" in request.POST
    if valid and not preview:
        if course.pk:
            stored = Course.objects.get(pk=course.pk)
            services.change_course(course=stored, fields=form.told(), actor=request.user)
        else:
            services.add_course(fields=form.told(), actor=request.user)
        messages.success(request, _("Saved. Practices see it at once."))
        return redirect("menu_edit")
    context = {"form": form, "course": course, "preview": None}
    if preview:
        known = prices([course], timezone.localdate()) if course.pk else {}
        context["preview"] = {
            "course": course,
            "roles": roles_in_words(course),
            "price": known.get(course.pk),
        }
    return TemplateResponse(request, "training/menu/edit.html", context)
