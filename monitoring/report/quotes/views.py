"""Quotes: the coordinator asks, a practice answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from monitoring.models import ReportQuote
from monitoring.report.blocks.views import known_year
from monitoring.report.quotes import services
from monitoring.report.quotes.forms import ProposalForm, WordsForm
from monitoring.report.quotes.sources import sources
from monitoring.report.states import BlockKind, QuoteSource, QuoteState
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, SignedInRequest, practice_page, region_page


@region_page(Permission.BUILD_REPORT)
def quotes(request: SignedInRequest, year: int) -> HttpResponse:
    """What was asked of whom and what came of it; below, sentences to ask for."""
    known_year(year)
    form = ProposalForm(request.POST or None, initial={"source": QuoteSource.TYPED})
    if request.method == "POST" and form.may_be_kept():
        data = form.cleaned_data
        services.propose(
            practice=data["practice_of"],
            year=year,
            block=BlockKind(data["block"]),
            source=QuoteSource(data["source"]),
            text=data["text"],
            actor=request.user,
        )
        messages.success(request, _("The practice is asked. Its words wait until it agrees."))
        return redirect("report_quotes", year)
    found = ReportQuote.objects.filter(year=year).select_related(
        "practice", "proposed_by__person", "answered_by__person"
    )
    context = {
        "year": year,
        "form": form,
        "quotes": found,
        "sources": sources(year),
        "asked": QuoteState.ASKED,
    }
    return TemplateResponse(request, "monitoring/report/quotes/quotes.html", context)


@require_POST
@region_page(Permission.BUILD_REPORT)
def pick(request: SignedInRequest, year: int) -> HttpResponse:
    """The form with words from a questionnaire or a visit in it, to cut and to ask for."""
    known_year(year)
    found = next((one for one in sources(year) if one.key == request.POST.get("key")), None)
    if found is None:
        return redirect("report_quotes", year)
    initial = {
        "practice_of": found.practice,
        "block": found.block,
        "source": found.source,
        "text": found.text[: ProposalForm.base_fields["text"].max_length],  # type: ignore[attr-defined]
    }
    context = {
        "year": year,
        "form": ProposalForm(initial=initial),
        "quotes": [],
        "sources": [],
        "picked": found,
    }
    return TemplateResponse(request, "monitoring/report/quotes/quotes.html", context)


@require_POST
@region_page(Permission.BUILD_REPORT)
def drop(request: SignedInRequest, pk: int) -> HttpResponse:
    quote = get_object_or_404(ReportQuote, pk=pk)
    try:
        services.drop(quote=quote, actor=request.user)
    except services.AnsweredMeanwhileError:
        messages.error(request, _("The practice answered already: its answer stays."))
    else:
        messages.success(request, _("The practice is not asked any more."))
    return redirect("report_quotes", quote.year)


@practice_page(Permission.CONSENT_TO_QUOTE)
def practice_quotes(request: PracticeRequest) -> HttpResponse:
    """Every quote that the practice was asked for, and its answers."""
    return _practice_page(request)


def _practice_page(
    request: PracticeRequest, failed: tuple[int, WordsForm] | None = None
) -> HttpResponse:
    found = request.practice.quotes.select_related("answered_by__person").order_by("-pk")
    context = {
        "quotes": found,
        "failed": failed[0] if failed else None,
        "form": failed[1] if failed else None,
        "asked": QuoteState.ASKED,
        "consented": QuoteState.CONSENTED,
    }
    return TemplateResponse(request, "monitoring/report/quotes/practice.html", context)


@require_POST
@practice_page(Permission.CONSENT_TO_QUOTE)
def answer(request: PracticeRequest, pk: int) -> HttpResponse:
    """Consent to the words in the box, or no."""
    quote = get_object_or_404(ReportQuote, pk=pk, practice=request.practice)
    try:
        if request.POST.get("answer") == "no":
            services.decline(quote=quote, actor=request.user)
            messages.success(request, _("Your words do not come in the report."))
            return redirect("practice_quotes", request.practice.slug)
        form = WordsForm(request.POST, practice=request.practice)
        if not form.may_be_kept():
            return _practice_page(request, (quote.pk, form))
        services.consent(quote=quote, text=form.cleaned_data["text"], actor=request.user)
        messages.success(request, _("Thank you. The words come in the report without your name."))
    except services.AnsweredMeanwhileError:
        messages.info(request, _("A colleague answered this just now."))
    return redirect("practice_quotes", request.practice.slug)
