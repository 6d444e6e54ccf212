"""The region at a glance: practices by six interventions, ready to be printed row by row.

A page of 150 practices has 900 cells: what cells share is made once, and rows are made into HTML
here, as a template would look up each value by its name.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from html import escape

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from monitoring.compliance import Obligation, Part, PracticeStanding, Status
from monitoring.evidence.subjects import PAGES
from monitoring.overview import SETTLED, Row, rows_of, worst_of
from monitoring.tags import UNTOUCHED, Tag, obligation_tag
from monitoring.words import current_year
from practices.models import Practice

NO_BREAK = "\N{NO-BREAK SPACE}"
HINT = '<span class="hint">{}</span>'
ANY_SLUG = "any-practice"
COUNTED = frozenset({"plans", "assistants", "professionals", "gps_twice"})


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a cell: as HTML, and in words; figure and note may be ''."""

    html: SafeString
    word: str
    figure: str
    note: str


@dataclass(frozen=True, slots=True)
class Cell:
    """`url` leads to the evidence."""

    url: str
    content: Content


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """`about` says cohort, programme year with its last day and consultant in a few words."""

    practice: Practice
    url: str
    about: str
    year: int | None
    worst: Status | None
    cells: tuple[Cell, ...]

    @property
    def html(self) -> SafeString:
        """The row as it stands in the table."""
        name, about = escape(self.practice.name), escape(self.about)
        cells = [f'<td><a href="{escape(c.url)}">{c.content.html}</a></td>' for c in self.cells]
        return mark_safe(  # noqa: S308 - the content of cells is safe, all else is escaped
            f'<tr><th scope="row"><a href="{escape(self.url)}">{name}</a><br>'
            f'<span class="hint fw-normal">{about}</span></th>{"".join(cells)}</tr>'
        )


def practice_rows(
    standings: Iterable[PracticeStanding], practices: Iterable[Practice]
) -> list[PracticeRow]:
    """A row per practice, in the order of `practices`."""
    by_id = {standing.participant.practice_id: standing for standing in standings}
    printer = _Printer()
    return [_practice_row(practice, by_id[practice.pk], printer) for practice in practices]


class _Printer:
    """Makes addresses, years and contents, each once for all that share it.

    What the engine judged alike is one and the same object, and the standings that hold them stay
    as long as a printer: cells are known by them before it is looked at what they say.
    """

    def __init__(self) -> None:
        self._addresses: dict[str, list[str]] = {}
        self._years: dict[tuple[Hashable, ...], str] = {}
        self._tags: dict[Tag, SafeString] = {}
        self._by_object: dict[tuple[int, int], Content] = {}
        self._contents: dict[tuple[Hashable, ...], Content] = {}

    def address(self, name: str, slug: str) -> str:
        if name not in self._addresses:
            self._addresses[name] = reverse(name, args=[ANY_SLUG]).split(ANY_SLUG)
        return slug.join(self._addresses[name])

    def year(self, standing: PracticeStanding) -> str:
        key = (standing.programme_year, standing.participant.start_on)
        if key not in self._years:
            self._years[key] = current_year(standing)
        return self._years[key]

    def content(self, shown: Obligation, left: Obligation | None) -> Content:
        key = (id(shown), id(left))
        if key not in self._by_object:
            matter = (_matter(shown), left and _matter(left))
            if matter not in self._contents:
                self._contents[matter] = self._new_content(shown, left)
            self._by_object[key] = self._contents[matter]
        return self._by_object[key]

    def _new_content(self, shown: Obligation, left: Obligation | None) -> Content:
        tag = _short(shown, obligation_tag(shown))
        if tag not in self._tags:
            self._tags[tag] = render_to_string("partials/status.html", {"tag": tag})
        figure, note = _figure(shown), _note(left) if left else ""
        hints = "".join(HINT.format(escape(text)) for text in (figure, note) if text)
        return Content(SafeString(self._tags[tag] + hints), tag.word, figure, note)


def _practice_row(practice: Practice, standing: PracticeStanding, printer: _Printer) -> PracticeRow:
    return PracticeRow(
        practice=practice,
        url=printer.address("practice_start", practice.slug),
        about=_about(practice, printer.year(standing)),
        year=standing.programme_year,
        worst=worst_of(standing),
        cells=tuple([_cell(row, practice.slug, printer) for row in rows_of(standing)]),
    )


def _about(practice: Practice, year: str) -> str:
    words = [practice.cohort.name, year]
    if practice.stopped_on is not None:
        words.append(_("stopped"))
    elif practice.consultant is not None:
        words.append(str(practice.consultant))
    return " · ".join(words)


def _cell(row: Row, slug: str, printer: _Printer) -> Cell:
    """After year 2 the last year stands for the row, and what was left open before is noted."""
    shown = row.current or row.earlier[-1]
    left = [o for o in row.earlier if o is not shown and o.status not in SETTLED]
    return Cell(
        url=printer.address(PAGES[row.intervention], slug),
        content=printer.content(shown, left[0] if left else None),
    )


def _matter(obligation: Obligation) -> tuple[Hashable, ...]:
    """All of an obligation that the content of a cell depends on."""
    begun = any(part.achieved for part in obligation.parts if part.status is not Status.NOT_DUE)
    opens_on = obligation.parts[0].opens_on if obligation.status is Status.NOT_DUE else None
    part = _counted(obligation)
    figure = part and (part.achieved, part.required)
    return obligation.programme_year, obligation.status, begun, opens_on, figure


def _short(obligation: Obligation, tag: Tag) -> Tag:
    """A narrow column asks for fewer letters, not for other words."""
    if obligation.status is Status.NOT_DUE:
        opens = date_format(obligation.parts[0].opens_on, "j b Y").replace(" ", NO_BREAK)
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


def _counted(obligation: Obligation) -> Part | None:
    """The part with people or plans, while its figure still says something."""
    if obligation.status in SETTLED or obligation.status is Status.NOT_DUE:
        return None
    return next((part for part in obligation.parts if part.name in COUNTED), None)


def _figure(obligation: Obligation) -> str:
    """ "3 of 5" against the norm, for what is counted and not settled."""
    part = _counted(obligation)
    if part is None:
        return ""
    values = {"achieved": part.achieved, "required": part.required}
    return _("%(achieved)s of %(required)s") % values


def _note(obligation: Obligation) -> str:
    values = {"year": obligation.programme_year, "status": obligation_tag(obligation).word}
    return _("Year %(year)s: %(status)s") % values
