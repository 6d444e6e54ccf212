"""The blocks of a year as the builder shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Value
from django.utils.translation import gettext as _

from monitoring.models import BlockText, Report, ReportBlock
from monitoring.report.states import ONLY_WORDS, BlockKind, BlockState
from monitoring.states import ReportState

WRITE_BY = (3, 1)
"""Month and day after the year on which a block is due, until the coordinator says otherwise."""

TO_BE_WRITTEN = ONLY_WORDS | {BlockKind.SUMMARY}
"""Blocks that are not ready before somebody wrote in them."""

_DRAFT = ""
"""Stands for a draft among the kinds of blocks."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A block with what it says now. `counted`: the figures of its year are there, and will not
    move on. `automatic`: it is figures alone, for nobody has to write in it."""

    number: int
    block: ReportBlock
    kind: BlockKind
    text: BlockText | None
    waiting: bool
    due_on: date
    today: date
    counted: bool

    @property
    def automatic(self) -> bool:
        return _automatic(self.kind, self.block.state)

    @property
    def ready(self) -> bool:
        return _ready(self.kind, self.block.state, counted=self.counted)

    @property
    def late(self) -> bool:
        return not self.ready and self.due_on < self.today

    @property
    def words(self) -> str:
        """What its state is, and what is to be done."""
        if self.automatic and self.counted:
            return _("Ready (automatic, 31 December)")
        if self.automatic and self.block.year >= self.today.year:
            return _("Not yet: 31 December")
        if self.automatic:
            return _("To be counted")
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
    """All blocks in the order of the report, in three queries; those of which there is no row yet
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
    counted = Report.objects.filter(year=year).exists() and year < today.year
    shown = []
    for number, kind in enumerate(BlockKind, start=1):
        block = rows.get(kind) or ReportBlock(year=year, kind=kind)
        shown.append(
            Shown(
                number=number,
                block=block,
                kind=kind,
                text=current.get(block.pk or 0),
                waiting=block.pk in waiting,
                due_on=block.due_on or date(year + 1, *WRITE_BY),
                today=today,
                counted=counted,
            )
        )
    return shown


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


def year_cards(years: Iterable[int], reports: Iterable[Report], today: date) -> list[YearCard]:
    """In the order of the years; one query."""
    wanted = list(years)
    states: dict[int, dict[str, str]] = {year: {} for year in wanted}
    for block in ReportBlock.objects.filter(year__in=wanted):
        states[block.year][block.kind] = block.state
    stored = list(reports)
    cards = []
    for year in wanted:
        own = tuple(one for one in stored if one.year == year)
        counted = bool(own) and year < today.year
        ready = _ready_among(states[year], counted=counted)
        cards.append(YearCard(year, ready, len(BlockKind), own))
    return cards


def blocks_to_write(today: date) -> int:
    """Blocks of last year's report that are not ready, as long as a report of it is a draft; one
    query."""
    year = today.year - 1
    drafts = Report.objects.filter(year=year).exclude(state=ReportState.FINAL).order_by()
    blocks = ReportBlock.objects.filter(year=year).order_by().values_list("kind", "state")
    found = list(drafts.values_list(Value(_DRAFT), "state").union(blocks, all=True))
    states = {kind: state for kind, state in found if kind != _DRAFT}
    if len(states) == len(found):
        return 0
    return len(BlockKind) - _ready_among(states, counted=True)


def _ready_among(states: Mapping[str, str], *, counted: bool) -> int:
    return sum(
        _ready(kind, states.get(kind, BlockState.TO_WRITE), counted=counted) for kind in BlockKind
    )


def _automatic(kind: BlockKind, state: str) -> bool:
    return state == BlockState.TO_WRITE and kind not in TO_BE_WRITTEN


def _ready(kind: BlockKind, state: str, *, counted: bool) -> bool:
    """A block of figures alone once they were counted, another once somebody said so."""
    return counted if _automatic(kind, state) else state == BlockState.READY


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
