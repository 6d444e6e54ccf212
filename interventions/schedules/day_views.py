"""Laying out one day of one person, row by row; copying it to other days and people."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from interventions.models import DayTemplate, TemplateBlock
from interventions.schedules import designing
from interventions.schedules.blocks import Block, clock, people
from interventions.schedules.comparing import agendas, sentences, week_of
from interventions.schedules.designing import (
    ChangedMeanwhileError,
    NameTakenError,
    OverlapError,
    TooManyError,
)
from interventions.schedules.states import BlockKind, Weekday
from interventions.schedules.template_forms import BlockForm, CopyDayForm, PersonForm
from interventions.schedules.template_views import KEEP, template_of
from mtvp.documents.html import chart_html
from practices.models import Employment
from practices.tenancy import PracticeRequest, practice_page
from practices.typed import whole_number

Row = tuple[TemplateBlock, BlockForm]


@require_http_methods(["GET", "HEAD", "POST"])
@practice_page(KEEP)
def day(request: PracticeRequest, pk: int, weekday: int) -> HttpResponse:
    """The rows of a day; a POST adds one."""
    found, who = template_of(request, pk), _who(request)
    _check(weekday)
    if not who:
        return _whose(request, found, weekday)
    if request.method != "POST":
        return _page(request, found, weekday, who, BlockForm())
    form = BlockForm(request.POST)
    made = _added(request, found, form, weekday, who) if form.is_valid() else None
    if request.htmx:
        return _fresh_rows(request, found, weekday, who, form, made)
    if made:
        messages.success(request, _("Saved."))
        return redirect(_address(request, found, weekday, who))
    return _page(request, found, weekday, who, form)


@require_POST
@practice_page(KEEP)
def block(request: PracticeRequest, pk: int, block_pk: int) -> HttpResponse:
    """Save one row, or take it out."""
    found, who = template_of(request, pk), _who(request)
    seen = found.blocks.filter(pk=block_pk).first()
    weekday = seen.weekday if seen else min(max(_number(request, "weekday", 1), 1), 5)
    based_on = _number(request, "based_on", 0)
    try:
        if "take_out" in request.POST:
            gone = designing.remove_block(
                template=found, pk=block_pk, based_on=based_on, actor=request.user
            )
            return _removed(request, found, gone)
        form = BlockForm(request.POST, block=seen)
        row = _saved(request, found, form, seen, based_on)
    except ChangedMeanwhileError as error:
        return _overtaken(request, found, weekday, who, error.now)
    if request.htmx:
        return _rows(request, found, weekday, row[0].who, row, saved=form.is_valid())
    if form.is_valid():
        messages.success(request, _("Saved."))
        return redirect(_address(request, found, weekday, row[0].who))
    return _page(request, found, weekday, row[0].who, BlockForm(), row)


@require_POST
@practice_page(KEEP)
def copy(request: PracticeRequest, pk: int, weekday: int) -> HttpResponse:
    found, who, form = template_of(request, pk), _who(request), CopyDayForm(request.POST)
    _check(weekday)
    if form.is_valid():
        designing.copy_day(
            template=found,
            who=who,
            weekday=weekday,
            to=form.cleaned_data["days"],
            actor=request.user,
        )
        messages.success(request, _("The day is copied."))
    else:
        messages.error(request, _("Choose at least one day"))
    return redirect(_address(request, found, weekday, who))


@require_POST
@practice_page(KEEP)
def person(request: PracticeRequest, pk: int) -> HttpResponse:
    """Copy somebody's week for somebody else, give it another name, or take it out."""
    found, who, form = template_of(request, pk), _who(request), PersonForm(request.POST)
    weekday = min(max(_number(request, "weekday", 1), 1), 5)
    do = request.POST.get("do")
    if do == "remove":
        designing.remove_person(template=found, who=who, actor=request.user)
        messages.success(request, _("%(who)s is out of this week.") % {"who": who})
        return redirect("day_template", request.practice.slug, pk)
    if not form.is_valid():
        messages.error(request, _("Fill in a name"))
        return redirect(_address(request, found, weekday, who))
    to = form.cleaned_data["to"]
    verb = designing.copy_person if do == "copy" else designing.rename_person
    try:
        verb(template=found, who=who, to=to, actor=request.user)
    except NameTakenError:
        messages.error(request, _("%(who)s is in this week already.") % {"who": to})
        return redirect(_address(request, found, weekday, who))
    except TooManyError:
        messages.error(request, _("More blocks do not fit in one week."))
        return redirect(_address(request, found, weekday, who))
    messages.success(request, _("Saved."))
    return redirect(_address(request, found, weekday, to))


