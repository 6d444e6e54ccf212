"""The builder of a year: its blocks, and writing in one with its figures beside it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from monitoring.models import BlockText, Report, ReportBuild
from monitoring.report.blocks import services
from monitoring.report.blocks.forms import OwnerForm, TextForm
from monitoring.report.blocks.page import Shown, figures_of, shown_blocks
from monitoring.report.blocks.reminding import missing_answers
from monitoring.report.forms import ReportForm, report_years
from monitoring.report.sections import section
from monitoring.report.states import QUOTED_IN, BlockKind
from monitoring.report.value import report_from_json
from monitoring.report.wording import quotes
from monitoring.states import BuildState
from mtvp.documents.html import page_html
from practices.beside import Outcome, Way, mark_of
from practices.permissions import Permission
from practices.tenancy import SignedInRequest, region_page

BUILD = Permission.BUILD_REPORT


@require_safe
@region_page(BUILD)
def year(request: SignedInRequest, year: int) -> HttpResponse:
    """State per block, what is missing, and the reports to each insurer."""
    known_year(year)
    blocks = shown_blocks(year, timezone.localdate())
    reports = list(Report.objects.filter(year=year).select_related("insurer", "final_by"))
    under_way = ReportBuild.objects.filter(
        year=year, state__in=(BuildState.QUEUED, BuildState.RUNNING)
    ).select_related("insurer")
    ready = sum(one.ready for one in blocks)
    context = {
        "year": year,
        "years": sorted({*report_years(), year}, reverse=True),
        "blocks": blocks,
        "ready": ready,
        "total": len(blocks),
        "percent": round(100 * ready / len(blocks)),
        "reports": reports,
        "under_way": under_way,
        "form": ReportForm(initial={"year": year}, of_year=True),
        "missing": missing_answers(year, timezone.localdate()),
        "frozen": services.is_frozen(year),
    }
    return TemplateResponse(request, "monitoring/report/year.html", context)


@require_safe
@region_page(BUILD)
def block(request: SignedInRequest, year: int, kind: str) -> HttpResponse:
    return _page(request, _shown(year, kind))


def _page(request: SignedInRequest, shown: Shown, **more: Any) -> HttpResponse:
    form = more.pop("form", None)
    stored = figures_of(shown.block.year)
    figures = ""
    if stored is not None:
        figures = page_html(section(report_from_json(stored.value), shown.kind))
    texts = shown.block.texts.select_related("written_by__person") if shown.block.pk else []
    text = shown.text.text if shown.text else ""
    context = {
        "shown": shown,
        "year": shown.block.year,
        "stored": stored,
        "figures": figures,
        "typed": form["text"].value() if form else text,
        "form": form,
        "seen": more.pop("seen", mark_of(text)),
        "now": mark_of(text),
        "waiting": [one for one in texts if one.apart],
        "versions": [one for one in texts if not one.apart],
        "quotes": [one for one in quotes(shown.block.year) if one.block == shown.kind],
        "quoted": shown.kind in QUOTED_IN,
        "owner_form": more.pop("owner_form", None)
        or OwnerForm(initial={"owner": shown.block.owner, "due_on": shown.due_on}),
        "frozen": services.is_frozen(shown.block.year),
        "kinds": list(BlockKind),
    }
    return TemplateResponse(request, "monitoring/report/block.html", context | more)


@require_POST
@region_page(BUILD)
def save(request: SignedInRequest, year: int, kind: str) -> HttpResponse:
    """By itself while one writes (htmx) or by the button; what cannot be kept stays in its box."""
    shown, form = _shown(year, kind), TextForm(request.POST)
    seen = str(request.POST.get("seen", ""))
    outcome = None
    if form.may_be_kept():
        try:
            outcome = services.write(
                year=year,
                kind=shown.kind,
                text=form.cleaned_data["text"],
                seen=seen,
                actor=request.user,
            )
        except services.FrozenError:
            return _told_frozen(request, year, kind)
    fresh = _shown(year, kind)
    if request.htmx:
        return _state(request, fresh, form, outcome, seen)
    if outcome in (Outcome.SAVED, Outcome.SAME):
        messages.success(request, _("Saved."))
        return redirect("report_block", year, kind)
    return _page(request, fresh, form=form, seen=seen)


def _state(
    request: SignedInRequest,
    shown: Shown,
    form: TextForm,
    outcome: Outcome | None,
    seen: str,
) -> HttpResponse:
    """Under the box, after saving by itself: what was kept, and what is to be chosen."""
    text = shown.text.text if shown.text else ""
    kept = outcome in (Outcome.SAVED, Outcome.SAME)
    waiting = shown.block.texts.filter(apart=True) if shown.block.pk else []
    context = {
        "shown": shown,
        "year": shown.block.year,
        "form": None if kept else form,
        "seen": mark_of(text) if kept else seen,
        "now": mark_of(text),
        "saved_at": timezone.now() if kept else None,
        "waiting": waiting,
    }
    return TemplateResponse(request, "monitoring/report/_block_state.html", context)


@require_POST
@region_page(BUILD)
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Between the text of the block and one that waits beside it."""
    waiting = get_object_or_404(BlockText.objects.select_related("block"), pk=pk, apart=True)
    way = str(request.POST.get("way", ""))
    if way not in list(Way):
        raise Http404
    year, kind = waiting.block.year, waiting.block.kind
    try:
        outcome = services.choose(
            waiting=waiting,
            way=Way(way),
            seen=str(request.POST.get("now", "")),
            actor=request.user,
        )
    except services.FrozenError:
        return _told_frozen(request, year, kind)
    if outcome is Outcome.APART:
        messages.warning(request, _("A colleague changed this text just now. Look once more."))
    else:
        messages.success(request, _("Saved."))
    return redirect("report_block", year, kind)


