"""The own time-outs, put forward for intervision with one tap; the pattern of the region."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from interventions.models import TimeOut
from interventions.timeouts.blocks import region_blocks
from interventions.timeouts.facts import FEWEST_PRACTICES, region_pattern
from interventions.timeouts.periods import four_quarters
from interventions.timeouts.views import person_of
from monitoring.models import PutForward
from monitoring.time_outs.services import next_intervision, put_time_out_forward
from mtvp.documents.html import page_html
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, SignedInRequest, practice_page, region_page


@require_safe
@practice_page(Permission.KEEP_TIME_OUTS)
def own(request: PracticeRequest) -> HttpResponse:
    """With what became of each in intervision; nobody else sees this list."""
    person = person_of(request)
    noted = list(TimeOut.objects.filter(practice=request.practice, person=person))
    forward = PutForward.objects.filter(
        time_out__practice=request.practice, time_out__person=person, case__withdrawn_at=None
    ).select_related("case__session")
    sessions = {one.time_out_id: one.case.session for one in forward}
    context = {
        "lines": [(one, sessions.get(one.pk)) for one in noted],
        "to_look_at": [one for one in noted if one.to_look_at],
        "intervision": next_intervision(person, timezone.now()),
    }
    return TemplateResponse(request, "monitoring/time_outs/own.html", context)


@require_POST
@practice_page(Permission.KEEP_TIME_OUTS)
def put_forward(request: PracticeRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    time_out = get_object_or_404(TimeOut, pk=pk, practice=request.practice, person=person)
    back = redirect("time_outs", request.practice.slug)
    session = next_intervision(person, timezone.now())
    if time_out.to_look_at:
        messages.error(request, _("Look first at what may name somebody in this time-out."))
        return back
    if session is None:
        messages.error(request, _("Enrol for an intervision first: then this goes along."))
        return back
    try:
        case = put_time_out_forward(time_out=time_out, session=session, actor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return back
    text = _("Put forward for intervision on %(date)s. The facilitator reads it with your name.")
    messages.success(request, text % {"date": date_format(case.session.held_on)})
    return back


@require_safe
@region_page(Permission.SEE_REGION)
def region(request: SignedInRequest) -> HttpResponse:
    """All practices together: no person, no practice, no small figure."""
    today = timezone.localdate()
    pattern = region_pattern(today)
    context = {
        "blocks": page_html(region_blocks(pattern)) if pattern else "",
        "period": four_quarters(today),
        "fewest": FEWEST_PRACTICES,
    }
    return TemplateResponse(request, "monitoring/time_outs/region.html", context)
