"""The type column of a file with contacts: a kind per line, and what was not recognised."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from highusers.imports.definitions import COUNTING, Kind, channel_of, kind_of
from highusers.imports.lines import Mask
from highusers.imports.table import Coded
from highusers.imports.values import clean

KINDS: tuple[Kind, ...] = tuple(Kind)
KEPT_KINDS: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind in COUNTING)
"""Kinds of which sums are kept: those that at least one definition counts."""


@dataclass(frozen=True)
class Types:
    """``kinds`` holds per line a place in ``KINDS``; ``coded`` the words of the file itself."""

    kinds: NDArray[np.int64]
    coded: Coded

    @classmethod
    def of(cls, coded: Coded) -> Types:
        place = {kind: index for index, kind in enumerate(KINDS)}
        return cls(coded.numbers(lambda text: place[kind_of(text)]), coded)

    def blank_lines(self, lines: Mask) -> int:
        """How many of the lines name no type."""
        return int((self.coded.flags(lambda text: not clean(text)) & lines).sum())

    def unknown(self, lines: Mask) -> tuple[tuple[str, int], ...]:
        """The words that were not recognised with their numbers of lines, the commonest first."""
        per_text = np.bincount(self.coded.codes[lines], minlength=len(self.coded.texts))
        found: Counter[str] = Counter()
        for text, count in zip(self.coded.texts, per_text.tolist(), strict=True):
            if count and clean(text) and kind_of(text) is Kind.UNKNOWN:
                found[" ".join(clean(text).split())] += count
        return tuple(found.most_common())


def type_key(kind: Kind) -> str:
    """How sums are stored: "telephone/remote"."""
    return f"{kind.value}/{channel_of(kind).value}"
