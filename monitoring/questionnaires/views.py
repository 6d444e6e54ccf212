"""The questionnaires of a practice: filling in, reading what was handed in, reopening."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from monitoring.compliance import Part, PracticeStanding, Status
from monitoring.models import QuestionnaireAnswer
from monitoring.models.questionnaire import YEARS
from monitoring.questionnaires import services
from monitoring.questionnaires.forms import QuestionnaireForm, ReopenForm
from monitoring.questionnaires.questions import QUESTIONS, Known, asked, known, part_of
from monitoring.standing import standing
from monitoring.tags import Tag, part_tag
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, practice_page


@dataclass(frozen=True, slots=True)
class Year:
    number: int
    part: Part
    tag: Tag
    answer: QuestionnaireAnswer | None
    open: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer; `against` when the record points the other way."""

    text: str
    answer: bool | str
    yes_or_no: bool
    known: str
    against: bool


@practice_page(Permission.ANSWER_QUESTIONNAIRE)
def questionnaires(request: PracticeRequest) -> HttpResponse:
    found = _standing(request)
    context = {"years": [_year(request, found, number) for number in YEARS]}
    return TemplateResponse(request, "monitoring/questionnaires/questionnaires.html", context)


@practice_page(Permission.ANSWER_QUESTIONNAIRE)
def questionnaire(request: PracticeRequest, year: int) -> HttpResponse:
    found = _standing(request)
    this = _year(request, found, _known_year(year))
    if not this.open and request.method != "POST":
        return _read(request, found, this, ReopenForm())
    form = _form(request, found, this)
    if request.method == "POST" and form.is_valid() and _stored(request, form, year):
        return redirect("questionnaire", request.practice.slug, year)
    context = {
        "year": this,
        "form": form,
        "draft": services.draft_of(request.practice, year),
        "last_day": this.part.deadline,
        "late": this.part.status is Status.MISSED,
    }
    return TemplateResponse(request, "monitoring/questionnaires/fill_in.html", context)


@practice_page(Permission.REOPEN_QUESTIONNAIRE)
def reopen(request: PracticeRequest, year: int) -> HttpResponse:
    form = ReopenForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        found = _standing(request)
        return _read(request, found, _year(request, found, _known_year(year)), form)
    try:
        services.reopen(
            practice=request.practice,
            year=_known_year(year),
            reason=form.cleaned_data["reason"],
            actor=request.user,
        )
    except services.NotOpenError as error:
        raise Http404 from error
    messages.success(request, _("The practice can change it and hand it in again."))
    return redirect("questionnaires", request.practice.slug)


def _read(
    request: PracticeRequest, found: PracticeStanding, year: Year, form: ReopenForm
) -> HttpResponse:
    answered = _answered(year.answer, found, year.number) if year.answer else []
    may_reopen = Permission.REOPEN_QUESTIONNAIRE in request.access and year.answer is not None
    context = {
        "year": year,
        "answered": answered,
        "form": form if may_reopen and not year.open else None,
    }
    return TemplateResponse(request, "monitoring/questionnaires/read.html", context)


def _stored(request: PracticeRequest, form: QuestionnaireForm, year: int) -> bool:
    store = services.hand_in if form.handing_in else services.save_draft
    try:
        store(
            practice=request.practice,
            year=year,
            answers=form.answers(),
            seen=form.cleaned_data["seen"],
            actor=request.user,
            on_behalf=request.access.on_behalf,
        )
    except services.OvertakenError:
        text = _("A colleague saved this questionnaire just now. Copy your text and open it again.")
        form.add_error(None, text)
        return False
    except services.NotOpenError:
        form.add_error(None, _("This questionnaire is not open. Nothing was saved."))
        return False
    done = _("The questionnaire is handed in. It counts from today.")
    kept = _("Saved. You or a colleague can go on later.")
    messages.success(request, done if form.handing_in else kept)
    return True


def _form(request: PracticeRequest, found: PracticeStanding, year: Year) -> QuestionnaireForm:
    draft = services.draft_of(request.practice, year.number)
    filled_in: Mapping[str, Any] = draft.answers if draft else {}
    if draft is None and year.answer is not None:
        filled_in = {one.name: getattr(year.answer, one.name) for one in QUESTIONS}
    return QuestionnaireForm(
        request.POST or None,
        texts=asked(found, year.number),
        known=known(found, year.number),
        filled_in=filled_in,
        seen=services.version(request.practice, year.number),
        habit=reverse("lasting_habit", args=[request.practice.slug])
        if Permission.SEE_HIGH_USERS in request.access
        else "",
    )


def _answered(answer: QuestionnaireAnswer, found: PracticeStanding, year: int) -> list[Answered]:
    """With the text as it was asked; one from the region's spreadsheets has today's."""
    texts, record = asked(found, year) | answer.asked, known(found, year)
    lines = []
    for question in QUESTIONS:
        value = getattr(answer, question.name)
        beside = record.get(question.name, Known(""))
        against = beside.answer is not None and beside.answer != value
        lines.append(
            Answered(texts[question.name], value, question.yes_or_no, beside.text, against)
        )
    return lines


def _year(request: PracticeRequest, found: PracticeStanding, number: int) -> Year:
    answer = services.answer_of(request.practice, number)
    part = part_of(found, number)
    can = services.may_fill_in(found, number, answer)
    return Year(number, part, part_tag(part), answer, can)


def _standing(request: PracticeRequest) -> PracticeStanding:
    today: date = timezone.localdate()
    return standing(today, [request.practice.pk])[0]


def _known_year(year: int) -> int:
    if year not in YEARS:
        raise Http404
    return year
