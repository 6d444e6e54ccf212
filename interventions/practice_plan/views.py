"""The plan of a practice: reading, writing field by field, and the steps to agreed."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from interventions.models import PlanSection, PracticePlan, SectionText
from interventions.practice_plan import services
from interventions.practice_plan.beside import told_beside
from interventions.practice_plan.forms import AddForm, CommentForm, FieldForm
from interventions.practice_plan.page import (
    Typed,
    activities,
    period_of,
    shown_field,
    shown_sections,
)
from interventions.practice_plan.states import FIELDS, WRITABLE, Field, Kind
from interventions.practice_plan.writing import (
    Written,
    choose,
    colleagues,
    write_field,
)
from practices.beside import Outcome, Way
from practices.models import Practice
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, practice_page

WRITE = Permission.WRITE_PRACTICE_PLAN
COMMENT = Permission.COMMENT_PRACTICE_PLAN
READ = Permission.SEE_PRACTICE
YEARS_AHEAD = 1


@require_safe
@practice_page(READ)
def plan(request: PracticeRequest, year: int | None = None) -> HttpResponse:
    """Of the programme year that runs now, or of another."""
    return plan_page(request, known_year(request, year))


def plan_page(
    request: PracticeRequest,
    year: int,
    typed: dict[int, Typed] | None = None,
    comment: tuple[int, CommentForm] | None = None,
) -> HttpResponse:
    now = services.year_of(request.practice, timezone.localdate())
    plans = {one.programme_year: one for one in request.practice.own_plans.all()}
    found = plans.get(year)
    may_write = WRITE in request.access
    context: dict[str, Any] = {
        "year": year,
        "plan": found,
        "period": period_of(request.practice, year),
        "years": sorted({*plans, now, now + YEARS_AHEAD}),
        "earlier": max((one for one in plans if one < year), default=None),
        "may_write": may_write,
        "comments": COMMENT in request.access,
        "for_region": may_write and not request.access.works_here,
    }
    if found is not None:
        told = told_beside(request.practice, year, request.access)
        sections = [
            replace(one, told=tuple(told.get(one.number or 0, ())))
            for one in shown_sections(found, typed)
        ]
        context |= {
            "sections": sections,
            "writes": may_write and found.state in WRITABLE,
            "version": found.versions.select_related(
                "handed_in_by__person", "practice_agreed_by__person", "consultant_agreed_by__person"
            ).first(),
            "has_consultant": Practice.objects.with_consultant()
            .filter(pk=request.practice.pk)
            .exists(),
            "activities": activities(sections),
            "colleagues": colleagues(request.practice),
            "waiting": any(one.waiting for part in sections for one in part.fields),
            "comment_of": comment[0] if comment else None,
            "comment_form": comment[1] if comment else None,
        }
    return TemplateResponse(request, "interventions/practice_plan/plan.html", context)


@require_POST
@practice_page(WRITE)
def begin(request: PracticeRequest, year: int) -> HttpResponse:
    services.begin_plan(
        practice=request.practice, year=known_year(request, year), actor=request.user
    )
    return redirect("practice_plan_year", request.practice.slug, year)


@require_POST
@practice_page(WRITE)
def save(request: PracticeRequest, pk: int) -> HttpResponse:
    """One field (htmx) or a whole section; what cannot be kept stays in its box."""
    section = section_of(request, pk)
    names = _sent(request, section)
    typed = _saved(request, section, names)
    if request.htmx:
        fresh = PlanSection.objects.prefetch_related("texts__written_by__person").get(pk=pk)
        field = shown_field(fresh, names[0], typed)
        context = {"field": field, "plan": section.plan, "writes": True, "now": timezone.now()}
        return TemplateResponse(request, "interventions/practice_plan/_state.html", context)
    if typed.saved == frozenset(names):
        messages.success(request, _("Saved."))
        return _back(request, section)
    return plan_page(request, section.plan.programme_year, {section.pk: typed})


def _saved(request: PracticeRequest, section: PlanSection, names: Iterable[Field]) -> Typed:
    forms, seen, saved = {}, {}, set()
    for name in names:
        form = FieldForm(request.POST, field=name)
        forms[name], seen[name] = form, str(request.POST.get(f"seen_{name}", ""))
        if not form.may_be_kept():
            continue
        outcome = write_field(
            section=section,
            written=Written(name, form.cleaned_data["text"], seen[name]),
            actor=request.user,
            on_behalf=request.access.on_behalf,
        )
        if outcome is not Outcome.APART:
            saved.add(name)
    return Typed(forms, seen, frozenset(saved))


def _sent(request: PracticeRequest, section: PlanSection) -> list[Field]:
    asked = (Field.TITLE, *FIELDS) if section.kind == Kind.FREE else FIELDS
    only = request.POST.get("field", "")
    if request.htmx and only not in asked:
        raise Http404
    return [Field(only)] if request.htmx else [name for name in asked if name in request.POST]


@require_POST
@practice_page(WRITE)
def choose_text(request: PracticeRequest, pk: int) -> HttpResponse:
    """Between the text of the plan and one that waits beside it; what else was typed in the
    section came along and is saved first."""
    found = SectionText.objects.select_related("section__plan__practice__cohort")
    waiting = get_object_or_404(found, pk=pk, section__plan__practice=request.practice)
    section, way = waiting.section, _way(request)
    typed = _saved(request, section, _sent(request, section))
    try:
        outcome = choose(
            waiting=waiting,
            way=way,
            seen=str(request.POST.get(f"now_{waiting.field}", "")),
            actor=request.user,
            on_behalf=request.access.on_behalf,
        )
    except services.NotNowError:
        messages.error(request, _("Nothing is to be chosen here now. Look how the plan stands."))
    else:
        if outcome is Outcome.APART:
            messages.warning(request, _("A colleague changed this text just now. Look once more."))
        else:
            messages.success(request, _("Saved."))
    if any(not form.may_be_kept() for form in typed.forms.values()):
        return plan_page(request, section.plan.programme_year, {section.pk: typed})
    return _back(request, section)


def _way(request: PracticeRequest) -> Way:
    if request.POST.get("way") not in list(Way):
        raise Http404
    return Way(request.POST["way"])


@require_POST
@practice_page(WRITE)
def add(request: PracticeRequest, year: int) -> HttpResponse:
    form, found = AddForm(request.POST), plan_of(request, year)
    if not form.is_valid():
        return redirect("practice_plan_year", request.practice.slug, year)
    try:
        made = services.add_section(
            plan=found, kind=Kind(form.cleaned_data["kind"]), actor=request.user
        )
    except services.NotNowError:
        messages.error(request, _("The plan is handed in. Change it again first."))
        return redirect("practice_plan_year", request.practice.slug, year)
    return _back(request, made)


@require_POST
@practice_page(WRITE)
def remove(request: PracticeRequest, pk: int) -> HttpResponse:
    section = section_of(request, pk)
    try:
        services.remove_section(section=section, actor=request.user)
    except services.NotNowError:
        messages.error(request, _("Something is written here. Empty the section first."))
        return _back(request, section)
    messages.success(request, _("The activity is out of the plan. You can add it again below."))
    return redirect("practice_plan_year", request.practice.slug, section.plan.programme_year)


@require_POST
@practice_page(WRITE)
def done(request: PracticeRequest, pk: int) -> HttpResponse:
    """Carried out, or after all not."""
    section = section_of(request, pk)
    services.mark_done(section=section, done="undo" not in request.POST, actor=request.user)
    return _back(request, section)


@require_POST
@practice_page(COMMENT)
def comment(request: PracticeRequest, pk: int) -> HttpResponse:
    return _commented(request, pk, of_consultant=True)


@require_POST
@practice_page(WRITE)
def answer(request: PracticeRequest, pk: int) -> HttpResponse:
    return _commented(request, pk, of_consultant=False)


def _commented(request: PracticeRequest, pk: int, *, of_consultant: bool) -> HttpResponse:
    section = section_of(request, pk)
    form = CommentForm(request.POST)
    if not form.may_be_kept():
        return plan_page(request, section.plan.programme_year, comment=(section.pk, form))
    services.comment(
        section=section,
        text=form.cleaned_data["text"],
        of_consultant=of_consultant,
        actor=request.user,
        on_behalf=request.access.on_behalf,
    )
    return _back(request, section)


@require_POST
@practice_page(WRITE)
def step(request: PracticeRequest, year: int, name: str) -> HttpResponse:
    """Of the practice: handing in, agreeing, writing again."""
    found, told = plan_of(request, year), ""
    actor = request.user
    try:
        if name == "inleveren":
            services.hand_in(plan=found, actor=actor, on_behalf=request.access.on_behalf)
            told = _("The plan is handed in. Your consultant reads it now.")
        elif name == "wijzigen":
            services.reopen(plan=found, actor=actor)
            told = _("You can write again. Earlier versions stay.")
        elif name != "akkoord":
            raise Http404
        elif request.access.on_behalf:
            raise PermissionDenied
        else:
            services.agree(plan=found, actor=actor, for_practice=True)
            told = _("The practice agrees to this plan.")
    except services.TextsWaitError:
        messages.error(request, _("Two texts wait side by side. Choose first, then hand in."))
    except services.NotNowError:
        messages.error(request, _("A colleague was first. Look at how the plan stands now."))
    else:
        messages.success(request, told)
    return redirect("practice_plan_year", request.practice.slug, year)


@require_POST
@practice_page(COMMENT)
def consultant_step(request: PracticeRequest, year: int, name: str) -> HttpResponse:
    """Of the consultant: sending back with comments, or agreeing."""
    found = plan_of(request, year)
    try:
        if name == "terug":
            services.send_back(plan=found, actor=request.user)
            told = _("The practice can read your comments and write again.")
        elif name != "akkoord":
            raise Http404
        else:
            version = services.agree(plan=found, actor=request.user, for_practice=False)
            told = (
                _("The plan is agreed.")
                if version.agreed
                else _("You agree. Now somebody of the practice agrees as well.")
            )
    except services.NotNowError:
        messages.error(request, _("A colleague was first. Look at how the plan stands now."))
    else:
        messages.success(request, told)
    return redirect("practice_plan_year", request.practice.slug, year)


def known_year(request: PracticeRequest, year: int | None) -> int:
    now = services.year_of(request.practice, timezone.localdate())
    if year is not None and not 1 <= year <= now + YEARS_AHEAD:
        raise Http404
    return year or now


def plan_of(request: PracticeRequest, year: int) -> PracticePlan:
    return get_object_or_404(PracticePlan, practice=request.practice, programme_year=year)


def section_of(request: PracticeRequest, pk: int) -> PlanSection:
    sections = PlanSection.objects.select_related("plan__practice__cohort")
    return get_object_or_404(sections, pk=pk, plan__practice=request.practice)


def _back(request: PracticeRequest, section: PlanSection) -> HttpResponse:
    address = reverse(
        "practice_plan_year", args=[request.practice.slug, section.plan.programme_year]
    )
    return redirect(f"{address}#deel-{section.pk}")
