"""The list of high users, the answer to a save in it, and what follows from choosing."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from highusers.choosing import cells
from highusers.choosing.forms import PlacesForm
from highusers.choosing.listing import Board, Line, board
from highusers.choosing.meeting import meeting_page, start_of
from highusers.choosing.order import choice_of
from highusers.choosing.pages import bar_of, desk_of, list_page
from highusers.choosing.rows import rows_of
from highusers.choosing.rules import is_candidate, lot_problems
from highusers.choosing.saving import Answer, save
from highusers.choosing.services import NotPossibleError, draw_lots
from highusers.lookup import high_user_or_404
from highusers.models import Extract, HighUser
from highusers.plans.waiting import next_to_plan
from practices.audit import record
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import PracticeRequest, practice_page

MEETING = "meeting"


@practice_page(Permission.SEE_HIGH_USERS)
def high_users(request: PracticeRequest) -> HttpResponse:
    may_see = Permission.SEE_PLANS in request.access
    listed = board(request.practice, timezone.localdate(), with_judgements=may_see)
    return _list(request, listed)


@practice_page(Permission.WRITE_PLANS)
def meeting(request: PracticeRequest) -> HttpResponse:
    """Large type: the first patient of whom nothing was said yet."""
    key = start_of(_board(request))
    if key is None:
        return redirect("high_users", request.practice.slug)
    return redirect("choose_patient", request.practice.slug, key)


@practice_page(Permission.WRITE_PLANS)
def choose_patient(request: PracticeRequest, code: str) -> HttpResponse:
    """One patient in large type, for the team around one screen."""
    high_user = high_user_or_404(request.practice, code)
    listed = _board(request)
    if listed.line_of(high_user) is None:
        raise Http404
    return _in_large_type(request, listed, high_user)


@require_POST
@practice_page(Permission.WRITE_PLANS)
def judge_patient(request: PracticeRequest, code: str) -> HttpResponse:
    """Save one row: a part of a page with htmx, a page of its own without scripts."""
    high_user = high_user_or_404(request.practice, code)
    answer = save(request, high_user, _extract(_board(request), high_user))
    listed = _board(request)
    if request.htmx:
        return _in_place(request, listed, high_user, answer)
    in_meeting = request.POST.get("page") == MEETING
    if answer.is_saved:
        messages.success(request, answer.message)
        if in_meeting:
            return redirect("choose_patient", request.practice.slug, code)
        return redirect(f"{_list_address(request)}#row-{code}")
    if in_meeting:
        return _in_large_type(request, listed, high_user, answer)
    return _list(request, listed, {code: answer})


@practice_page(Permission.WRITE_PLANS)
@require_GET
def make(request: PracticeRequest) -> HttpResponse:
    """To the plan of the first who was chosen and has none."""
    extract = _board(request).extract
    first = next_to_plan(request.practice, extract.period_end) if extract else None
    if first is None:
        messages.info(request, _("Everybody who was chosen has a plan already."))
        return redirect("high_users", request.practice.slug)
    return redirect("plan_draw_up", request.practice.slug, first.code.lower())


@practice_page(Permission.WRITE_PLANS)
def lots(request: PracticeRequest) -> HttpResponse:
    """Let chance decide between patients whom the team finds equally suitable."""
    listed = _board(request)
    ticked = set(request.POST.getlist("patient"))
    lines = [line for line in listed.lines if line.key in ticked]
    form = PlacesForm(request.POST or None)
    problems: list[str] = []
    if request.method == "POST" and listed.extract:
        places = form.cleaned_data.get("places") if form.is_valid() else None
        problems = lot_problems(lines, places)
        if not problems and places:
            try:
                return _drawn(request, lines, places)
            except NotPossibleError as refused:
                problems, listed = refused.problems, _board(request)
    candidates = [line for line in listed.lines if is_candidate(line)]
    record(
        actor=request.user,
        action=AuditAction.LIST,
        obj=(HighUser._meta.label_lower, ""),
        practice=request.practice,
        patients=len(candidates),
    )
    context = {
        "rows": rows_of(candidates),
        "ticked": ticked,
        "form": form,
        "problems": problems,
    }
    return TemplateResponse(request, "highusers/choosing/lots.html", context)


def _drawn(request: PracticeRequest, lines: list[Line], places: int) -> HttpResponse:
    high_users = [line.high_user for line in lines]
    drawn = draw_lots(
        practice=request.practice, high_users=high_users, places=places, actor=request.user
    )
    codes = ", ".join(one.code for one in drawn)
    messages.success(request, _("The lot fell on %(codes)s.") % {"codes": codes})
    return redirect("high_users", request.practice.slug)


def _list(
    request: PracticeRequest, listed: Board, unsaved: Mapping[str, Answer] | None = None
) -> HttpResponse:
    """A save that did not succeed shows the list as well, and is a look at it."""
    record(
        actor=request.user,
        action=AuditAction.LIST,
        obj=(HighUser._meta.label_lower, ""),
        practice=request.practice,
        patients=len(listed.lines) + len(listed.former),
    )
    return list_page(request, listed, choice_of(request.GET), unsaved)


def _in_large_type(
    request: PracticeRequest, listed: Board, high_user: HighUser, answer: Answer | None = None
) -> HttpResponse:
    record(actor=request.user, action=AuditAction.READ, obj=high_user, practice=request.practice)
    return meeting_page(request, listed, high_user, answer)


def _board(request: PracticeRequest) -> Board:
    return board(request.practice, timezone.localdate())


def _extract(listed: Board, high_user: HighUser) -> Extract:
    """The extract that is gone through, when this patient stands on it."""
    if listed.extract is None or listed.line_of(high_user) is None:
        raise Http404
    return listed.extract


def _list_address(request: PracticeRequest) -> str:
    query = choice_of(request.GET).query
    address = reverse("high_users", args=[request.practice.slug])
    return f"{address}?{query}" if query else address


def _in_place(
    request: PracticeRequest, listed: Board, high_user: HighUser, answer: Answer
) -> HttpResponse:
    """The changed parts of the row; the fields somebody is typing in are left alone."""
    if answer.is_saved and answer.is_other:
        messages.info(request, answer.message)
        return HttpResponse(headers={"HX-Refresh": "true"})
    line = listed.line_of(high_user)
    if line is None:
        raise Http404
    in_meeting = request.POST.get("page") == MEETING
    desk = desk_of(request, listed, choice_of(request.GET), in_meeting=in_meeting)
    rows_of([line], {line.key: answer})
    context = {
        "line": line,
        "answer": answer,
        "said": cells.said(desk, line, answer),
        "choice": cells.choice(desk, line) if "do" in request.POST else "",
        "renew_choice": "do" in request.POST,
        "bar": bar_of(listed),
    }
    return TemplateResponse(request, "highusers/choosing/_answer.html", context)
