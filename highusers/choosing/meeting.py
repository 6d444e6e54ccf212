"""One patient in large type: the page that a team looks at together."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from highusers.choosing import cells
from highusers.choosing.contacts import Course
from highusers.choosing.listing import Board, Line
from highusers.choosing.order import Choice, shown
from highusers.choosing.pages import bar_of, desk_of
from highusers.choosing.rows import course_title, course_words, rows_of
from highusers.choosing.saving import Answer, profile_name
from highusers.models import HighUser
from highusers.states import Influenceable
from mtvp.charts.chart import Chart
from mtvp.charts.lines import LineSeries, line_chart
from mtvp.charts.numbers import number
from mtvp.documents.html import chart_html
from practices.tenancy import PracticeRequest

KEYS = {Influenceable.YES: "j", Influenceable.DOUBT: "t", Influenceable.NO: "n"}
"""The keys of the meeting, by their Dutch words; the page shows them."""

_WIDTH = 480
"""Narrow, so that its text is large on half of a large screen, and readable on a tablet."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is in the list: the `number`-th of `total`; keys of the neighbours or ''."""

    number: int
    total: int
    before: str
    after: str


def start_of(listed: Board) -> str | None:
    """The first patient of whom nothing was said yet, else the first; None without patients."""
    lines = shown(listed.lines, Choice())
    first = next((line for line in lines if not line.is_judged), lines[0] if lines else None)
    return first.key if first else None


def meeting_page(
    request: PracticeRequest, listed: Board, high_user: HighUser, answer: Answer | None = None
) -> HttpResponse:
    """`answer`: a save that did not succeed."""
    lines = shown(listed.lines, Choice())
    at = next(place for place, line in enumerate(lines) if line.high_user.pk == high_user.pk)
    line = lines[at]
    chart = course_chart(line.course)
    desk = desk_of(request, listed, Choice(), in_meeting=True)
    (row,) = rows_of([line], {line.key: answer} if answer else None)
    context = {
        "board": listed,
        "row": row,
        "form": cells.form(desk, line),
        "saves": cells.saves(desk, line),
        "plans": cells.plans(desk, line),
        "said": cells.said(desk, line, answer),
        "choice": cells.choice(desk, line),
        "answer": answer,
        "bar": bar_of(listed),
        "place": place_of(lines, at),
        "chart": chart_html(chart) if chart else "",
        "per_extract": per_extract(line),
        "answers": [(one.value, one.label, KEYS[one]) for one in Influenceable],
        "profiles": [
            (one, profile_name(one), key) for key, one in enumerate(listed.profiles, start=1)
        ],
    }
    return TemplateResponse(request, "highusers/choosing/meeting.html", context)


def place_of(lines: list[Line], at: int) -> Place:
    return Place(
        number=at + 1,
        total=len(lines),
        before=lines[at - 1].key if at else "",
        after=lines[at + 1].key if at + 1 < len(lines) else "",
    )


def per_extract(line: Line) -> str:
    """Every extract with its contacts, where the figure shows months: months are known of years
    with many contacts only, and whether it was one such year is what the team asks."""
    if not line.course.by_month or len(line.stretches) < 2:
        return ""
    told = (f"{date_format(one.period_end)}: {number(one.contacts)}" for one in line.stretches)
    return "; ".join(told)


def course_chart(course: Course) -> Chart | None:
    """Contacts over time as a figure with its table; None where there is only one point."""
    if len(course.values) < 2:
        return None
    return line_chart(
        course_title(course),
        course_words(course),
        [course.label(day) for day in course.days],
        [LineSeries(_("Contacts"), course.values)],
        row_header=_("Month") if course.by_month else _("Extract until"),
        nothing=_("not known"),
        width=_WIDTH,
    )
