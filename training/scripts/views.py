"""The papers of a session: script, cases, learning points; for its facilitator and participants."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from practices.models import Employment, Person, User
from practices.permissions import Permission
from practices.states import RegionRoleName
from practices.tenancy import SignedInRequest, region_page
from practices.typed import whole_number
from training.attendance.access import session_or_404
from training.models import Case, DiscussionQuestion, LearningPoint, Script, Session
from training.scripts import services
from training.scripts.forms import CaseForm, LearningPointForm, ScriptForm, script_form
from training.states import EnrolmentState


@region_page(Permission.SEE_OWN_SESSIONS)
def script(request: SignedInRequest, pk: int) -> HttpResponse:
    """The script as it stands, its earlier versions, and the next one. Only the facilitator reads
    the cases: they are about patients, and the coordinator needs no more than their number."""
    session = session_or_404(request, pk)
    versions = list(session.scripts.select_related("written_by__person"))
    form = script_form(request.POST or None, versions[0] if versions else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.write_script(
                session=session,
                text=form.written(),
                seen=form.cleaned_data["seen"],
                actor=request.user,
            )
        except services.ChangedMeanwhileError:
            last = session.scripts.select_related("written_by__person").first()
            if last is None:  # nobody wrote what the page says it was written on
                raise Http404 from None
            form = _on_top_of(request.POST, last)
        else:
            messages.success(request, _("Version %(number)s is saved.") % {"number": made.number})
            return redirect("session_script", pk)
    context = {
        "session": session,
        "form": form,
        "versions": versions,
        "suggested": DiscussionQuestion.objects.filter(kind=session.kind, active=True),
        "cases": Case.objects.filter(session=session, withdrawn_at=None).select_related("person"),
        "reads_cases": session.facilitator_id == request.user.pk,
    }
    return TemplateResponse(request, "training/scripts/script.html", context)


@require_safe
@region_page(Permission.SEE_OWN_SESSIONS)
def script_version(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    version = get_object_or_404(Script, session=session_or_404(request, pk), number=number)
    return TemplateResponse(request, "training/scripts/version.html", {"version": version})


@require_http_methods(["GET", "HEAD", "POST"])
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """For who has a place: the topic, the questions, and the own cases."""
    person, session = _participant(request, pk)
    form = CaseForm(request.POST or None)
    if request.method == "POST" and form.may_be_kept() and _put_forward(request, session, form):
        return redirect("session_topic", pk)
    context = {
        "session": session,
        "script": session.scripts.first(),
        "cases": Case.objects.filter(session=session, person=person, withdrawn_at=None),
        "form": form,
        "over": session.cancelled_at is not None or timezone.now() >= session.ends,
    }
    return TemplateResponse(request, "training/scripts/topic.html", context)


@require_POST
def withdraw_case(request: HttpRequest, pk: int, case: int) -> HttpResponse:
    person, session = _participant(request, pk)
    own = get_object_or_404(Case, pk=case, session=session, person=person, withdrawn_at=None)
    services.withdraw(case=own, actor=user_of(request))
    messages.success(request, _("Your case is taken back."))
    return redirect("session_topic", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@region_page(Permission.SEE_OWN_SESSIONS)
def learning(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the session taught, and which of it the region may read."""
    session = session_or_404(request, pk)
    form = LearningPointForm(request.POST or None)
    if request.method == "POST" and form.may_be_kept():
        text = form.cleaned_data["text"]
        services.add_learning_point(session=session, text=text, actor=request.user)
        messages.success(request, _("The learning point is saved. Only you can share it."))
        return redirect("session_learning", pk)
    points = LearningPoint.objects.filter(session=session).select_related("written_by__person")
    context = {"session": session, "form": form, "points": points}
    return TemplateResponse(request, "training/scripts/learning.html", context)


@require_POST
@region_page(Permission.SEE_OWN_SESSIONS)
def share(request: SignedInRequest, pk: int) -> HttpResponse:
    """Only the facilitator of the session agrees to sharing; the coordinator does not for her."""
    session = session_or_404(request, pk)
    if session.facilitator_id != request.user.pk:
        raise PermissionDenied
    sent = map(whole_number, request.POST.getlist("point"))
    chosen = [key for key in sent if key is not None]
    number = services.share(session=session, points=chosen, actor=request.user)
    text = ngettext(
        "The region reads %(number)s learning point of this session.",
        "The region reads %(number)s learning points of this session.",
        number,
    )
    messages.success(request, text % {"number": number})
    return redirect("session_learning", pk)


@require_safe
def shared_learning(request: HttpRequest) -> HttpResponse:
    """What sessions of the whole region taught, without who was there."""
    if not _of_the_programme(user_of(request)):
        raise PermissionDenied
    points = LearningPoint.objects.filter(shared_at__isnull=False).select_related("session")
    context = {"points": points.order_by("-session__held_on", "pk")}
    return TemplateResponse(request, "training/scripts/shared.html", context)


def user_of(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _of_the_programme(user: User) -> bool:
    """Whoever works in a practice or for the programme; no insurers, no overseers."""
    serving = Employment.objects.in_service(timezone.localdate()).filter(person=user.person_id)
    roles = (RegionRoleName.COORDINATOR, RegionRoleName.CONSULTANT, RegionRoleName.FACILITATOR)
    return serving.exists() or user.region_roles.filter(role__in=roles).exists()


def _participant(request: HttpRequest, pk: int) -> tuple[Person, Session]:
    """The person who asks, and the session in which they have a place or were."""
    person = user_of(request).person
    if person is None:
        raise Http404
    takes_part = Q(enrolments__person=person, enrolments__state=EnrolmentState.CONFIRMED) | Q(
        attendances__person=person, attendances__present=True
    )
    return person, get_object_or_404(Session.objects.filter(takes_part).distinct(), pk=pk)


def _put_forward(request: HttpRequest, session: Session, form: CaseForm) -> bool:
    user = user_of(request)
    if user.person is None:
        return False
    try:
        services.put_forward(
            session=session, person=user.person, text=form.cleaned_data["text"], actor=user
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("Your case is with the facilitator."))
    return True


def _on_top_of(posted: QueryDict, last: Script) -> ScriptForm:
    """The text that somebody typed, now on the version that came in between."""
    data = posted.copy()
    data["seen"] = str(last.number)
    form = ScriptForm(data)
    told = _(
        "%(name)s saved version %(number)s meanwhile. Your text is still below. "
        "Put the two together and save again."
    )
    form.add_error(None, told % {"name": last.written_by or "–", "number": last.number})
    return form
