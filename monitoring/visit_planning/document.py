"""Visit sheets as blocks: for the page, and for paper with room to write."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from interventions.practice_plan.page import SectionShown
from interventions.practice_plan.states import NUMBERS, Field, Kind
from interventions.timeouts.blocks import visit_blocks
from monitoring.models import VisitAppointment
from monitoring.overview import INTERVENTIONS, rows_of
from monitoring.visit_planning.sheet import Sheet
from monitoring.words import intervention_name, joined, obligation_phrases, obligation_word
from mtvp.documents import model
from mtvp.documents.model import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    WriteOn,
)

LINES = 2
EMPTY_ROWS = 5


def sheets_document(found: Sequence[Sheet], title: str, today: date) -> Document:
    """Each practice begins on a page of its own."""
    blocks: list[Block] = []
    for number, sheet in enumerate(found):
        blocks += sheet_blocks(sheet, today, new_page=number > 0)
    if not found:
        blocks = [Paragraph(_("No visits are planned in this week."), "lead")]
    return Document(
        title=title,
        subtitle=_("More time for the patient"),
        language=get_language() or "nl",
        author="PrimaCura",
        created_on=today,
        details=((_("As of"), date_format(today)),),
        blocks=tuple(blocks),
        footer=title,
        sheet=True,
    )


def sheet_blocks(sheet: Sheet, today: date, *, new_page: bool = False) -> list[Block]:
    return [
        Heading(sheet.practice.name, 2, new_page),
        Paragraph(when_words(sheet.known.term.appointment), "lead"),
        _facts(sheet, today),
        _standing(sheet),
        *_agreements(sheet),
        *_conversation(sheet),
        *_time_outs(sheet, today),
        *_figures(sheet),
        *_bottlenecks(sheet),
        *_rest(),
    ]


def when_words(appointment: VisitAppointment | None) -> str:
    if appointment is None:
        return _("No visit is planned.")
    return _("Visit on %(day)s from %(start)s to %(end)s: %(place)s") % {
        "day": date_format(appointment.held_on, "l j F Y"),
        "start": time_format(appointment.starts_at, "H.i"),
        "end": time_format(appointment.ends_at, "H.i"),
        "place": appointment.place or _("online"),
    }


def _facts(sheet: Sheet, today: date) -> Table:
    known, practice = sheet.known, sheet.practice
    period = _("Year %(year)s · %(first)s up to and including %(last)s") % {
        "year": known.term.year,
        "first": date_format(known.term.first_day),
        "last": date_format(known.term.last_day),
    }
    left = ngettext("%(days)s day left", "%(days)s days left", known.term.days_left(today))
    team = ", ".join(f"{count} × {role.label}" for role, count in sheet.team.items())
    rows = (
        (_("Place"), ", ".join(filter(None, (practice.city, practice.neighbourhood)))),
        (_("Programme year"), f"{period} ({left % {'days': known.term.days_left(today)}})"),
        (_("Cohort"), str(practice.cohort)),
        (_("Whom to call"), _people(sheet) or _("Nobody runs the account yet.")),
        (_("Team"), team or _("Nobody is in service.")),
        (
            _("Last visit"),
            _day(known.term.last_visit_on),
        ),
    )
    return Table(_("The practice"), (Column(_("What")), Column(_("Details"))), rows)


def _day(day: date | None) -> str:
    return date_format(day) if day is not None else "–"


def _short(day: date) -> str:
    return date_format(day, "j b Y")


def _people(sheet: Sheet) -> str:
    names = [
        ", ".join(filter(None, (one.person.name, str(one.get_role_display()), one.person.email)))
        for one in sheet.contact.people
    ]
    return "; ".join(filter(None, (*names, sheet.contact.phone)))


def _standing(sheet: Sheet) -> Table:
    """As on the practice's own page, with what an earlier year left open."""
    columns = (
        Column(_("Intervention")),
        Column(_("Status")),
        Column(_("Figures")),
        Column(_("Up to and including"), model.Kind.DATE),
    )
    rows = [
        (
            intervention_name(row.intervention)
            if duty is row.obligations[0]
            else _("Year %(year)s") % {"year": duty.programme_year},
            obligation_word(duty),
            joined(obligation_phrases(duty)),
            _short(duty.deadline),
        )
        for row in rows_of(sheet.known.standing)
        for duty in row.obligations
    ]
    return Table(_("The six obligations"), columns, tuple(rows))


def _agreements(sheet: Sheet) -> list[Block]:
    title = _("Agreements that are still open")
    if not sheet.agreements:
        return [Heading(title, 3), Paragraph(_("No agreement of an earlier visit is open."))]
    columns = (
        Column(_("What")),
        Column(_("Who")),
        Column(_("Ready by"), model.Kind.DATE),
        Column(_("Made at the visit of"), model.Kind.DATE),
    )
    rows = tuple(
        (one.what, one.owner, _short(one.due_on), _short(one.held_on)) for one in sheet.agreements
    )
    return [Heading(title, 3), Table("", columns, rows)]


