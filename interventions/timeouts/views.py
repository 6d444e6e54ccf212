"""Noting a time-out on a phone, also without network; changing and dropping the own ones."""

import json
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interventions.models import TimeOut
from interventions.timeouts import services
from interventions.timeouts.blocks import pattern_blocks, region_blocks, visit_blocks
from interventions.timeouts.facts import FEWEST_PEOPLE, practice_pattern, region_pattern
from interventions.timeouts.forms import ChangeForm, TimeOutForm
from mtvp.documents.html import page_html
from mtvp.privacy.identifying import without_bsn
from practices.drafts.exchange import Change, Outcome, exchange, held_json
from practices.models import Person
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, practice_page

KEEP = Permission.KEEP_TIME_OUTS


@require_http_methods(["GET", "HEAD", "POST"])
@practice_page(KEEP)
def new(request: PracticeRequest) -> HttpResponse:
    form = TimeOutForm(request.POST or None)
    if request.method == "POST" and form.may_be_kept():
        _note(request, form, timezone.localdate())
        messages.success(request, _("Your time-out is noted."))
        return redirect("time_outs", request.practice.slug)
    own = TimeOut.objects.filter(practice=request.practice, person=person_of(request))
    context = {
        "form": form,
        "held": held_json([]),
        "to_look_at": own.filter(to_look_at=True).count(),
    }
    return TemplateResponse(request, "interventions/timeouts/new.html", context)


@require_http_methods(["GET", "POST"])
@practice_page(KEEP)
def sync(request: PracticeRequest) -> HttpResponse:
    """What drafts.js sends; a device is told nothing of what was noted before."""

    def keep(change: Change) -> Outcome:
        form = TimeOutForm(_from_device(change.value))
        if not form.is_valid():
            raise ValidationError([text for texts in form.errors.values() for text in texts])
        _note(request, form, timezone.localdate(change.at), change.field)
        return Outcome.KEPT

    return exchange(request, user=request.user, held=lambda: [], keep=keep)


@require_POST
@practice_page(KEEP)
def look(request: PracticeRequest) -> HttpResponse:
    """What in the words that somebody is typing looks like a person."""
    form = TimeOutForm(request.POST)
    form.is_valid()
    context: dict[str, Any] = {"form": form, "refused": form.errors.get("learned", [])}
    return TemplateResponse(request, "interventions/timeouts/_warnings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@practice_page(KEEP)
def change(request: PracticeRequest, pk: int) -> HttpResponse:
    time_out = _own(request, pk)
    form = ChangeForm(request.POST or None, time_out=time_out)
    if request.method == "POST" and form.may_be_kept():
        note = form.note(form.cleaned_data["held_on"])
        services.change(time_out=time_out, note=note, actor=request.user)
        messages.success(request, _("Your time-out is changed."))
        return redirect("time_outs", request.practice.slug)
    context = {"form": form, "time_out": time_out}
    return TemplateResponse(request, "interventions/timeouts/change.html", context)


@require_POST
@practice_page(KEEP)
def drop(request: PracticeRequest, pk: int) -> HttpResponse:
    services.drop(time_out=_own(request, pk), actor=request.user)
    messages.success(request, _("The time-out is gone."))
    return redirect("time_outs", request.practice.slug)


@require_POST
@practice_page(KEEP)
def nobody(request: PracticeRequest, pk: int) -> HttpResponse:
    services.names_nobody(time_out=_own(request, pk), actor=request.user)
    messages.success(request, _("Good: it stays as it is."))
    return redirect("time_outs", request.practice.slug)


@require_safe
@practice_page(Permission.SEE_TIME_OUT_PATTERN)
def pattern(request: PracticeRequest) -> HttpResponse:
    """Counts of the practice, and beside them those of the region; material for the visit."""
    today, access = timezone.localdate(), request.access
    if not access.works_here:
        visit = page_html(visit_blocks(request.practice, today))
        return TemplateResponse(request, "interventions/timeouts/pattern.html", {"visit": visit})
    notes = KEEP in access
    own = practice_pattern(request.practice, today, fewest=1 if notes else FEWEST_PEOPLE)
    region = region_pattern(today) if notes else None
    context = {
        "own_blocks": page_html(pattern_blocks(own)) if own else "",
        "region_blocks": page_html(region_blocks(region)) if region else "",
        "notes": notes,
        "fewest": FEWEST_PEOPLE,
    }
    return TemplateResponse(request, "interventions/timeouts/pattern.html", context)


def person_of(request: PracticeRequest) -> Person:
    """Whoever may note is in service here, so there is a person."""
    if request.user.person is None:
        raise PermissionDenied
    return request.user.person


def _own(request: PracticeRequest, pk: int) -> TimeOut:
    return get_object_or_404(TimeOut, pk=pk, practice=request.practice, person=person_of(request))


def _note(request: PracticeRequest, form: TimeOutForm, day: date, device_key: str = "") -> None:
    services.note(
        practice=request.practice,
        person=person_of(request),
        note=form.note(day),
        actor=request.user,
        device_key=device_key,
    )


def _from_device(value: str) -> dict[str, str]:
    """The answers of one group, without any citizen service number."""
    try:
        sent = json.loads(value)
    except ValueError:
        sent = None
    if not isinstance(sent, dict):
        raise ValidationError(_("This could not be read. Note it again."))
    values = {str(name): str(text) for name, text in sent.items()}
    return values | {"learned": without_bsn(values.get("learned", ""))}