def _page(
    request: PracticeRequest,
    found: DayTemplate,
    weekday: int,
    who: str,
    add: BlockForm,
    shown: Row | None = None,
) -> HttpResponse:
    blocks = found.blocks.filter(weekday=weekday, who=who)
    rows = [
        shown if shown and shown[0].pk == one.pk else (one, BlockForm(block=one)) for one in blocks
    ]
    failed = shown[1] if shown else add
    context = _context(request, found, weekday, who) | {
        "rows": rows,
        "add": add,
        "form": failed if failed.errors else None,
    }
    return TemplateResponse(request, "interventions/schedules/day.html", context)


def _rows(
    request: PracticeRequest,
    found: DayTemplate,
    weekday: int,
    who: str,
    row: Row | None,
    **more: Any,
) -> HttpResponse:
    """For a page that changes only the row; the picture comes along."""
    context = _context(request, found, weekday, who) | {"row": row} | more
    return TemplateResponse(request, "interventions/schedules/_rows.html", context)


def _fresh_rows(
    request: PracticeRequest,
    found: DayTemplate,
    weekday: int,
    who: str,
    form: BlockForm,
    made: TemplateBlock | None,
) -> HttpResponse:
    """A block that was put back takes the place of the offer to do so; a new one comes with an
    empty row to go on in."""
    row = (made, BlockForm(block=made)) if made else None
    if "again" not in request.POST:
        fresh = _after(made) if made else form
        fresh.fields["begins"].widget.attrs["autofocus"] = True
        return _rows(request, found, weekday, who, row, add=fresh)
    wrong = (str(text) for texts in form.errors.values() for text in texts)
    return _rows(request, found, weekday, who, row, problem=" ".join(wrong))


def _context(
    request: PracticeRequest, found: DayTemplate, weekday: int, who: str
) -> dict[str, Any]:
    week = week_of(found)
    own = [one for one in week.blocks if one.who == who]
    counts = {day: sum(one.weekday == day for one in own) for day in Weekday.values}
    return {
        "template": found,
        "weekday": Weekday(weekday),
        "who": who,
        "query": urlencode({"wie": who}),
        "days": [(day, counts[day]) for day in Weekday],
        "people": [(name, urlencode({"wie": name})) for name in people(week.blocks)],
        "picture": chart_html(agendas(own)[0]) if own else "",
        "sentences": sentences(week, None),
        "colleagues": _colleagues(request),
    }


def _whose(request: PracticeRequest, found: DayTemplate, weekday: int) -> HttpResponse:
    """Nobody was named: whose day is it?"""
    blocks = [one.block() for one in found.blocks.all()]
    context = {
        "template": found,
        "weekday": Weekday(weekday),
        "people": [(name, urlencode({"wie": name})) for name in people(blocks)],
        "colleagues": _colleagues(request),
    }
    return TemplateResponse(request, "interventions/schedules/whose.html", context)


def _added(
    request: PracticeRequest, found: DayTemplate, form: BlockForm, weekday: int, who: str
) -> TemplateBlock | None:
    try:
        return designing.add_block(
            template=found, block=form.block(weekday, who), actor=request.user
        )
    except OverlapError as error:
        form.add_error("begins", _overlap_words(error.other))
    except TooManyError:
        form.add_error(None, _("More blocks do not fit in one week."))
    return None


