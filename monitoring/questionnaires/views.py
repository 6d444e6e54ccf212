"""The questionnaires of a practice: filling in, reading what was handed in, reopening."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from monitoring.bottlenecks.facts import open_bottlenecks
from monitoring.compliance import Part, PracticeStanding, Status
from monitoring.models import (
    Bottleneck,
    QuestionnaireAnswer,
    QuestionnaireDraft,
    QuestionnaireQuestion,
    QuestionnaireVersion,
)
from monitoring.models.questionnaire import YEARS
from monitoring.questionnaires import services
from monitoring.questionnaires.forms import QuestionnaireForm, ReopenForm
from monitoring.questionnaires.merging import packed
from monitoring.questionnaires.questions import (
    NOTHING_KNOWN,
    asked,
    contradicted,
    known,
    part_of,
    questions_of,
    value_of,
    version_asked,
    version_of,
)
from monitoring.questionnaires.states import Prefill, QuestionKind
from monitoring.questionnaires.told import told_at_visit
from monitoring.standing import standing
from monitoring.tags import Tag, part_tag
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, practice_page


@dataclass(frozen=True, slots=True)
class Year:
    """A programme year and how far its questionnaire is; `version` is what is asked."""

    number: int
    part: Part
    tag: Tag
    answer: QuestionnaireAnswer | None
    draft: QuestionnaireDraft | None
    version: QuestionnaireVersion
    open: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer; `against` when the figures point the other way. Bottlenecks
    stand as they were reported."""

    text: str
    kind: str
    answer: Any
    known: str
    against: bool
    bottlenecks: tuple[Bottleneck, ...] = ()


@practice_page(Permission.ANSWER_QUESTIONNAIRE)
def questionnaires(request: PracticeRequest) -> HttpResponse:
    found = _standing(request)
    context = {"years": [_year(request, found, number) for number in YEARS]}
    return TemplateResponse(request, "monitoring/questionnaires/questionnaires.html", context)


@practice_page(Permission.ANSWER_QUESTIONNAIRE)
def questionnaire(request: PracticeRequest, year: int) -> HttpResponse:
    """With `auto`, by htmx: what was typed so far is kept, and a line says whether it was."""
    found = _standing(request)
    this = _year(request, found, _known_year(year))
    if not this.open and request.method != "POST":
        return _read(request, found, this, ReopenForm())
    form = _form(request, found, this)
    if request.method == "POST":
        good = form.may_be_kept() if form.handing_in else form.is_valid()
        stored = good and _stored(request, form, this)
        if request.htmx and "auto" in request.POST:
            return _line(request, form, this)
        if stored:
            done = _("The questionnaire is handed in. It counts from today.")
            kept = _("Saved. You or a colleague can go on later.")
            messages.success(request, done if form.handing_in else kept)
            return redirect("questionnaire", request.practice.slug, year)
    context = {
        "year": this,
        "form": form,
        "last_day": this.part.deadline,
        "late": this.part.status is Status.MISSED,
        "reported": open_bottlenecks([request.practice.pk]).get(request.practice.pk, []),
    }
    return TemplateResponse(request, "monitoring/questionnaires/fill_in.html", context)


@practice_page(Permission.REOPEN_QUESTIONNAIRE)
def reopen(request: PracticeRequest, year: int) -> HttpResponse:
    form = ReopenForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        found = _standing(request)
        return _read(request, found, _year(request, found, _known_year(year)), form)
    reason = form.cleaned_data["reason"]
    try:
        services.reopen(
            practice=request.practice, year=_known_year(year), reason=reason, actor=request.user
        )
    except services.NotOpenError as error:
        raise Http404 from error
    messages.success(request, _("The practice can change it and hand it in again."))
    return redirect("questionnaires", request.practice.slug)


def _read(
    request: PracticeRequest, found: PracticeStanding, year: Year, form: ReopenForm
) -> HttpResponse:
    answered = _answered(year, year.answer, found) if year.answer else []
    may_reopen = Permission.REOPEN_QUESTIONNAIRE in request.access and year.answer is not None
    context = {
        "year": year,
        "answered": answered,
        "form": form if may_reopen and not year.open else None,
    }
    return TemplateResponse(request, "monitoring/questionnaires/read.html", context)


def _line(request: PracticeRequest, form: QuestionnaireForm, year: Year) -> HttpResponse:
    saved = not form.errors
    context = {
        "problem": next((error for errors in form.errors.values() for error in errors), ""),
        "looked_at": services.state_of(request.practice, year.number),
        "on_screen": packed(form.answers()) if saved else "",
        "now": timezone.now(),
    }
    return TemplateResponse(request, "monitoring/questionnaires/_saved.html", context)


