"""The practices of the region by step, for the coordinator: what to note, whom to remind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from practices.joining.stages import NEXT, Standing, standing_of
from practices.models import Application, Cohort, Practice
from practices.states import JoiningMailKind, Stage

REMINDER_OF = {
    Stage.ENROLLED: JoiningMailKind.REMIND_ENROL,
    Stage.REQUESTED: JoiningMailKind.REMIND_REQUEST,
}
"""Which mail goes out about a step that is missing."""


@dataclass(frozen=True, slots=True)
class Card:
    """`next` is the step to note down now, None when there is none; `reminder` the mail that asks
    for what is missing, '' when nothing is."""

    practice: Practice
    standing: Standing
    next: Stage | None
    reminder: str

    @property
    def reminded_at(self) -> object:
        return getattr(self.practice, "reminded_at", None)


@dataclass(frozen=True, slots=True)
class Column:
    stage: Stage
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Board:
    cohort: Cohort | None
    columns: tuple[Column, ...]
    late: int


def board(today: date, cohort: Cohort | None) -> Board:
    """One query; late ones first in each column, then by name."""
    practices = Practice.objects.in_region_order().annotate(
        reminded_at=Max("joining_mails__sent_at")
    )
    if cohort is not None:
        practices = practices.filter(cohort=cohort)
    cards = [card_of(practice, today) for practice in practices]
    return Board(
        cohort=cohort,
        columns=tuple(Column(stage, _sorted(cards, stage)) for stage in Stage),
        late=sum(card.standing.late for card in cards),
    )


def card_of(practice: Practice, today: date) -> Card:
    standing = standing_of(practice, today)
    following = standing.missing if standing.stage is Stage.STARTED else NEXT.get(standing.stage)
    return Card(
        practice=practice,
        standing=standing,
        next=following,
        reminder=REMINDER_OF.get(standing.missing, "") if standing.missing else "",
    )


def waiting_applications() -> list[Application]:
    """Those to decide first, then those whose address is not confirmed; the oldest first."""
    undecided = Application.objects.filter(decided_at=None).select_related("cohort")
    return sorted(undecided, key=lambda one: (one.confirmed_at is None, one.sent_at))


def applications_to_decide() -> QuerySet[Application]:
    """Those whose address is confirmed: they wait for the region."""
    return Application.objects.filter(decided_at=None, confirmed_at__isnull=False)


def _sorted(cards: Iterable[Card], stage: Stage) -> tuple[Card, ...]:
    here = [card for card in cards if card.standing.stage is stage]
    return tuple(sorted(here, key=lambda card: not card.standing.late))
