"""Asking a practice for its words, and what it answers. Without consent nothing is used."""

from django.db import transaction
from django.utils import timezone

from monitoring.models import ReportQuote
from monitoring.report.states import BlockKind, QuoteSource, QuoteState
from monitoring.states import SENT_TWICE
from practices.audit import record
from practices.models import Practice, User
from practices.states import AuditAction


class AnsweredMeanwhileError(Exception):
    """The quote is no longer in a state from which this step is taken."""


@transaction.atomic
def propose(
    *,
    practice: Practice,
    year: int,
    block: BlockKind,
    source: QuoteSource,
    text: str,
    actor: User,
) -> ReportQuote:
    """Ask a practice whether these words may stand in the report of a year; sent twice, it is asked
    once. The words are compared here: the table has them encrypted."""
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    own = ReportQuote.objects.filter(practice=practice, year=year, block=block, source=source)
    just_now = own.filter(
        proposed_by=actor, state=QuoteState.ASKED, proposed_at__gt=timezone.now() - SENT_TWICE
    )
    if (known := next((one for one in just_now if one.proposed == text), None)) is not None:
        return known
    made = ReportQuote.objects.create(
        practice=practice, year=year, block=block, source=source, proposed=text, proposed_by=actor
    )
    record(actor=actor, action=AuditAction.CREATE, obj=made, practice=practice, year=year)
    return made


@transaction.atomic
def consent(*, quote: ReportQuote, text: str, actor: User) -> None:
    """The practice agrees to `text`: as it was proposed, or in its own words."""
    locked = _locked(quote)
    if locked.state == QuoteState.CONSENTED:
        raise AnsweredMeanwhileError
    _answered(locked, QuoteState.CONSENTED, actor, text)


@transaction.atomic
def decline(*, quote: ReportQuote, actor: User) -> None:
    """No, or consent withdrawn: drafts lose the words, a frozen report keeps them and is published
    no more."""
    locked = _locked(quote)
    if locked.state in (QuoteState.DECLINED, QuoteState.WITHDRAWN):
        raise AnsweredMeanwhileError
    was_given = locked.state == QuoteState.CONSENTED
    _answered(locked, QuoteState.WITHDRAWN if was_given else QuoteState.DECLINED, actor)


@transaction.atomic
def drop(*, quote: ReportQuote, actor: User) -> None:
    """The region asks no longer; only as long as the practice did not answer."""
    locked = _locked(quote)
    if locked.state != QuoteState.ASKED:
        raise AnsweredMeanwhileError
    record(actor=actor, action=AuditAction.DELETE, obj=locked, practice=locked.practice)
    locked.delete()


def _answered(quote: ReportQuote, state: QuoteState, actor: User, text: str | None = None) -> None:
    quote.state, quote.text = state, text
    quote.answered_by, quote.answered_at = actor, timezone.now()
    quote.save()
    record(
        actor=actor,
        action=AuditAction.CHANGE,
        obj=quote,
        practice=quote.practice,
        state=str(state),
        edited=bool(text) and text != quote.proposed,
    )


def _locked(quote: ReportQuote) -> ReportQuote:
    return (
        ReportQuote.objects.select_for_update(no_key=True, of=("self",))
        .select_related("practice")
        .get(pk=quote.pk)
    )