def _stored(request: PracticeRequest, form: QuestionnaireForm, year: Year) -> bool:
    store = services.hand_in if form.handing_in else services.save_draft
    given: dict[str, Any] = {
        "practice": request.practice,
        "year": year.number,
        "version": year.version,
        "answers": form.answers(),
        "seen": form.cleaned_data["looked_at"],
        "actor": request.user,
        "on_behalf": request.access.on_behalf,
        "shown": form.answers_on_screen,
    }
    try:
        store(**given)
    except services.OvertakenError as overtaken:
        form.theirs = overtaken.theirs
        form.add_error(None, _overtaken(request, overtaken))
        return False
    except services.LookAgainError:
        form.handing_in = False
        if not _stored(request, form, year):
            return False
        text = _("A colleague filled in other questions. Look at them, and hand in after that.")
        messages.warning(request, text)
    except services.NotOpenError:
        form.add_error(None, _not_open(request, year))
        return False
    return True


def _overtaken(request: PracticeRequest, overtaken: services.OvertakenError) -> str:
    if not overtaken.theirs:
        return _("A colleague saved this questionnaire just now. Copy your text and open it again.")
    if request.htmx:
        return _("A colleague answered the same question. Save to see both answers.")
    return _("A colleague answered the same question. Read that answer below, and save yours.")


def _not_open(request: PracticeRequest, year: Year) -> str:
    answer = services.answer_of(request.practice, year.number)
    if answer is None or answer.reopened_at is not None:
        return _("This questionnaire is not open. Nothing was saved.")
    return _(
        "This questionnaire was handed in already. What you typed since is not in it: copy it, "
        "and ask PrimaCura to reopen the questionnaire."
    )


def _form(request: PracticeRequest, found: PracticeStanding, year: Year) -> QuestionnaireForm:
    questions = questions_of(year.version, year.number)
    return QuestionnaireForm(
        request.POST or None,
        questions=questions,
        texts=asked(questions, found, year.number),
        known=known(questions, found, year.number, told_at_visit(request.practice, year.number)),
        filled_in=_filled_in(year, questions),
        looked_at=services.state_of(request.practice, year.number),
        version=str(year.version.number),
        sources=_sources(request),
    )


def _sources(request: PracticeRequest) -> dict[Prefill, str]:
    """Where what is on record can be read, and mended."""
    pages = {Prefill.PLANS: "evidence_high_users", Prefill.SCHEDULE: "evidence_schedule"}
    if Permission.SEE_HIGH_USERS in request.access:
        pages[Prefill.HABIT] = "lasting_habit"
    return {kind: reverse(page, args=[request.practice.slug]) for kind, page in pages.items()}


def _filled_in(year: Year, questions: list[QuestionnaireQuestion]) -> dict[str, Any]:
    """Bottlenecks that were handed in before stand beside the question, not in it."""
    if year.draft is not None:
        return dict(year.draft.answers)
    if year.answer is None:
        return {}
    return {
        one.key: value_of(year.answer, one.key)
        for one in questions
        if one.kind != QuestionKind.BOTTLENECKS
    }


def _answered(year: Year, answer: QuestionnaireAnswer, found: PracticeStanding) -> list[Answered]:
    """With the text as it was asked; one from the region's spreadsheets has today's, and only the
    answers that stand in such a file."""
    questions = questions_of(year.version, year.number)
    texts = asked(questions, found, year.number) | answer.asked
    record, against = known(questions, found, year.number), contradicted(answer, found)
    lines = []
    for one in questions:
        value = value_of(answer, one.key)
        if value is None and answer.version is None:
            continue
        beside = record.get(one.key, NOTHING_KNOWN) if one.kind != QuestionKind.TEXT else None
        text = beside.text if beside else ""
        told = _told(answer, value) if one.kind == QuestionKind.BOTTLENECKS else ()
        lines.append(Answered(texts[one.key], one.kind, value, text, one.key in against, told))
    return lines


def _told(answer: QuestionnaireAnswer, value: Any) -> tuple[Bottleneck, ...]:
    keys = [one["report"] for one in value or ()]
    return tuple(Bottleneck.objects.filter(pk__in=keys, practice=answer.practice_id))


def _year(request: PracticeRequest, found: PracticeStanding, number: int) -> Year:
    draft = services.draft_of(request.practice, number)
    answer = services.answer_of(request.practice, number)
    part = part_of(found, number)
    can = services.may_fill_in(found, number, answer)
    on_screen = request.POST.get("version", "")
    version = version_of(draft, answer) or version_asked(on_screen, timezone.localdate())
    return Year(number, part, part_tag(part), answer, draft, version, can)


def _standing(request: PracticeRequest) -> PracticeStanding:
    return standing(timezone.localdate(), [request.practice.pk])[0]


def _known_year(year: int) -> int:
    if year not in YEARS:
        raise Http404
    return year
