"""Who answered the questionnaires of a year, what was said, and reminding who did not."""

from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from monitoring.models import QuestionnaireQuestion
from monitoring.models.questionnaire import YEARS
from monitoring.questionnaires.choice import Row, choice_of, chosen, summary
from monitoring.questionnaires.exports import responses_workbook
from monitoring.questionnaires.facts import counted, distributions, responses, told
from monitoring.questionnaires.reminding import Reminded, remind, reminded_on
from monitoring.questionnaires.states import QuestionKind, ResponseState
from monitoring.standing import standing
from practices.audit import record
from practices.models import Practice
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import SignedInRequest, region_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FOLLOW = Permission.FOLLOW_QUESTIONNAIRES
FIRST_YEAR = 2000


@require_safe
@region_page(FOLLOW)
def responses_now(request: SignedInRequest) -> HttpResponse:
    return redirect("responses", timezone.localdate().year)


@require_safe
@region_page(FOLLOW)
def responses_page(request: SignedInRequest, year: int) -> HttpResponse:
    rows, choice = _rows(request, year), choice_of(request.GET)
    shown = chosen(rows, choice)
    found = [row.response for row in shown]
    counts = counted(found)
    reminded = reminded_on(found)
    context = {
        "year": year,
        "rows": [
            (row, reminded.get((row.response.practice, row.response.programme_year)))
            for row in shown
        ],
        "nothing_yet": not rows,
        "counts": [(one, _cohort(rows, one.cohort)) for one in counts[:-1]],
        "total": counts[-1],
        "summary": summary(counts[-1]),
        "missing": sum(one.is_missing for one in found),
        "signals": sum(bool(one.contradicted) for one in found),
        "distributions": distributions(found),
        "choice": choice,
        "states": ResponseState.choices,
        "programme_years": YEARS,
        "cohorts": _distinct((row.practice.cohort_id, row.practice.cohort) for row in rows),
        "consultants": _distinct(
            (row.practice.consultant_id, row.practice.consultant) for row in rows
        ),
        "all_practices": Permission.SEE_REGION in request.access,
        "sees_bottlenecks": Permission.SEE_BOTTLENECKS in request.access,
        "query": request.GET.urlencode(),
    }
    return TemplateResponse(request, "monitoring/questionnaires/responses.html", context)


@require_safe
@region_page(FOLLOW)
def responses_xlsx(request: SignedInRequest, year: int) -> HttpResponse:
    shown = chosen(_rows(request, year), choice_of(request.GET))
    today = timezone.localdate()
    record(
        actor=request.user,
        role=request.access.role,
        action=AuditAction.EXPORT,
        obj=("questionnaire_responses", year),
        practices=len(shown),
    )
    name = f"mtvp-uitvraag-{year}-{today.isoformat()}.xlsx"
    return HttpResponse(
        responses_workbook(shown, year, today),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
@region_page(FOLLOW)
def response_texts(request: SignedInRequest, year: int, key: str) -> HttpResponse:
    """What practices wrote about one question, each with the name of the practice: for reading
    inside the region."""
    asked = QuestionnaireQuestion.objects.filter(key=key, kind=QuestionKind.TEXT)
    question = asked.exclude(version__published_at=None).order_by("-version__number").first()
    if question is None:
        raise Http404
    shown = chosen(_rows(request, year), choice_of(request.GET))
    names = {row.practice.pk: row.practice for row in shown}
    texts = told((row.response for row in shown), key)
    record(
        actor=request.user,
        role=request.access.role,
        action=AuditAction.READ,
        obj=("questionnaire_texts", f"{year} {key}"),
        practices=len(texts),
    )
    context = {
        "year": year,
        "question": question,
        "texts": [(names[one.practice], one) for one in texts],
        "query": request.GET.urlencode(),
    }
    return TemplateResponse(request, "monitoring/questionnaires/texts.html", context)


@require_POST
@region_page(FOLLOW)
def remind_missing(request: SignedInRequest, year: int) -> HttpResponse:
    """All that is missing in the choice of the address, or one: `only` is practice and year."""
    shown = chosen(_rows(request, year), choice_of(request.GET))
    only = request.POST.get("only", "")
    asked = [
        row.response
        for row in shown
        if only in ("", f"{row.response.practice}-{row.response.programme_year}")
    ]
    done = remind(asked=asked, actor=request.user)
    say = messages.success if done.practices else messages.info
    say(request, _said(done))
    back = reverse("responses", args=[year])
    return redirect(f"{back}?{urlencode(request.GET, doseq=True)}" if request.GET else back)


def _said(done: Reminded) -> str:
    parts = [
        ngettext(
            "%(number)s questionnaire: the practice was mailed.",
            "%(number)s questionnaires: the practices were mailed.",
            done.practices,
        )
        % {"number": done.practices}
    ]
    if done.already:
        parts.append(_("%(number)s reminded today already.") % {"number": done.already})
    if done.unreachable:
        parts.append(
            _("%(number)s not: nobody there with an account may answer. Call them.")
            % {"number": done.unreachable}
        )
    return " ".join(parts)


def _rows(request: SignedInRequest, year: int) -> list[Row]:
    """Of all practices, or of those one is the consultant of."""
    if year < FIRST_YEAR:
        raise Http404
    practices = Practice.objects.in_region_order().select_related("consultant__person")
    if Permission.SEE_REGION not in request.access:
        practices = practices.filter(consultant=request.user)
    listed = {one.pk: one for one in practices}
    found = responses(standing(timezone.localdate(), list(listed)), year)
    rows = [Row(one, listed[one.practice]) for one in found]
    return sorted(rows, key=lambda row: (row.practice.name, row.response.programme_year))


def _cohort(rows: Sequence[Row], cohort: int | None) -> str:
    return next(row.practice.cohort.name for row in rows if row.practice.cohort_id == cohort)


def _distinct(pairs: Iterable[tuple[int | None, object]]) -> list[tuple[int, str]]:
    """What there is to filter by, by name."""
    found = {key: str(value) for key, value in pairs if key is not None}
    return sorted(found.items(), key=lambda pair: pair[1])
