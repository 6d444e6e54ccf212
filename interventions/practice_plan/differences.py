"""What changed between two versions of a plan, word by word: pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

_WORDS = re.compile(r"\s+|[^\s]+")


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section of the newer or the older version; `texts` holds its fields in pieces."""

    section: Mapping[str, Any]
    change: Change
    texts: Mapping[str, tuple[Piece, ...]]

    @property
    def changed(self) -> bool:
        pieces = (piece for text in self.texts.values() for piece in text)
        return self.change is not Change.SAME or any(p.change is not Change.SAME for p in pieces)


def word_differences(old: str, new: str) -> tuple[Piece, ...]:
    """Put together, what is not added is the old text and what is not removed is the new one."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Change.SAME, "".join(before[a:b])))
            continue
        if a != b:
            pieces.append(Piece(Change.REMOVED, "".join(before[a:b])))
        if c != d:
            pieces.append(Piece(Change.ADDED, "".join(after[c:d])))
    return tuple(pieces)


def section_differences(
    old: Iterable[Mapping[str, Any]], new: Iterable[Mapping[str, Any]]
) -> list[SectionChange]:
    """In the order of the newer version; what it no longer has stands at the end."""
    before = {one["key"]: one for one in old}
    changes = []
    for section in new:
        earlier = before.pop(section["key"], None)
        change = Change.ADDED if earlier is None else Change.SAME
        changes.append(_compared(section, change, earlier or {"texts": {}}, section))
    nothing: Mapping[str, Any] = {"texts": {}}
    gone = [_compared(one, Change.REMOVED, one, nothing) for one in before.values()]
    return changes + gone


def _compared(
    section: Mapping[str, Any], change: Change, old: Mapping[str, Any], new: Mapping[str, Any]
) -> SectionChange:
    fields = dict.fromkeys([*new["texts"], *old["texts"]])
    texts = {
        name: word_differences(old["texts"].get(name, ""), new["texts"].get(name, ""))
        for name in fields
    }
    return SectionChange(section, change, texts)