def _saved(
    request: PracticeRequest,
    found: DayTemplate,
    form: BlockForm,
    seen: TemplateBlock | None,
    based_on: int,
) -> Row:
    """The row as it is after this, with the form that shows what was wrong."""
    if seen is None:
        raise ChangedMeanwhileError(None)
    if not form.is_valid():
        return seen, form
    typed = form.block(seen.weekday, seen.who)
    try:
        saved = designing.save_block(
            template=found, pk=seen.pk, block=typed, based_on=based_on, actor=request.user
        )
    except OverlapError as error:
        form.add_error("begins", _overlap_words(error.other))
        return seen, form
    return saved, form


def _after(made: TemplateBlock) -> BlockForm:
    """A fresh row that goes on where the last one ended."""
    form = BlockForm()
    form.initial["begins"] = f"{made.ends // 60:02}:{made.ends % 60:02}"
    return form


def _overtaken(
    request: PracticeRequest,
    found: DayTemplate,
    weekday: int,
    who: str,
    now: TemplateBlock | None,
) -> HttpResponse:
    """What a colleague saved is told beside what was typed; saving again makes that count."""
    if now is None:
        text = _("A colleague took this block out. If you need it, add it again.")
        if request.htmx:
            return _rows(request, found, weekday, who, None, problem=text)
        messages.error(request, text)
        return redirect(_address(request, found, weekday, who))
    text = _("A colleague just changed this block: it is now %(now)s. Save again if yours counts.")
    form = BlockForm(request.POST, block=now)
    form.add_error(None, text % {"now": _block_words(now.block())})
    if request.htmx:
        return _rows(request, found, now.weekday, now.who, (now, form))
    return _page(request, found, now.weekday, now.who, BlockForm(), (now, form))


def _removed(request: PracticeRequest, found: DayTemplate, gone: Block) -> HttpResponse:
    if request.htmx:
        again = {
            "begins": f"{gone.begins // 60:02}:{gone.begins % 60:02}",
            "ends": f"{gone.ends // 60:02}:{gone.ends % 60:02}",
            "kind": gone.kind,
            "minutes": gone.minutes or "",
            "places": "" if gone.places is None else gone.places,
        }
        return _rows(request, found, gone.weekday, gone.who, None, gone=again)
    messages.success(request, _("Taken out: %(block)s") % {"block": _block_words(gone)})
    return redirect(_address(request, found, gone.weekday, gone.who))


def _overlap_words(other: Block) -> str:
    text = _("This overlaps with %(other)s. Change one of the two.")
    return text % {"other": _block_words(other)}


def _block_words(block: Block) -> str:
    kind = BlockKind(block.kind).label
    seats = f", {block.count} × {block.minutes}" if block.count else ""
    return f"{clock(block.begins)}–{clock(block.ends)} {kind}{seats}"


def _who(request: PracticeRequest) -> str:
    typed = request.POST.get("who") or request.GET.get("wie", "")
    return " ".join(typed.replace("\0", "").split())[:60]


def _address(request: PracticeRequest, found: DayTemplate, weekday: int, who: str) -> str:
    address = reverse("template_day", args=[request.practice.slug, found.pk, weekday])
    return f"{address}?{urlencode({'wie': who})}"


def _check(weekday: int) -> None:
    if weekday not in Weekday.values:
        raise Http404


def _number(request: PracticeRequest, name: str, otherwise: int) -> int:
    number = whole_number(request.POST.get(name, ""))
    return otherwise if number is None else number


def _colleagues(request: PracticeRequest) -> list[str]:
    serving = Employment.objects.in_service(timezone.localdate())
    return sorted(
        set(serving.filter(practice=request.practice).values_list("person__name", flat=True))
    )
