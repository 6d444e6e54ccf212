"""After a session: the own certificates, the papers of a session, evaluation, sharing in a team."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from practices.audit import record
from practices.models import Person
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import PracticeRequest, SignedInRequest, practice_page, region_page
from training.afterwards import evaluations
from training.afterwards.accreditation import (
    accreditation_document,
    accreditation_table,
    registrations,
)
from training.afterwards.certificates import deserves, issue, paper
from training.afterwards.forms import EvaluationForm, SharingForm
from training.afterwards.sharing import followed, record_sharing
from training.attendance.access import session_or_404
from training.claims.page import practices_of
from training.files import csv_file, pdf_file, xlsx_file
from training.models import Attendance, Enrolment, EvaluationDone, Session, TrainingClaim
from training.scripts.views import user_of


@dataclass(frozen=True, slots=True)
class Own:
    """A session somebody was at, whether they have evaluated it, and whether they still may."""

    session: Session
    evaluated: bool
    may_evaluate: bool


@require_safe
def own_training(request: HttpRequest) -> HttpResponse:
    """What somebody is going to and has been at, with what belongs to it."""
    person = user_of(request).person
    context = {
        "coming": _coming(person),
        "been": _been(person),
        "person": person,
        "claims": TrainingClaim.objects.of_person(person),
        "may_claim": person is not None and bool(practices_of(person)),
    }
    return TemplateResponse(request, "training/afterwards/own.html", context)


@require_safe
def own_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    session = _attended(user.person, pk)
    if user.person is None or not deserves(session, user.person):
        raise Http404
    certificate = issue(session=session, person=user.person, actor=user)
    return pdf_file(paper(certificate), "certificaat", session.held_on)


@require_http_methods(["GET", "HEAD", "POST"])
def evaluate(request: HttpRequest, pk: int) -> HttpResponse:
    """Once, by who was there."""
    user = user_of(request)
    session = _attended(user.person, pk)
    if not evaluations.may_evaluate(session):
        text = _("The questions could be answered until %(date)s.")
        messages.info(request, text % {"date": date_format(evaluations.closes_on(session))})
        return redirect("own_training")
    form = EvaluationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and user.person is not None:
        try:
            evaluations.evaluate(
                session=session, person=user.person, answers=form.answers(), actor=user
            )
        except ValidationError as error:
            messages.info(request, " ".join(error.messages))
        else:
            messages.success(request, _("Thank you. Your answers are kept without your name."))
        return redirect("own_training")
    context = {"session": session, "form": form, "fewest": evaluations.FEWEST}
    return TemplateResponse(request, "training/afterwards/evaluate.html", context)


@require_safe
@region_page(Permission.SEE_OWN_SESSIONS)
def evaluation_results(request: SignedInRequest, pk: int) -> HttpResponse:
    session = session_or_404(request, pk)
    labels = {name: field.label for name, field in EvaluationForm.base_fields.items()}
    found = evaluations.results(session)
    context = {
        "session": session,
        "results": found,
        "scores": [(labels[one.question], one) for one in found.scores],
        "fewest": evaluations.FEWEST,
        "open_until": evaluations.closes_on(session) if evaluations.may_evaluate(session) else None,
        "closed": evaluations.closes_on(session) < timezone.localdate(),
        "there": Attendance.objects.filter(session=session, present=True).count(),
    }
    return TemplateResponse(request, "training/afterwards/results.html", context)


@require_safe
@region_page(Permission.SEE_OWN_SESSIONS)
def papers(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who gets a certificate, and the list for accreditation."""
    session = session_or_404(request, pk)
    there = Attendance.objects.filter(session=session, present=True).select_related("person")
    context = {
        "session": session,
        "there": there.order_by("person__name", "pk"),
        "missing": [one.name for one in registrations(session) if not one.number],
        "over": session.cancelled_at is None and session.held_on <= timezone.localdate(),
        "may_export": Permission.RUN_SESSIONS in request.access,
    }
    return TemplateResponse(request, "training/afterwards/papers.html", context)


@require_safe
@region_page(Permission.SEE_OWN_SESSIONS)
def certificate(request: SignedInRequest, pk: int, person: int) -> HttpResponse:
    session = session_or_404(request, pk)
    somebody = get_object_or_404(Person, pk=person)
    if not deserves(session, somebody):
        raise Http404
    made = issue(session=session, person=somebody, actor=request.user)
    return pdf_file(paper(made), "certificaat", session.held_on)


@require_safe
@region_page(Permission.RUN_SESSIONS)
def accreditation(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """`kind` is xlsx or csv; the address allows no other."""
    session = session_or_404(request, pk)
    record(
        actor=request.user, action=AuditAction.EXPORT, obj=session, kind=kind, what="accreditation"
    )
    name = f"accreditatie-{session.held_on}"
    if kind == "csv":
        return csv_file(accreditation_table(session), name)
    return xlsx_file(accreditation_document(session, made_on=timezone.localdate()), name)


@require_safe
@practice_page(Permission.SEE_PRACTICE)
def shared_in_team(request: PracticeRequest) -> HttpResponse:
    context = {
        "followed": followed(request.practice),
        "may_record": Permission.ENROL_COLLEAGUES in request.access,
    }
    return TemplateResponse(request, "training/afterwards/shared.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@practice_page(Permission.ENROL_COLLEAGUES)
def share_in_team(request: PracticeRequest) -> HttpResponse:
    sessions = [one.session for one in followed(request.practice)]
    first = {"session": request.GET.get("scholing", ""), "shared_on": timezone.localdate()}
    form = SharingForm(request.POST or None, sessions=sessions, initial=first)
    if request.method == "POST" and form.is_valid():
        record_sharing(
            practice=request.practice,
            session=form.cleaned_data["session"],
            shared_on=form.cleaned_data["shared_on"],
            agreed=form.cleaned_data["agreed"],
            actor=request.user,
            on_behalf=request.access.on_behalf,
        )
        messages.success(request, _("Saved. Everybody of the practice can read it here."))
        return redirect("team_sharing", request.practice.slug)
    return TemplateResponse(request, "training/afterwards/share.html", {"form": form})


def _attended(person: Person | None, pk: int) -> Session:
    """A session this person was at."""
    if person is None:
        raise Http404
    mine = Session.objects.filter(attendances__person=person, attendances__present=True)
    return get_object_or_404(mine.select_related("course", "facilitator__person"), pk=pk)


def _coming(person: Person | None) -> list[Enrolment]:
    if person is None:
        return []
    coming = Enrolment.objects.of_person(person).coming(timezone.localdate())
    return list(coming.with_people_ahead())


def _been(person: Person | None) -> list[Own]:
    if person is None:
        return []
    there = Attendance.objects.filter(person=person, present=True).select_related("session")
    done = set(EvaluationDone.objects.filter(person=person).values_list("session", flat=True))
    return [
        Own(one.session, one.session_id in done, evaluations.may_evaluate(one.session))
        for one in there.order_by("-session__held_on", "-pk")
    ]
