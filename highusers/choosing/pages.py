"""The list of high users as a page, and what stands around it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from highusers.choosing.cells import Desk, answers, states, words
from highusers.choosing.listing import Board, Line
from highusers.choosing.order import (
    WITHOUT_PROFILE,
    Choice,
    Column,
    shown,
    standing_names,
    verdict_names,
)
from highusers.choosing.rows import body, profile_options, rows_of
from highusers.choosing.rules import is_candidate, takes_the_highest
from highusers.choosing.saving import Answer, profile_name
from practices.permissions import Permission
from practices.tenancy import PracticeRequest

ANY = "v-00"


@dataclass(frozen=True, slots=True)
class Head:
    """A column: `query` asks for the list in its order, `sort` is the value of `aria-sort`."""

    label: str
    query: str
    sort: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """How far choosing is: patients chosen on this extract or with a plan of this year."""

    picked: int
    needed: int
    chosen: tuple[Line, ...]
    to_plan: int
    takes_the_highest: bool


def list_page(
    request: PracticeRequest,
    listed: Board,
    choice: Choice,
    unsaved: Mapping[str, Answer] | None = None,
) -> HttpResponse:
    """`unsaved`: saves that did not succeed, by the key of their line."""
    may_see = Permission.SEE_PLANS in request.access
    lines = shown(listed.lines, choice)
    context = {
        "board": listed,
        "shown": len(lines),
        "tells_channels": any(line.channels for line in lines),
        "body": body(rows_of(lines, unsaved), desk_of(request, listed, choice)),
        "choice": choice,
        "heads": heads(choice, with_judgements=may_see),
        "verdicts": verdict_names(),
        "standings": standing_names(with_choices=may_see),
        "profile_names": [
            ("", _("All")),
            (WITHOUT_PROFILE, _("Without a profile")),
            *((str(one.number), profile_name(one)) for one in listed.profiles),
        ],
        "may_import": Permission.IMPORT_EXTRACT in request.access,
        "may_see_plans": may_see,
        "may_choose": may_choose(request),
        "bar": bar_of(listed),
        "plan_at": reverse("patient_plan", args=[request.practice.slug, ANY])[: -len(ANY) - 1],
        "ties": any(is_candidate(line) for line in lines) if may_see else False,
    }
    page = "highusers/high_users.html"
    return TemplateResponse(request, page, context)


def desk_of(
    request: PracticeRequest, listed: Board, choice: Choice, *, in_meeting: bool = False
) -> Desk:
    slug = request.practice.slug
    return Desk(
        judge_at=reverse("judge_patient", args=[slug, ANY]).removesuffix(f"{ANY}/"),
        plan_at=reverse("patient_plan", args=[slug, ANY]).removesuffix(f"{ANY}/"),
        query=f"?{choice.query}" if choice.query else "",
        token=get_token(request),
        check=f"{static('dist/icons.svg')}#check-lg",
        words=words(),
        answers=answers(),
        states=states(),
        profiles=profile_options(listed.profiles),
        may_see=Permission.SEE_PLANS in request.access,
        may_choose=may_choose(request),
        in_meeting=in_meeting,
    )


def may_choose(request: PracticeRequest) -> bool:
    return {Permission.SEE_PLANS, Permission.WRITE_PLANS} <= request.access.permissions


def bar_of(listed: Board) -> Bar:
    chosen = tuple(listed.chosen)
    return Bar(
        picked=sum(line.is_chosen or line.plan is not None for line in listed.lines),
        needed=listed.needed,
        chosen=chosen,
        to_plan=sum(line.plan is None for line in chosen),
        takes_the_highest=takes_the_highest(listed.lines),
    )


def heads(choice: Choice, *, with_judgements: bool) -> list[Head]:
    labels = {
        Column.CODE: _("Code"),
        Column.CONTACTS: _("Contacts"),
        Column.AGE: _("Age"),
        Column.PLAN: _("Plan"),
    }
    if with_judgements:
        labels |= {
            Column.VERDICT: _("Can it be influenced?"),
            Column.PROFILE: _("Profile"),
            Column.CHOICE: _("Choice"),
        }
    return [
        Head(label, choice.ordered_by(column), _sort(choice, column), column == Column.CONTACTS)
        for column, label in labels.items()
    ]


def _sort(choice: Choice, column: Column) -> str:
    if choice.column != column:
        return ""
    return "descending" if choice.is_descending else "ascending"
