"""The minutes as a document."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from monitoring.models import YearMeeting
from monitoring.report.document import AUTHOR
from monitoring.report.sections import paragraphs
from monitoring.report.states import AgreementState
from mtvp.charts.numbers import day
from mtvp.documents.model import (
    Block,
    Column,
    Document,
    Heading,
    Kind,
    Paragraph,
    Table,
    Value,
)


def minutes_document(meeting: YearMeeting) -> Document:
    """In the active language; a draft until it is signed off."""
    title = _("Minutes of the yearly meeting about %(year)s") % {"year": meeting.year}
    return Document(
        title=title,
        subtitle=_("More Time for the Patient: health insurers, GPs and PrimaCura"),
        language="nl",
        author=AUTHOR,
        created_on=meeting.held_on or date(meeting.year, 12, 31),
        details=tuple(_details(meeting)),
        blocks=tuple(_blocks(meeting)),
        footer=title,
        draft=meeting.closed_at is None,
        sheet=True,
    )


def _details(meeting: YearMeeting) -> Iterator[tuple[str, str]]:
    if meeting.held_on:
        yield _("Date"), day(meeting.held_on)
    for label, words in (
        (_("For the insurers"), meeting.insurers),
        (_("Delegation of GPs"), meeting.delegation),
        (_("For PrimaCura"), meeting.region),
    ):
        if words:
            yield label, ", ".join(words.split("\n")).replace("\r", "")
    if meeting.signed_off_on:
        signed = f"{day(meeting.signed_off_on)}, {meeting.signed_off_by}"
        yield _("Agreed to by both sides"), " ".join(signed.split())


def _blocks(meeting: YearMeeting) -> Iterator[Block]:
    if meeting.discussed:
        yield Heading(_("What was discussed"))
        yield from paragraphs(meeting.discussed)
    yield Heading(_("Agreements"))
    rows: list[tuple[Value, ...]] = [
        (one.text, one.owner, one.due_on or "", str(AgreementState(one.state).label))
        for one in meeting.agreements.all()
    ]
    if rows:
        columns = (
            Column(_("Agreement")),
            Column(_("Who")),
            Column(_("To be done before"), Kind.DATE),
            Column(_("State")),
        )
        yield Table(_("What was agreed"), columns, tuple(rows))
    else:
        yield Paragraph(_("Nothing was agreed."))
    if meeting.adjustments:
        yield Heading(_("Adjustments"))
        yield from paragraphs(meeting.adjustments)
