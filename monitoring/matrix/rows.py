"""The region at a glance: practices by six interventions, ready to be printed cell by cell.

A page of 150 practices has 900 cells; what cells share is made once per status, not per cell.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from monitoring.compliance import Obligation, PracticeStanding, Status
from monitoring.evidence.subjects import PAGES
from monitoring.overview import SETTLED, Row, rows_of, worst_of
from monitoring.tags import UNTOUCHED, Tag, obligation_tag
from practices.models import Practice

NO_BREAK = "\N{NO-BREAK SPACE}"
COUNTED = frozenset({"plans", "assistants", "professionals", "gps_twice"})


@dataclass(frozen=True, slots=True)
class Cell:
    """`url` leads to the evidence, `tag` is the status as HTML; figure and note may be ''."""

    url: str
    tag: SafeString
    word: str
    figure: str
    note: str


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """`about` says cohort, programme year and consultant in a few words."""

    practice: Practice
    url: str
    about: str
    year: int | None
    worst: Status | None
    cells: tuple[Cell, ...]


Printer = Callable[[Tag], SafeString]


def practice_rows(
    standings: Iterable[PracticeStanding], practices: Iterable[Practice]
) -> list[PracticeRow]:
    """A row per practice, in the order of `practices`."""
    by_id = {standing.participant.practice_id: standing for standing in standings}
    printed = cache(_printed)
    return [_practice_row(practice, by_id[practice.pk], printed) for practice in practices]


def _practice_row(practice: Practice, standing: PracticeStanding, printed: Printer) -> PracticeRow:
    return PracticeRow(
        practice=practice,
        url=reverse("practice_start", args=[practice.slug]),
        about=_about(practice, standing.programme_year),
        year=standing.programme_year,
        worst=worst_of(standing),
        cells=tuple(_cell(row, practice, printed) for row in rows_of(standing)),
    )


def _about(practice: Practice, year: int | None) -> str:
    words = [practice.cohort.name]
    if year is not None:
        words.append(_("year %(year)s") % {"year": year})
    if practice.stopped_on is not None:
        words.append(_("stopped"))
    elif practice.consultant is not None:
        words.append(str(practice.consultant))
    return " · ".join(words)


def _cell(row: Row, practice: Practice, printed: Printer) -> Cell:
    """After year 2 the last year stands for the row, and what was left open before is noted."""
    shown = row.current or row.earlier[-1]
    left = [o for o in row.earlier if o is not shown and o.status not in SETTLED]
    tag = _short(shown, obligation_tag(shown))
    return Cell(
        url=reverse(PAGES[row.intervention], args=[practice.slug]),
        tag=printed(tag),
        word=tag.word,
        figure=_figure(shown),
        note=_note(left[0]) if left else "",
    )


def _short(obligation: Obligation, tag: Tag) -> Tag:
    """A narrow column asks for fewer letters, not for other words."""
    if obligation.status is Status.NOT_DUE:
        opens = date_format(obligation.parts[0].opens_on, "j M Y").replace(" ", NO_BREAK)
        return replace(tag, word=_("From %(date)s") % {"date": opens})
    if tag.icon == UNTOUCHED[1]:
        return replace(tag, word=_("Not started"))
    return tag


def column_name(intervention: int) -> str:
    return {
        1: _("High users"),
        2: _("Triage"),
        3: _("Time-out"),
        4: _("Consult length"),
        5: _("Conversation"),
        6: _("Intervision"),
    }[intervention]


def _printed(tag: Tag) -> SafeString:
    return render_to_string("partials/status.html", {"tag": tag})


def _figure(obligation: Obligation) -> str:
    """ "3 of 5" against the norm, for what is counted and not settled."""
    if obligation.status in SETTLED or obligation.status is Status.NOT_DUE:
        return ""
    part = next((p for p in obligation.parts if p.name in COUNTED), None)
    if part is None:
        return ""
    values = {"achieved": part.achieved, "required": part.required}
    return _("%(achieved)s of %(required)s") % values


def _note(obligation: Obligation) -> str:
    values = {"year": obligation.programme_year, "status": obligation_tag(obligation).word}
    return _("Year %(year)s: %(status)s") % values
