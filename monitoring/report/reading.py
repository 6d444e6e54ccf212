"""The report for reading on a page: its sections, with how far a draft is beside each."""

from collections.abc import Iterable
from dataclasses import dataclass

from monitoring.report.blocks.page import Shown
from mtvp.documents.html import Part, page_parts
from mtvp.documents.model import Document


@dataclass(frozen=True, slots=True)
class Section:
    """`block` says how far people are with it; None in a final report, and for a part that nobody
    writes. `part` is None for a block about which the report says nothing yet."""

    part: Part | None
    block: Shown | None = None


def sections_of(document: Document, blocks: Iterable[Shown] = ()) -> list[Section]:
    """In the order of the report; blocks that it does not hold yet come last."""
    states = {one.kind.value: one for one in blocks}
    found = [Section(part, states.pop(part.anchor, None)) for part in page_parts(document.blocks)]
    return found + [Section(None, block) for block in states.values() if not block.ready]
