"""Attendance on a phone: the list, what a device sends, who was not expected, what changed."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from practices.audit import record
from practices.drafts.exchange import exchange, held_json
from practices.models import Person
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import SignedInRequest, region_page
from training.attendance import services
from training.attendance.access import session_or_404
from training.attendance.forms import SearchForm, search
from training.attendance.roll import held, roll, unknown_people
from training.attendance.sheet import sheet
from training.files import pdf_file
from training.models import AttendanceMark, WalkIn


@require_http_methods(["GET", "HEAD", "POST"])
@region_page(Permission.SEE_OWN_SESSIONS)
def attendance(request: SignedInRequest, pk: int) -> HttpResponse:
    session = session_or_404(request, pk)
    if request.method == "POST":
        _save_page(request, pk)
        return redirect("session_attendance", pk)
    lines = roll(session)
    context = {
        "session": session,
        "lines": lines,
        "present": sum(line.present is True for line in lines),
        "unknown_people": unknown_people(session),
        "held": held_json(held(session)),
        "opens_on": services.opens_on(session),
    }
    return TemplateResponse(request, "training/attendance/attendance.html", context)


@require_http_methods(["GET", "POST"])
@region_page(Permission.SEE_OWN_SESSIONS)
def sync(request: SignedInRequest, pk: int) -> HttpResponse:
    """What drafts.js asks and sends."""
    session = session_or_404(request, pk)
    return exchange(
        request,
        user=request.user,
        held=lambda: held(session),
        keep=lambda change: services.keep(change, session=session, actor=request.user),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@region_page(Permission.SEE_OWN_SESSIONS)
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Search among the people in service; the one that is chosen is put down as present."""
    session = session_or_404(request, pk)
    if request.method == "POST":
        person = get_object_or_404(Person, pk=_number(request.POST.get("person", "")))
        return _added(request, pk, lambda: _add(request, pk, person))
    form = SearchForm(request.GET or None)
    on_list = [line.person.pk for line in roll(session)]
    found = search(session, form.cleaned_data["q"], apart_from=on_list) if form.is_valid() else []
    walk_in = WalkIn.objects.filter(session=session, pk=_number(request.GET.get("voor", "")))
    context = {"session": session, "form": form, "found": found, "walk_in": walk_in.first()}
    return TemplateResponse(request, "training/attendance/add.html", context)


@require_POST
@region_page(Permission.SEE_OWN_SESSIONS)
def settle(request: SignedInRequest, pk: int, walk_in: int) -> HttpResponse:
    """Say who a noted name was."""
    noted = get_object_or_404(WalkIn, pk=walk_in, session=session_or_404(request, pk))
    person = get_object_or_404(Person, pk=_number(request.POST.get("person", "")))
    return _added(
        request,
        pk,
        lambda: services.settle_walk_in(walk_in=noted, person=person, actor=request.user),
    )


@require_safe
@region_page(Permission.SEE_OWN_SESSIONS)
def history(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every mark, the latest first."""
    session = session_or_404(request, pk)
    marks = AttendanceMark.objects.filter(session=session).select_related(
        "person", "marked_by__person"
    )
    context = {
        "session": session,
        "marks": marks.order_by("-saved_at", "-pk"),
        "names": WalkIn.objects.filter(session=session).select_related(
            "person", "noted_by__person"
        ),
    }
    return TemplateResponse(request, "training/attendance/history.html", context)


@require_safe
@region_page(Permission.SEE_OWN_SESSIONS)
def list_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """The list on paper, with room for signatures."""
    session = session_or_404(request, pk)
    record(actor=request.user, action=AuditAction.PRINT, obj=session, kind="attendance list")
    document = sheet(session, roll(session), made_on=timezone.localdate())
    return pdf_file(document, "presentielijst", session.held_on)


def _save_page(request: SignedInRequest, pk: int) -> None:
    session = session_or_404(request, pk)
    try:
        saved, disputed = services.save_page(
            session=session, posted=request.POST.dict(), actor=request.user
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return
    for one in disputed:
        words = {"name": one.name, "by": one.by}
        text = _("%(by)s changed %(name)s meanwhile. Look at it and choose again.") % words
        messages.warning(request, text)
    text = ngettext("%(count)s change is saved.", "%(count)s changes are saved.", saved)
    messages.success(request, text % {"count": saved})


def _add(request: SignedInRequest, pk: int, person: Person) -> None:
    services.add(session=session_or_404(request, pk), person=person, actor=request.user)


def _added(request: SignedInRequest, pk: int, act: Callable[[], None]) -> HttpResponse:
    """Back to the list; what was in the way is said there."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Added to the list as present."))
    return redirect("session_attendance", pk)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 0
