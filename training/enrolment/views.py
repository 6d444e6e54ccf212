"""A session as a practice sees it: enrolling oneself or colleagues, and cancelling."""

from collections.abc import Collection, Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from practices.models import Person
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, practice_page
from training.enrolment import services
from training.enrolment.forms import ColleaguesForm
from training.enrolment.page import SessionPage, session_page
from training.mail.links import enrolment_behind
from training.models import Enrolment, Session
from training.querysets import EnrolmentQuerySet
from training.states import EnrolmentState


@practice_page(Permission.SEE_PRACTICE)
def practice_session(request: PracticeRequest, pk: int) -> HttpResponse:
    """For who may enrol colleagues it is the page where that is done."""
    if Permission.ENROL_COLLEAGUES in request.access:
        return redirect("enrol_colleagues", request.practice.slug, pk)
    page = _page(request, pk)
    context = {"page": page, "own": page.of(request.user.person)}
    return TemplateResponse(request, "training/enrolment/session.html", context)


@require_POST
@practice_page(Permission.SEE_PRACTICE)
def enrol_oneself(request: PracticeRequest, pk: int) -> HttpResponse:
    person = request.user.person
    if person is None:
        return redirect("practice_session", request.practice.slug, pk)
    return _enrol(request, _page(request, pk), [person])


@practice_page(Permission.ENROL_COLLEAGUES)
def enrol_colleagues(request: PracticeRequest, pk: int) -> HttpResponse:
    page = _page(request, pk)
    own = page.of(request.user.person)
    form = ColleaguesForm(request.POST if request.method == "POST" else None, page=page, own=own)
    if request.method == "POST" and form.is_valid():
        return _enrol(request, page, list(form.cleaned_data["people"]))
    context = {"page": page, "form": form, "own": own}
    return TemplateResponse(request, "training/enrolment/colleagues.html", context)


@practice_page(Permission.SEE_PRACTICE)
def cancel_own(request: PracticeRequest, pk: int, enrolment: int) -> HttpResponse:
    found = _enrolments(request, pk).filter(person=request.user.person)
    return _cancel(request, get_object_or_404(found, pk=enrolment))


@practice_page(Permission.ENROL_COLLEAGUES)
def cancel_colleague(request: PracticeRequest, pk: int, enrolment: int) -> HttpResponse:
    return _cancel(request, get_object_or_404(_enrolments(request, pk), pk=enrolment))


@login_not_required
@never_cache
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link in the mail. Nothing happens on GET: mail scanners open links too."""
    enrolment = enrolment_behind(token)
    context: dict[str, object] = {"enrolment": enrolment}
    if enrolment is None:
        return TemplateResponse(request, "training/enrolment/decline.html", context, status=410)
    if request.method == "POST":
        try:
            context["declined"] = services.decline(enrolment=enrolment)
        except services.NotPossibleError as error:
            context["reason"] = str(error)
    else:
        context["reason"] = services.why_not_decline(enrolment, timezone.now())
    return TemplateResponse(request, "training/enrolment/decline.html", context)


def _page(request: PracticeRequest, pk: int) -> SessionPage:
    sessions = Session.objects.open_to(request.user, [request.practice])
    session = get_object_or_404(sessions.select_related("course", "facilitator__person"), pk=pk)
    return session_page(session, request.practice, timezone.now())


def _enrolments(request: PracticeRequest, pk: int) -> EnrolmentQuerySet:
    found = Enrolment.objects.of_practice(request.practice).filter(session=pk)
    return found.select_related("session", "person")


def _enrol(request: PracticeRequest, page: SessionPage, people: Collection[Person]) -> HttpResponse:
    try:
        made = services.enrol(
            session=page.session,
            people=people,
            practice=request.practice,
            actor=request.user,
            on_behalf=request.access.on_behalf,
        )
    except services.EnrolmentRefusedError as refused:
        for person, problems in refused.problems.items():
            texts = " ".join(problem.text for problem in problems)
            messages.error(request, f"{person.name}: {texts}")
    else:
        _say_what_was_done(request, made)
    return redirect("practice_session", request.practice.slug, page.session.pk)


def _say_what_was_done(request: HttpRequest, made: Sequence[Enrolment]) -> None:
    waiting = [one.person.name for one in made if one.state == EnrolmentState.WAITING]
    placed = [one.person.name for one in made if one.state == EnrolmentState.CONFIRMED]
    if placed:
        text = ngettext("%(names)s has a place.", "%(names)s have a place.", len(placed))
        messages.success(request, text % {"names": ", ".join(placed)})
    if waiting:
        text = ngettext(
            "The session is full. %(names)s is on the waiting list.",
            "The session is full. %(names)s are on the waiting list.",
            len(waiting),
        )
        messages.warning(request, text % {"names": ", ".join(waiting)})


def _cancel(request: PracticeRequest, enrolment: Enrolment) -> HttpResponse:
    """Asked first: who comes back joins the end of the queue."""
    back = redirect("practice_session", request.practice.slug, enrolment.session_id)
    if request.method == "POST":
        try:
            services.cancel(enrolment=enrolment, actor=request.user)
        except services.NotPossibleError as error:
            messages.error(request, str(error))
        else:
            text = _("%(name)s is no longer enrolled.") % {"name": enrolment.person.name}
            messages.success(request, text)
        return back
    if not enrolment.is_live:
        return back
    context = {
        "enrolment": enrolment,
        "late": services.would_be_late(enrolment, timezone.now()),
        "waiting": enrolment.session.enrolments.queue().count(),
    }
    return TemplateResponse(request, "training/enrolment/cancel.html", context)
