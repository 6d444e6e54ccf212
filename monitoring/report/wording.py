"""The words of a report: what people wrote, quotes with consent, and last year's agreements."""

from dataclasses import replace

from monitoring.models import BlockText, ReportBlock, ReportQuote, YearMeeting
from monitoring.report.states import BlockKind, QuoteState
from monitoring.report.value import (
    AgreementWords,
    BlockWords,
    MeetingWords,
    QuoteWords,
    Report,
)

ORDER = list(BlockKind)


def texts(year: int) -> tuple[BlockWords, ...]:
    """The text of each block in the order of the report; empty ones are left out."""
    found: dict[int, BlockText] = {}
    for one in BlockText.objects.filter(block__year=year, apart=False).order_by("pk"):
        found[one.block_id] = one
    blocks = sorted(
        ReportBlock.objects.filter(year=year), key=lambda one: ORDER.index(BlockKind(one.kind))
    )
    return tuple(
        BlockWords(one.kind, found[one.pk].text)
        for one in blocks
        if one.pk in found and found[one.pk].text
    )


def quotes(year: int) -> tuple[QuoteWords, ...]:
    """Only those to which a practice consents now, in an order that says nothing about it."""
    consented = ReportQuote.objects.filter(year=year, state=QuoteState.CONSENTED)
    found = consented.order_by().values_list("block", "text")
    return tuple(QuoteWords(*one) for one in sorted((block, text or "") for block, text in found))


def meeting(year: int) -> MeetingWords | None:
    """The meeting about the report before this one, once its minutes are signed off."""
    held = (
        YearMeeting.objects.filter(year=year - 1, closed_at__isnull=False)
        .prefetch_related("agreements")
        .first()
    )
    if held is None or held.held_on is None:
        return None
    return MeetingWords(
        year=held.year,
        held_on=held.held_on.isoformat(),
        adjustments=held.adjustments,
        agreements=tuple(
            AgreementWords(
                one.text,
                one.owner,
                one.due_on.isoformat() if one.due_on else None,
                one.state,
                one.outcome,
            )
            for one in held.agreements.all()
        ),
    )


def with_words(report: Report) -> Report:
    """The same figures with the words as they are now."""
    return replace(
        report,
        meeting=meeting(report.year),
        texts=texts(report.year),
        quotes=quotes(report.year),
    )
