"""Beside the days: the five steps, the table of questions, what patients read."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interventions.models import QuestionLength
from interventions.schedules import questions, steps
from interventions.schedules.printing import pdf_bytes, poster, questions_paper
from interventions.schedules.states import LENGTHS, LengthStep
from interventions.schedules.template_views import KEEP
from interventions.schedules.texts import FOR_PATIENTS, POSTER, QUESTIONS
from practices.tenancy import PracticeRequest, practice_page
from practices.texts.services import region_text
from practices.typed import whole_number

PAPERS = {"tekst": FOR_PATIENTS, "poster": POSTER}


class QuestionForm(forms.Form):
    use_required_attribute = False

    question = forms.CharField(
        label=gettext_lazy("Question or group"),
        max_length=160,
        error_messages={"required": gettext_lazy("Fill in the question or the group")},
    )
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("Minutes"),
        choices=[("", gettext_lazy("Otherwise")), *((one, str(one)) for one in LENGTHS)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    with_whom = forms.CharField(
        label=gettext_lazy("With whom, or how"), max_length=80, required=False
    )

    def __init__(self, data: Any = None, *, line: QuestionLength | None = None) -> None:
        names = ("question", "minutes", "with_whom")
        initial = {name: getattr(line, name) for name in names} if line else {"minutes": 15}
        super().__init__(data, initial=initial, auto_id=f"q{line.pk if line else '-new'}-%s")
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-select" if name == "minutes" else "form-control"

    def clean_question(self) -> str:
        return " ".join(self.cleaned_data["question"].split())


@require_http_methods(["GET", "HEAD", "POST"])
@practice_page(KEEP)
def five_steps(request: PracticeRequest) -> HttpResponse:
    if request.method == "POST":
        step = _step(request.POST.get("step", ""))
        practice, actor = request.practice, request.user
        if request.POST.get("do") == "untick":
            steps.untick(practice=practice, step=step, actor=actor)
        else:
            on_behalf = request.access.on_behalf
            steps.tick(practice=practice, step=step, actor=actor, on_behalf=on_behalf)
        return redirect("length_steps", request.practice.slug)
    found = steps.checklist(request.practice)
    context = {"steps": found, "done": sum(one is not None for _step, one in found)}
    return TemplateResponse(request, "interventions/schedules/steps.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@practice_page(KEEP)
def which_length(request: PracticeRequest) -> HttpResponse:
    """The table of the practice; a POST adds a line."""
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _saved(request, form, None):
        return redirect("length_questions", request.practice.slug)
    return _table(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@practice_page(KEEP)
def line(request: PracticeRequest, pk: int) -> HttpResponse:
    own = QuestionLength.objects.filter(practice=request.practice, pk=pk)
    found = own.first()
    if found is None and request.method != "POST":
        raise Http404
    form = QuestionForm(request.POST or None, line=found)
    if request.method == "POST" and (
        _dropped(request, pk) if "remove" in request.POST else _saved(request, form, pk)
    ):
        return redirect("length_questions", request.practice.slug)
    context = {"form": form, "line": own.first() or found}
    return TemplateResponse(request, "interventions/schedules/question.html", context)


@require_POST
@practice_page(KEEP)
def copy(request: PracticeRequest) -> HttpResponse:
    made = questions.copy_example(practice=request.practice, actor=request.user)
    messages.success(request, _("Lines added from the example: %(count)s") % {"count": made})
    return redirect("length_questions", request.practice.slug)


@require_safe
@practice_page(KEEP)
def table_paper(request: PracticeRequest) -> HttpResponse:
    return pdf_bytes(questions_paper(request.practice, _lines(request)), "vragen-en-lengte.pdf")


@require_safe
@practice_page(KEEP)
def for_patients(request: PracticeRequest) -> HttpResponse:
    found = [(name, *region_text(key)) for name, key in PAPERS.items()]
    return TemplateResponse(request, "interventions/schedules/patients.html", {"papers": found})


@require_safe
@practice_page(KEEP)
def patients_paper(request: PracticeRequest, name: str) -> HttpResponse:
    if name not in PAPERS:
        raise Http404
    return pdf_bytes(poster(request.practice, PAPERS[name]), f"{name}.pdf")


def _table(request: PracticeRequest, form: QuestionForm) -> HttpResponse:
    title, html = region_text(QUESTIONS)
    context = {
        "form": form,
        "groups": questions.grouped(_lines(request)),
        "example_title": title,
        "example": html,
    }
    return TemplateResponse(request, "interventions/schedules/questions.html", context)


def _lines(request: PracticeRequest) -> list[QuestionLength]:
    return list(QuestionLength.objects.filter(practice=request.practice))


def _saved(request: PracticeRequest, form: QuestionForm, pk: int | None) -> bool:
    if not form.is_valid():
        return False
    try:
        questions.save_question(
            practice=request.practice,
            pk=pk,
            based_on=_seen(request),
            actor=request.user,
            **form.cleaned_data,
        )
    except questions.QuestionTakenError:
        form.add_error("question", _("This is in the table already. Change it there."))
        return False
    except questions.ChangedMeanwhileError as error:
        return _overtaken(request, form, error.now)
    messages.success(request, _("Saved."))
    return True


def _dropped(request: PracticeRequest, pk: int) -> bool:
    try:
        questions.drop_question(
            practice=request.practice, pk=pk, based_on=_seen(request), actor=request.user
        )
        messages.success(request, _("The line is gone."))
    except questions.ChangedMeanwhileError:
        messages.error(request, _("A colleague changed this line just now. Look at it first."))
    return True


def _overtaken(request: PracticeRequest, form: QuestionForm, now: QuestionLength | None) -> bool:
    """Gone: back to the table; changed: what was typed stays, beside what it is now."""
    if now is None:
        messages.error(request, _("A colleague took this line out. If you need it, add it again."))
        return True
    text = _("A colleague just changed this line: it is now '%(question)s', %(length)s.")
    length = questions.grouped([now])[0][0]
    again = _("Save again if yours counts.")
    said = text % {"question": now.question, "length": length}
    form.add_error(None, f"{said} {again}")
    return False


def _seen(request: PracticeRequest) -> int:
    return whole_number(request.POST.get("based_on", "")) or 0


def _step(typed: str) -> LengthStep:
    if typed not in {str(step.value) for step in LengthStep}:
        raise Http404
    return LengthStep(int(typed))