def _conversation(sheet: Sheet) -> Iterator[Block]:
    """The practice's own plan is the thread: what it says, and room to write."""
    sections = {Kind(one.section.kind): one for one in sheet.plan}
    by_number = {number: sections.get(kind) for kind, number in NUMBERS.items()}
    if not sheet.plan:
        yield Heading(_("The practice's plan"), 3)
        yield Paragraph(_("There is no plan for this programme year yet. Make one together."))
    for number in INTERVENTIONS:
        yield Heading(f"{number}. {intervention_name(number)}", 3)
        section = by_number.get(number)
        if section is not None:
            yield from _section(section)
        yield WriteOn(_question(number), LINES)
    for section in sheet.plan:
        if Kind(section.section.kind) not in NUMBERS:
            yield Heading(section.name, 3)
            yield from _section(section)
            yield WriteOn(_("How does it go?"), LINES)


def _section(section: SectionShown) -> Iterator[Block]:
    said = {one.name: one.words for one in section.fields}
    if not any(said.values()):
        yield Paragraph(_("The plan says nothing about this yet."), "note")
        return
    if said[Field.DOING]:
        yield Paragraph(_("Plan: %(text)s") % {"text": " ".join(said[Field.DOING].split())})
    rest = [
        f"{name.label}: {' '.join(said[name].split())}"
        for name in (Field.WHO, Field.BY_ON, Field.HOPE)
        if said[name]
    ]
    if rest:
        yield Bullets(tuple(rest))


def _question(number: int) -> str:
    return {
        1: _("Which conversation went otherwise? Is this a lasting habit?"),
        2: _("What changed at the telephone?"),
        3: _("Who uses the time-out, with what effect, and what was learned?"),
        4: _("What do team and patients notice?"),
        5: _("Which conversation stayed with you?"),
        6: _("What did intervision bring the practice?"),
    }[number]


def _time_outs(sheet: Sheet, today: date) -> list[Block]:
    """The headings of the pattern, as parts of this sheet."""
    blocks = [
        replace(block, level=3) if isinstance(block, Heading) else block
        for block in visit_blocks(sheet.practice, today)
    ]
    return [Heading(_("Time-outs of the practice"), 3), *blocks]


def _figures(sheet: Sheet) -> list[Block]:
    title = _("High users and contacts")
    if not sheet.figures:
        return [Heading(title, 3), Paragraph(_("No extract of twelve months was read in yet."))]
    columns = (
        Column(_("Year")),
        Column(_("Registered patients"), model.Kind.INT),
        Column(_("High users"), model.Kind.INT),
        Column(_("High users per 1,000"), model.Kind.DECIMAL, 1),
        Column(_("Contacts per patient"), model.Kind.DECIMAL, 1),
    )
    rows = tuple(
        (str(year), one.registered, one.high_users, one.per_thousand, one.contacts)
        for year, one in sheet.figures.items()
    )
    note = _("As in the region's overview: figures on fewer than 10 patients are not shown.")
    return [Heading(title, 3), Table("", columns, rows, note=note)]


def _bottlenecks(sheet: Sheet) -> list[Block]:
    title = _("What the practice gets stuck on")
    if not sheet.bottlenecks:
        return [Heading(title, 3), Paragraph(_("The practice reported no bottleneck."))]
    columns = (
        Column(_("Partner")),
        Column(_("What goes wrong")),
        Column(_("Reported"), model.Kind.DATE),
        Column(_("What the region does")),
    )
    rows = tuple(
        (
            one.partner_name or str(one.partner.label),
            one.text or one.structural,
            _short(one.reported_on),
            one.doing or str(one.state.label),
        )
        for one in sheet.bottlenecks
    )
    return [Heading(title, 3), Table("", columns, rows)]


def _rest() -> list[Block]:
    columns = (Column(_("What")), Column(_("Who")), Column(_("Ready by")))
    empty = tuple(("", "", "") for _row in range(EMPTY_ROWS))
    return [
        Heading(_("Also to talk about"), 3),
        WriteOn(_("Joy in work: what gives energy, what costs it?"), LINES),
        WriteOn(_("What do patients say about it? Words, no marks."), LINES),
        WriteOn(_("How does the collaboration with the social domain go?"), LINES),
        WriteOn(_("New bottlenecks: with whom, and how much does it hinder?"), LINES),
        Heading(_("New agreements"), 3),
        Table("", columns, empty, tall=True),
    ]
