"""The versions of the questionnaire: reading them, drawing up the next, and publishing it."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from monitoring.models import QuestionnaireAnswer, QuestionnaireVersion
from monitoring.models.questionnaire import YEARS
from monitoring.questionnaires import drafting
from monitoring.questionnaires.forms import QuestionnaireForm
from monitoring.questionnaires.questions import questions_of
from monitoring.questionnaires.shipped import FIXED_KEYS, KNOWN_KEYS, PLANS
from monitoring.questionnaires.version_forms import PublishForm, QuestionForm
from practices.norms import SHIPPED_NORMS
from practices.permissions import Permission
from practices.tenancy import SignedInRequest, region_page

EDIT = Permission.EDIT_QUESTIONNAIRE


@require_http_methods(["GET", "HEAD", "POST"])
@region_page(EDIT)
def versions(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST":
        try:
            draft = drafting.begin_draft(actor=request.user)
        except drafting.NoDraftError:
            messages.info(request, _("There is a draft already. Go on with that one."))
            return redirect("questionnaire_versions")
        return redirect("questionnaire_version", draft.number)
    found = QuestionnaireVersion.objects.annotate(asks=Count("questions", distinct=True))
    answered = dict(
        QuestionnaireAnswer.objects.exclude(version=None)
        .order_by()
        .values_list("version")
        .annotate(number=Count("pk"))
    )
    listed = list(found.select_related("made_by__person", "published_by__person"))
    now = QuestionnaireVersion.objects.asked_on(timezone.localdate()).first()
    context = {
        "versions": [(one, answered.get(one.pk, 0)) for one in listed],
        "asked_now": now,
        "draft": next((one for one in listed if one.published_at is None), None),
    }
    return TemplateResponse(request, "monitoring/questionnaires/versions.html", context)


@require_safe
@region_page(EDIT)
def version(request: SignedInRequest, number: int) -> HttpResponse:
    return _version(request, _found(number), PublishForm(initial={"holds_from": _today()}))


@require_safe
@region_page(EDIT)
def preview(request: SignedInRequest, number: int, year: int) -> HttpResponse:
    """The questionnaire as a practice sees it, with nothing known and nothing to send."""
    if year not in YEARS:
        raise Http404
    found = _found(number)
    questions = questions_of(found, year)
    texts = {one.key: one.text.replace(PLANS, str(SHIPPED_NORMS.plans)) for one in questions}
    form = QuestionnaireForm(None, questions=questions, texts=texts, known={}, filled_in={})
    context = {"version": found, "year": year, "years": YEARS, "form": form}
    return TemplateResponse(request, "monitoring/questionnaires/preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@region_page(EDIT)
def question_new(request: SignedInRequest, number: int) -> HttpResponse:
    found = _draft(number)
    asks = set(found.questions.values_list("key", flat=True))
    missing = [key for key in KNOWN_KEYS if key not in asks]
    form = QuestionForm(request.POST or None, missing=missing)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data.get("subject", "")
        written = form.written()
        return _done(
            request,
            found,
            lambda: drafting.add_question(
                version=found, written=written, actor=request.user, key=key
            ),
            _("The question stands at the end of the draft."),
        )
    context = {"version": found, "form": form}
    return TemplateResponse(request, "monitoring/questionnaires/question.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@region_page(EDIT)
def question(request: SignedInRequest, number: int, key: str) -> HttpResponse:
    found = _draft(number)
    this = get_object_or_404(found.questions, key=key)
    form = QuestionForm(request.POST or None, question=this)
    if request.method == "POST" and form.is_valid():
        written = form.written()
        return _done(
            request,
            found,
            lambda: drafting.change_question(
                version=found, key=key, written=written, actor=request.user
            ),
            _("The question is changed."),
        )
    context = {"version": found, "form": form, "question": this, "fixed": key in FIXED_KEYS}
    return TemplateResponse(request, "monitoring/questionnaires/question.html", context)


@require_POST
@region_page(EDIT)
def question_remove(request: SignedInRequest, number: int, key: str) -> HttpResponse:
    found = _draft(number)
    get_object_or_404(found.questions, key=key)
    try:
        return _done(
            request,
            found,
            lambda: drafting.remove_question(version=found, key=key, actor=request.user),
            _("The question is no longer in the draft."),
        )
    except drafting.FixedQuestionError:
        messages.error(request, _("The programme needs this answer: the question stays."))
        return redirect("questionnaire_version", number)


@require_POST
@region_page(EDIT)
def question_move(request: SignedInRequest, number: int, key: str) -> HttpResponse:
    found = _draft(number)
    get_object_or_404(found.questions, key=key)
    up = request.POST.get("way") == "up"
    moved = _done(
        request,
        found,
        lambda: drafting.move_question(version=found, key=key, up=up, actor=request.user),
        "",
    )
    return HttpResponseRedirect(f"{moved.url}#{key}")


@require_POST
@region_page(EDIT)
def publish(request: SignedInRequest, number: int) -> HttpResponse:
    found = _draft(number)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _version(request, found, form)
    day = form.cleaned_data["holds_from"]
    return _done(
        request,
        found,
        lambda: drafting.publish(version=found, holds_from=day, actor=request.user),
        _("Published. Who begins on that day or later gets these questions."),
    )


@require_POST
@region_page(EDIT)
def withdraw(request: SignedInRequest, number: int) -> HttpResponse:
    found = _found(number)
    return _done(
        request,
        found,
        lambda: drafting.withdraw(version=found, actor=request.user),
        _("Taken back: it is a draft again."),
    )


@require_POST
@region_page(EDIT)
def discard(request: SignedInRequest, number: int) -> HttpResponse:
    found = _draft(number)
    _done(
        request,
        found,
        lambda: drafting.discard_draft(version=found, actor=request.user),
        _("The draft is gone. What is asked stays as it was."),
    )
    return redirect("questionnaire_versions")


def _version(
    request: SignedInRequest, found: QuestionnaireVersion, form: PublishForm
) -> HttpResponse:
    questions = list(found.questions.order_by("position"))
    is_draft = found.published_at is None
    context = {
        "version": found,
        "questions": [(one, one.key in FIXED_KEYS) for one in questions],
        "is_draft": is_draft,
        "form": form if is_draft else None,
        "can_withdraw": found.holds_from is not None and found.holds_from > _today(),
    }
    return TemplateResponse(request, "monitoring/questionnaires/version.html", context)


def _done(
    request: SignedInRequest,
    version: QuestionnaireVersion,
    work: Callable[[], object],
    said: str,
) -> HttpResponseRedirect:
    """Do it and say so, or say that somebody was first."""
    try:
        work()
    except drafting.NoDraftError:
        messages.error(request, _("A colleague published this or began another. Look how it is."))
    else:
        if said:
            messages.success(request, said)
    return redirect("questionnaire_version", version.number)


def _found(number: int) -> QuestionnaireVersion:
    versions = QuestionnaireVersion.objects.select_related("made_by__person")
    return get_object_or_404(versions, number=number)


def _draft(number: int) -> QuestionnaireVersion:
    """A published one has no such pages."""
    return get_object_or_404(QuestionnaireVersion.objects.drafts(), number=number)


def _today() -> date:
    return timezone.localdate()
