"""The pages on which a practice and the privacy officer look through the trail."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import ngettext

from practices.models import AuditEvent, Practice
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, SignedInRequest, practice_page, region_page
from practices.trail import services
from practices.trail.forms import EventFilterForm
from practices.trail.patterns import patterns
from practices.trail.querysets import AuditEventQuerySet
from practices.typed import whole_number

PAGE = 50


@practice_page(Permission.REVIEW_TRAIL)
def of_practice(request: PracticeRequest) -> HttpResponse:
    events = AuditEvent.objects.of_practice(request.practice)
    return _review(request, events, request.practice)


@region_page(Permission.REVIEW_REGION_TRAIL)
def of_region(request: SignedInRequest) -> HttpResponse:
    return _review(request, AuditEvent.objects.all(), None)


def _review(
    request: SignedInRequest, events: AuditEventQuerySet, practice: Practice | None
) -> HttpResponse:
    if request.method == "POST":
        return _mark(request, events, practice)
    form = EventFilterForm(request.GET)
    listed, odd, page = [], [], _page(request)
    if form.is_valid():
        chosen = form.chosen(events).with_people()
        listed = list(chosen[page * PAGE : (page + 1) * PAGE + 1])
        odd = patterns(form.period(events))
    services.show_events(shown=len(listed[:PAGE]), practice=practice, actor=request.user)
    context = {
        "form": form,
        "practice": practice,
        "events": listed[:PAGE],
        "patterns": odd,
        "newer": page - 1 if page else None,
        "older": page + 1 if len(listed) > PAGE else None,
    }
    return TemplateResponse(request, "trail/review.html", context)


def _mark(
    request: SignedInRequest, events: AuditEventQuerySet, practice: Practice | None
) -> HttpResponse:
    name = "shown" if "all" in request.POST else "chosen"
    sent = map(whole_number, request.POST.getlist(name)[:PAGE])
    chosen = [key for key in sent if key is not None]
    count = services.mark_reviewed(
        events=events, chosen=chosen, practice=practice, actor=request.user
    )
    text = ngettext("%(count)d event reviewed.", "%(count)d events reviewed.", count)
    messages.success(request, text % {"count": count})
    return redirect(request.get_full_path())


def _page(request: SignedInRequest) -> int:
    number = request.GET.get("blad", "0")
    return int(number) if number.isdecimal() and len(number) < 6 else 0
