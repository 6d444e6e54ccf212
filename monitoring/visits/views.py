"""The visit itself, for the consultant: typing, reading back, sending, amending."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from highusers.states import PartnerKind
from interventions.timeouts.blocks import visit_blocks
from monitoring.bottlenecks.states import BottleneckKind, Weight
from monitoring.models import Visit
from monitoring.visits import services
from monitoring.visits.access import visit_page as of_visit
from monitoring.visits.agreements import subject_of
from monitoring.visits.capture import held, keep
from monitoring.visits.contents import contents_of, differences, doubtful, loaded
from monitoring.visits.document import newest_report
from monitoring.visits.forms import SendForm
from monitoring.visits.page import visit_page
from monitoring.visits.plain import save_page, to_amend
from monitoring.visits.questions import parts_of
from monitoring.visits.states import OPEN
from mtvp.documents.html import page_html
from mtvp.privacy.identifying import Sign, described, identifying
from practices.drafts.exchange import exchange, held_json
from practices.permissions import Permission
from practices.tenancy import PracticeRequest


@require_http_methods(["GET", "HEAD", "POST"])
@of_visit
def visit(request: PracticeRequest, visit: Visit) -> HttpResponse:
    """What was sent already is shown as the practice has it."""
    if visit.state not in OPEN:
        return redirect("visit_report", request.practice.slug, visit.code)
    typed = to_amend(visit, request.GET.get("edit", ""))
    if request.method == "POST":
        saved = save_page(visit=visit, posted=request.POST, actor=request.user)
        if not saved.problems:
            messages.success(request, _saved_words(saved.count))
            return redirect(_after(request.POST, visit))
        typed = saved.agreements
        for problem in dict.fromkeys(saved.problems):
            messages.error(request, problem)
    return TemplateResponse(
        request, "monitoring/visits/visit.html", _context(request, visit, typed)
    )


@require_http_methods(["GET", "POST"])
@of_visit
def sync(request: PracticeRequest, visit: Visit) -> HttpResponse:
    """What drafts.js asks and sends."""
    return exchange(
        request,
        user=request.user,
        held=lambda: held(visit),
        keep=lambda change: keep(change, visit=visit, actor=request.user),
    )


@require_POST
@of_visit
def look(request: PracticeRequest, visit: Visit) -> HttpResponse:
    """What in the words that somebody is typing looks like a person."""
    keys = {question.key for part in parts_of(visit.questions) for question in part.questions}
    looked_at = (*keys, "what", "text")
    texts = [request.POST.get(name, "") for name in request.POST if name in looked_at]
    found = [one for text in texts for one in identifying(text, today=timezone.localdate())]
    context = {
        "refused": [described(one) for one in found if one.sign == Sign.BSN],
        "told": [described(one) for one in found if one.sign != Sign.BSN],
    }
    return TemplateResponse(request, "monitoring/visits/_looks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@of_visit
def read_back(request: PracticeRequest, visit: Visit) -> HttpResponse:
    """All of it on one page, in order; then it goes to the practice."""
    if visit.state not in OPEN:
        return redirect("visit_report", request.practice.slug, visit.code)
    contents = contents_of(visit)
    found = doubtful(contents)
    form = SendForm(request.POST or None, doubtful="|".join(one.text for one in found))
    if request.method == "POST" and form.is_valid():
        response = _sent(request, visit, form.cleaned_data["changed"])
        if response is not None:
            return response
    last = newest_report(visit)
    context = {
        "visit": visit,
        "contents": contents,
        "form": form,
        "told": [described(one) for one in found],
        "last": last,
        "differences": differences(loaded(last.contents), contents) if last else [],
    }
    return TemplateResponse(request, "monitoring/visits/read_back.html", context)


@require_POST
@of_visit
def amend(request: PracticeRequest, visit: Visit) -> HttpResponse:
    try:
        services.amend(visit=visit, actor=request.user)
    except services.NotNowError:
        messages.warning(request, _("Somebody took a step with this visit just now. Look first."))
    return redirect("visit", visit.code)


@require_POST
@of_visit
def drop(request: PracticeRequest, visit: Visit) -> HttpResponse:
    """Begun by mistake."""
    try:
        services.drop_visit(visit=visit, actor=request.user)
    except services.NotNowError:
        messages.error(request, _("Something is put down at this visit already, so it stays."))
        return redirect("visit", visit.code)
    messages.success(request, _("The visit is gone."))
    return redirect("practice_visits", request.practice.slug)


def _after(posted: QueryDict, visit: Visit) -> str:
    """Where a page without scripts goes on."""
    here = reverse("visit", args=[visit.code])
    if edited := posted.get("edit"):
        return f"{here}?{urlencode({'edit': edited})}#{subject_of(edited)}"
    stays = any(name in posted for name in ("remove", "back", "stay"))
    return here if stays else reverse("visit_read_back", args=[visit.code])


def _saved_words(count: int) -> str:
    text = ngettext("%(count)s change is saved.", "%(count)s changes are saved.", count)
    return text % {"count": count}


def _sent(request: PracticeRequest, visit: Visit, changed: str) -> HttpResponse | None:
    try:
        if "later" in request.POST:
            services.read_back(visit=visit, actor=request.user)
            messages.success(request, _("Read back together. You send it later."))
            return redirect("practice_visits", request.practice.slug)
        services.send_report(visit=visit, actor=request.user, changed=changed)
    except services.NotNowError:
        messages.error(request, _("Nothing is put down yet: there is nothing to send."))
        return None
    messages.success(request, _("The report is sent. The practice can confirm it or comment."))
    return redirect("visit_report", request.practice.slug, visit.code)


def _context(
    request: PracticeRequest, visit: Visit, typed: Mapping[str, Mapping[str, str]]
) -> dict[str, object]:
    today = timezone.localdate()
    sees = Permission.SEE_TIME_OUT_PATTERN in request.access
    return {
        "visit": visit,
        "page": visit_page(visit, typed),
        "held": held_json(held(visit)),
        "pattern": page_html(visit_blocks(request.practice, today)) if sees else "",
        "partners": PartnerKind.choices,
        "kinds": BottleneckKind.choices,
        "weights": Weight.choices,
        "last_report": newest_report(visit),
    }