@require_POST
@region_page(BUILD)
def bring_back(request: SignedInRequest, pk: int) -> HttpResponse:
    earlier = get_object_or_404(BlockText.objects.select_related("block"), pk=pk, apart=False)
    year, kind = earlier.block.year, earlier.block.kind
    try:
        services.bring_back(earlier=earlier, actor=request.user)
    except services.FrozenError:
        return _told_frozen(request, year, kind)
    messages.success(request, _("The earlier text is back. The other one stays in the list."))
    return redirect("report_block", year, kind)


@require_POST
@region_page(BUILD)
def assign(request: SignedInRequest, year: int, kind: str) -> HttpResponse:
    shown, form = _shown(year, kind), OwnerForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, owner_form=form)
    try:
        services.assign(year=year, kind=shown.kind, **form.cleaned_data, actor=request.user)
    except services.FrozenError:
        return _told_frozen(request, year, kind)
    messages.success(request, _("Saved. Who writes this block is reminded by mail."))
    return redirect("report_block", year, kind)


@require_POST
@region_page(BUILD)
def mark(request: SignedInRequest, year: int, kind: str) -> HttpResponse:
    shown, ready = _shown(year, kind), request.POST.get("ready") != "no"
    try:
        services.mark(year=year, kind=shown.kind, ready=ready, actor=request.user)
    except services.FrozenError:
        return _told_frozen(request, year, kind)
    return redirect("report_year", year) if ready else redirect("report_block", year, kind)


def _told_frozen(request: SignedInRequest, year: int, kind: str) -> HttpResponse:
    messages.error(
        request,
        _("Every report of this year is final. Begin a correction to change its texts."),
    )
    return redirect("report_block", year, kind)


def _shown(year: int, kind: str) -> Shown:
    known_year(year)
    if kind not in list(BlockKind):
        raise Http404
    blocks = shown_blocks(year, timezone.localdate())
    return next(one for one in blocks if one.kind == kind)


def known_year(year: int) -> int:
    """From the first cohort's start up to this year; others have no report."""
    if year not in report_years() and not Report.objects.filter(year=year).exists():
        raise Http404
    return year
