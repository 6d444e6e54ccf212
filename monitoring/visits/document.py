"""The report of a visit on paper, and its blocks for the papers of others."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from monitoring.models import Visit, VisitReport
from monitoring.visits.contents import Contents, Section, contents_of, loaded
from mtvp.documents.model import Block, Column, Document, Heading, Kind, Paragraph, Table


def newest_report(visit: Visit) -> VisitReport | None:
    names = ("sent_by__person", "confirmed_by__person")
    return visit.reports.select_related(*names).order_by("-number").first()


def visit_report_blocks(visit: Visit) -> list[Block]:
    """What the practice was sent last; before that, what the visit holds now. Below a heading of
    whoever prints it."""
    report = newest_report(visit)
    contents = loaded(report.contents) if report else contents_of(visit)
    return list(contents_blocks(contents, 3))


def contents_blocks(contents: Contents, level: Literal[2, 3]) -> Iterator[Block]:
    for section in contents.sections:
        if section.said:
            yield Heading(section.title, level)
            yield _answers(section)
    if contents.stuck:
        yield Heading(_("What gets stuck with partners"), level)
        yield Table(
            "",
            (Column(_("With whom and what")), Column(_("What goes wrong"))),
            tuple((line.question, line.answer) for line in contents.stuck),
        )
    if contents.earlier:
        yield Heading(_("Agreements of earlier visits"), level)
        yield Table(
            "",
            (Column(_("Agreement")), Column(_("Who")), Column(_("How far"))),
            tuple((one.what, one.owner, one.said) for one in contents.earlier),
        )
    yield Heading(_("Agreements of this visit"), level)
    yield _agreements(contents)


def report_document(visit: Visit, report: VisitReport | None) -> Document:
    """`report` is None for a visit that was not sent yet: a draft."""
    made_on = timezone.localdate(report.sent_at) if report else timezone.localdate()
    contents = loaded(report.contents) if report else contents_of(visit)
    practice = visit.practice
    return Document(
        title=_("Report of the visit on %(date)s") % {"date": date_format(visit.held_on)},
        subtitle=f"{practice.name}, {practice.city}",
        language=get_language() or "nl",
        author=_("More time for the patient"),
        created_on=made_on,
        details=tuple(_details(visit, report)),
        blocks=tuple(contents_blocks(contents, 2)),
        footer=f"{practice.name} · {date_format(visit.held_on)}",
        draft=report is None,
        sheet=True,
    )


def _details(visit: Visit, report: VisitReport | None) -> Iterator[tuple[str, str]]:
    if visit.consultant is not None:
        yield _("Consultant"), str(visit.consultant)
    if visit.read_back_at is not None:
        yield _("Read back together"), _day(timezone.localdate(visit.read_back_at))
    if report is None:
        return
    yield _("Sent to the practice"), _by(report.sent_by, timezone.localdate(report.sent_at))
    if report.number > 1:
        yield _("Version"), str(report.number)
    if report.changed:
        yield _("What was changed"), report.changed
    if report.confirmed_at is not None:
        yield (
            _("Confirmed by the practice"),
            _by(report.confirmed_by, timezone.localdate(report.confirmed_at)),
        )


def _answers(section: Section) -> Table:
    rows = tuple((line.question, " ".join(line.answer.split())) for line in section.said)
    return Table("", (Column(_("Question")), Column(_("Answer"))), rows)


def _agreements(contents: Contents) -> Block:
    if not contents.agreements:
        return Paragraph(_("Nothing was agreed at this visit."))
    columns = (Column(_("Agreement")), Column(_("Who")), Column(_("Done before"), Kind.DATE))
    rows = tuple((one.what, one.owner or _("nobody yet"), one.due) for one in contents.agreements)
    return Table("", columns, rows)


def _day(day: date) -> str:
    return date_format(day)


def _by(who: object, day: date) -> str:
    return f"{who}, {_day(day)}" if who else _day(day)
