"""The coordinator's pages of a session: planning, changing, who comes and who waits."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from practices.permissions import Permission
from practices.tenancy import SignedInRequest, region_page
from training.enrolment import services as enrolling
from training.enrolment.places import places_of, runs_itself
from training.enrolment.services import NotPossibleError
from training.models import Enrolment, QueueChange, Session
from training.sessions import services
from training.sessions.forms import (
    CapacityForm,
    MoveForm,
    NewSessionForm,
    QueueForm,
    ReasonForm,
    SessionForm,
    proposed,
)
from training.sessions.overview import clashes, participants


@region_page(Permission.RUN_SESSIONS)
def new(request: SignedInRequest) -> HttpResponse:
    first = proposed(request.GET, timezone.localdate())
    form = NewSessionForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        made = services.make_sessions(
            fields=form.planned(), repeat=form.repeat(), actor=request.user
        )
        text = ngettext("The session is planned.", "%(number)s sessions are planned.", len(made))
        messages.success(request, text % {"number": len(made)})
        return redirect("manage_session", made[0].pk)
    return TemplateResponse(request, "training/sessions/edit.html", {"form": form})


@region_page(Permission.RUN_SESSIONS)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    session = _session(pk)
    form = SessionForm(request.POST or None, instance=_session(pk))
    if request.method == "POST" and form.is_valid():
        services.change_session(session=session, fields=form.planned(), actor=request.user)
        messages.success(request, _("Saved. Who is enrolled gets a mail when it concerns them."))
        return redirect("manage_session", pk)
    return TemplateResponse(
        request, "training/sessions/edit.html", {"form": form, "session": session}
    )


@region_page(Permission.RUN_SESSIONS)
def manage(request: SignedInRequest, pk: int) -> HttpResponse:
    session = _session(pk)
    now = timezone.now()
    context = {
        "session": session,
        "places": places_of(session),
        "people": participants(session),
        "clashes": clashes(session),
        "changes": QueueChange.objects.filter(enrolment__session=session).select_related(
            "enrolment__person", "changed_by__person"
        ),
        "runs_itself": runs_itself(session, now),
        "over": now >= session.begins,
        "others": MoveForm(session=session).fields["to"].queryset,  # type: ignore[attr-defined]
    }
    return TemplateResponse(request, "training/sessions/manage.html", context)


@require_POST
@region_page(Permission.RUN_SESSIONS)
def change_capacity(request: SignedInRequest, pk: int) -> HttpResponse:
    form = CapacityForm(request.POST)
    return _done(
        request,
        pk,
        form,
        lambda: enrolling.change_capacity(
            session=_session(pk),
            capacity=form.cleaned_data["capacity"],
            reason=form.cleaned_data["reason"],
            actor=request.user,
        ),
        _("The number of places is changed."),
    )


@require_POST
@region_page(Permission.RUN_SESSIONS)
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    return _done(
        request,
        pk,
        form,
        lambda: services.cancel_session(
            session=_session(pk), reason=form.cleaned_data["reason"], actor=request.user
        ),
        _("The session is cancelled. Who is enrolled gets a mail."),
    )


@require_POST
@region_page(Permission.RUN_SESSIONS)
def restore(request: SignedInRequest, pk: int) -> HttpResponse:
    services.restore_session(session=_session(pk), actor=request.user)
    messages.success(request, _("The session takes place after all. Who is enrolled gets a mail."))
    return redirect("manage_session", pk)


@require_POST
@region_page(Permission.RUN_SESSIONS)
def promote(request: SignedInRequest, pk: int, enrolment: int) -> HttpResponse:
    form, found = QueueForm(request.POST), _enrolment(pk, enrolment)
    return _done(
        request,
        pk,
        form,
        lambda: enrolling.promote(
            enrolment=found, actor=request.user, reason=form.cleaned_data["reason"]
        ),
        _("%(name)s has a place.") % {"name": found.person.name},
    )


@require_POST
@region_page(Permission.RUN_SESSIONS)
def reorder(request: SignedInRequest, pk: int, enrolment: int) -> HttpResponse:
    form, found = QueueForm(request.POST), _enrolment(pk, enrolment)
    return _done(
        request,
        pk,
        form,
        lambda: enrolling.reorder(
            enrolment=found,
            to_place=form.cleaned_data["place"] or 1,
            reason=form.cleaned_data["reason"],
            actor=request.user,
        ),
        _("The order of the waiting list is changed."),
    )


@require_POST
@region_page(Permission.RUN_SESSIONS)
def take_out(request: SignedInRequest, pk: int, enrolment: int) -> HttpResponse:
    found = _enrolment(pk, enrolment)
    return _done(
        request,
        pk,
        Form({}),
        lambda: enrolling.cancel(enrolment=found, actor=request.user),
        _("%(name)s is no longer enrolled.") % {"name": found.person.name},
    )


@require_POST
@region_page(Permission.RUN_SESSIONS)
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    form = MoveForm(request.POST, session=_session(pk))
    if not form.is_valid():
        _say_errors(request, form)
        return redirect("manage_session", pk)
    to = form.cleaned_data["to"]
    moved, stayed = enrolling.move_waiters(
        enrolments=list(form.cleaned_data["enrolments"]), to=to, actor=request.user
    )
    for person, problems in stayed.items():
        messages.error(request, f"{person.name}: {' '.join(one.text for one in problems)}")
    if moved:
        words = {"names": ", ".join(one.person.name for one in moved)}
        words["date"] = date_format(to.held_on)
        text = ngettext(
            "%(names)s is moved to %(date)s.", "%(names)s are moved to %(date)s.", len(moved)
        )
        messages.success(request, text % words)
    return redirect("manage_session", pk)


def _session(pk: int) -> Session:
    return get_object_or_404(Session.objects.select_related("course", "facilitator__person"), pk=pk)


def _enrolment(session: int, pk: int) -> Enrolment:
    found = Enrolment.objects.filter(session=session).select_related("person", "session")
    return get_object_or_404(found, pk=pk)


def _done(
    request: SignedInRequest, pk: int, form: Form, act: Callable[[], object], said: str
) -> HttpResponse:
    """Do it and say so, or say why not; back on the page of the session."""
    if not form.is_valid():
        _say_errors(request, form)
        return redirect("manage_session", pk)
    try:
        act()
    except NotPossibleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("manage_session", pk)


def _say_errors(request: HttpRequest, form: Form) -> None:
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))
