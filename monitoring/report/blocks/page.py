"""The blocks of a year as the builder shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from monitoring.models import BlockText, Report, ReportBlock
from monitoring.report.states import ONLY_WORDS, BlockKind, BlockState
from monitoring.states import ReportState

WRITE_BY = (3, 1)
"""Month and day after the year on which a block is due, until the coordinator says otherwise."""

TO_BE_WRITTEN = ONLY_WORDS | {BlockKind.SUMMARY}
"""Blocks that are not ready before somebody wrote in them."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A block with what it says now. `automatic`: its figures are there and nobody has to write."""

    number: int
    block: ReportBlock
    kind: BlockKind
    text: BlockText | None
    waiting: bool
    due_on: date
    today: date

    @property
    def automatic(self) -> bool:
        return self.block.state == BlockState.TO_WRITE and self.kind not in TO_BE_WRITTEN

    @property
    def ready(self) -> bool:
        return _ready(self.kind, self.block.state)

    @property
    def late(self) -> bool:
        return not self.ready and self.due_on < self.today

    @property
    def words(self) -> str:
        """What its state is, and what is to be done."""
        if self.automatic:
            return _("Ready (automatic, 31 December)")
        if self.block.state == BlockState.TO_WRITE:
            return _("To be written: three sentences will do")
        return str(BlockState(self.block.state).label)

    @property
    def tag(self) -> tuple[str, str]:
        """Look and icon of the tag."""
        if self.ready:
            return "done", "check-lg"
        if self.late:
            return "attention", "exclamation-triangle-fill"
        if self.block.state == BlockState.WRITING:
            return "busy", "circle-half"
        return "empty", "circle"


def shown_blocks(year: int, today: date) -> list[Shown]:
    """All blocks in the order of the report, in two queries; those of which there is no row yet
    as they would begin."""
    rows = {
        one.kind: one
        for one in ReportBlock.objects.filter(year=year).select_related("owner__person")
    }
    current: dict[int, BlockText] = {}
    waiting = set()
    found = BlockText.objects.filter(block__year=year).select_related("written_by__person")
    for text in found.order_by("pk"):
        if text.apart:
            waiting.add(text.block_id)
        else:
            current[text.block_id] = text
    return [
        _shown(
            number,
            rows.get(kind) or ReportBlock(year=year, kind=kind),
            kind,
            current,
            waiting,
            today,
        )
        for number, kind in enumerate(BlockKind, start=1)
    ]


def _shown(
    number: int,
    block: ReportBlock,
    kind: BlockKind,
    current: dict[int, BlockText],
    waiting: set[int],
    today: date,
) -> Shown:
    due_on = block.due_on or date(block.year + 1, *WRITE_BY)
    return Shown(
        number, block, kind, current.get(block.pk or 0), block.pk in waiting, due_on, today
    )


@dataclass(frozen=True, slots=True)
class YearCard:
    """A year in the overview: how many blocks are ready, and its reports."""

    year: int
    ready: int
    total: int
    reports: tuple[Report, ...]

    @property
    def percent(self) -> int:
        return round(100 * self.ready / self.total)


def year_cards(years: Iterable[int], reports: Iterable[Report]) -> list[YearCard]:
    """In the order of the years; one query."""
    wanted = list(years)
    states: dict[int, dict[str, str]] = {year: {} for year in wanted}
    for block in ReportBlock.objects.filter(year__in=wanted):
        states[block.year][block.kind] = block.state
    stored = list(reports)
    return [
        YearCard(
            year,
            sum(_ready(kind, states[year].get(kind, BlockState.TO_WRITE)) for kind in BlockKind),
            len(BlockKind),
            tuple(one for one in stored if one.year == year),
        )
        for year in wanted
    ]


def _ready(kind: BlockKind, state: str) -> bool:
    automatic = state == BlockState.TO_WRITE and kind not in TO_BE_WRITTEN
    return automatic or state == BlockState.READY


def figures_of(year: int) -> Report | None:
    """A report from which a block's figures are shown: a draft before a final one, and one with
    the regional fee before one without."""
    stored = list(Report.objects.filter(year=year).select_related("insurer"))
    return max(
        stored,
        key=lambda one: (
            one.state == ReportState.DRAFT,
            bool(one.value.get("regional_fee")),
            not one.appendix,
            one.version,
        ),
        default=None,
    )
