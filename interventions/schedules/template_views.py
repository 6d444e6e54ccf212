"""A week as a design: what it comes to, beside how it is now; using, offering, dropping it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interventions.models import DayTemplate, SharedTemplate
from interventions.schedules import designing, sharing
from interventions.schedules.blocks import Block
from interventions.schedules.comparing import (
    agendas,
    beside,
    figures_table,
    present_of,
    sentences,
    week_of,
)
from interventions.schedules.patterns import pattern, patterns
from interventions.schedules.printing import pdf_answer, week_paper
from interventions.schedules.template_forms import NameForm, NowForm, OfferForm, UseForm
from mtvp.documents.html import chart_html, page_html
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, practice_page
from practices.typed import whole_number

KEEP = Permission.KEEP_SCHEDULE


@require_http_methods(["GET", "HEAD", "POST"])
@practice_page(KEEP)
def start(request: PracticeRequest) -> HttpResponse:
    """From a known pattern, from what another practice shared, from an own one, or from nothing."""
    if request.method == "POST":
        name, week = _source(request)
        try:
            made = designing.start_template(
                practice=request.practice,
                name=name,
                week=week,
                actor=request.user,
                on_behalf=request.access.on_behalf,
            )
        except designing.TooManyError:
            messages.error(request, _("There are very many weeks here. Drop one first."))
            return redirect("schedules", request.practice.slug)
        return redirect("day_template", request.practice.slug, made.pk)
    context = {
        "patterns": [(one, _drawn(one.week)) for one in patterns()],
        "shared": [(one, _drawn(one.week())) for one in sharing.published()],
    }
    return TemplateResponse(request, "interventions/schedules/start.html", context)


@require_safe
@practice_page(KEEP)
def template(request: PracticeRequest, pk: int) -> HttpResponse:
    return _page(request, template_of(request, pk))


@require_safe
@practice_page(KEEP)
def paper(request: PracticeRequest, pk: int) -> HttpResponse:
    found = template_of(request, pk)
    document = week_paper(request.practice, week_of(found), present_of(found))
    return pdf_answer(document, "weekrooster.pdf")


@require_POST
@practice_page(KEEP)
def rename(request: PracticeRequest, pk: int) -> HttpResponse:
    found, form = template_of(request, pk), NameForm(request.POST)
    if not form.is_valid():
        return _page(request, found, name_form=form)
    try:
        designing.rename(template=found, name=form.cleaned_data["name"], actor=request.user)
    except designing.NameTakenError:
        form.add_error("name", _("Another week has this name already. Choose another."))
        return _page(request, found, name_form=form)
    messages.success(request, _("Saved."))
    return redirect("day_template", request.practice.slug, pk)


@require_POST
@practice_page(KEEP)
def use(request: PracticeRequest, pk: int) -> HttpResponse:
    found, form = template_of(request, pk), UseForm(request.POST)
    if not form.is_valid():
        return _page(request, found, use_form=form)
    designing.put_in_use(
        template=found,
        in_use_from=form.cleaned_data["in_use_from"],
        actor=request.user,
        on_behalf=request.access.on_behalf,
    )
    messages.success(request, _("Saved. It counts at once."))
    return redirect("day_template", request.practice.slug, pk)


@require_POST
@practice_page(KEEP)
def now(request: PracticeRequest, pk: int) -> HttpResponse:
    found, form = template_of(request, pk), NowForm(request.POST)
    if not form.is_valid():
        return _page(request, found, now_form=form)
    designing.keep_as_now(template=found, actor=request.user, **form.cleaned_data)
    messages.success(request, _("This is how you work now. Designs are laid beside it."))
    return redirect("day_template", request.practice.slug, pk)


@require_POST
@practice_page(KEEP)
def drop(request: PracticeRequest, pk: int) -> HttpResponse:
    designing.drop_template(template=template_of(request, pk), actor=request.user)
    messages.success(request, _("The week is gone. What is in use stays in use."))
    return redirect("schedules", request.practice.slug)


@require_POST
@practice_page(KEEP)
def offer(request: PracticeRequest, pk: int) -> HttpResponse:
    found, form = template_of(request, pk), OfferForm(request.POST)
    if not form.is_valid():
        return _page(request, found, offer_form=form)
    typed = form.cleaned_data
    sharing.offer(
        template=found,
        name=typed["name"],
        explanation=typed["explanation"],
        named=typed["named"],
        actor=request.user,
    )
    messages.success(request, _("Offered. PrimaCura looks at it before others see it."))
    return redirect("day_template", request.practice.slug, pk)


@require_POST
@practice_page(KEEP)
def take_back(request: PracticeRequest, pk: int) -> HttpResponse:
    found = template_of(request, pk)
    shared = sharing.offered_of(found)
    if shared is None:
        raise Http404
    try:
        sharing.take_back(shared=shared, actor=request.user)
        messages.success(request, _("Taken back. Others do not see it any more."))
    except sharing.DecidedMeanwhileError:
        messages.info(request, _("It was not shared any more."))
    return redirect("day_template", request.practice.slug, pk)


def template_of(request: PracticeRequest, pk: int) -> DayTemplate:
    kept = DayTemplate.objects.filter(practice=request.practice).select_related("schedule")
    return get_object_or_404(kept, pk=pk)


def _page(request: PracticeRequest, found: DayTemplate, **forms: Any) -> HttpResponse:
    week, present = week_of(found), present_of(found)
    shared = sharing.offered_of(found)
    context = {
        "template": found,
        "week": week,
        "now": present,
        "pairs": [(_html(one), _html(other)) for one, other in beside(week, present)],
        "figures": page_html([figures_table(week, present)]) if week.blocks else "",
        "sentences": sentences(week, present),
        "shared": shared,
        "is_shared": shared is not None and shared.state in sharing.OPEN,
        "name_form": NameForm(initial={"name": found.name}),
        "use_form": UseForm(initial={"in_use_from": _used_from(found)}),
        "now_form": NowForm(initial={"seen_per_week": found.seen_per_week}),
        "offer_form": OfferForm(initial={"name": found.name}),
        "form": next(iter(forms.values()), None),
    } | forms
    return TemplateResponse(request, "interventions/schedules/template.html", context)


def _drawn(blocks: Sequence[Block]) -> list[str]:
    return [chart_html(chart) for chart in agendas(blocks)]


def _html(chart: Any) -> str:
    return chart_html(chart) if chart else ""


def _used_from(found: DayTemplate) -> Any:
    return found.schedule.in_use_from if found.schedule else None


def _source(request: PracticeRequest) -> tuple[str, list[Block]]:
    """What was chosen; the choice is one button, so a wrong one was not made on the page."""
    source, _colon, key = request.POST.get("from", "").partition(":")
    number = whole_number(key)
    if source == "pattern" and (known := pattern(key)):
        return known.name, list(known.week)
    if source == "shared" and number is not None:
        shared = get_object_or_404(
            SharedTemplate.objects.filter(pk__in=sharing.published().values("pk")), pk=number
        )
        return shared.name, shared.week()
    if source == "own" and number is not None:
        own = template_of(request, number)
        return own.name, week_of(own).blocks
    if source == "nothing":
        return _("Our week"), []
    raise Http404
