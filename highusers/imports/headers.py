"""What a header says: the fields it could stand for, and whether it is forbidden."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext

from highusers.imports.definitions import Kind
from highusers.imports.synonyms import (
    EXACT_BIRTH_DATE,
    FORBIDDEN_NAMES,
    FORBIDDEN_WORDS,
    NEUTRAL_WORDS,
    PARTS,
    SYNONYMS,
    Field,
)

LOOSE = 10
"""Added to the rank of a header that fits only after its neutral words are left out."""

_POINTS = re.compile(r"[.\u00ad\u200b\ufeff]")
_WORD = re.compile(r"[a-z0-9]+")
_BETWEEN_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")
_LOOKING_BACK = re.compile(
    r"\b(in )?(de |het )?(laatste|afgelopen|voorgaande) ([0-9]+ |twaalf |een )?"
    r"(mnd|maanden|maand|jaar|dagen)\b"
)


@dataclass(frozen=True)
class Header:
    """One cell of the header row; ``ranks`` are the fields it fits, the best with 0."""

    index: int
    text: str
    ranks: Mapping[Field, int]
    part: Kind | None
    forbidden: bool
    birth_date: bool

    @property
    def label(self) -> str:
        """The header's text, or the letter that a spreadsheet gives the column."""
        return self.text or gettext("column %(letter)s") % {"letter": column_letter(self.index)}

    @property
    def label_with_letter(self) -> str:
        return gettext("%(header)s (column %(letter)s)") % {
            "header": self.text,
            "letter": column_letter(self.index),
        }


Spelling = tuple[str, frozenset[str]]


def column_letter(index: int) -> str:
    """A, B, …, Z, AA, … as a spreadsheet names its columns; ``index`` from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def words_of(text: str) -> list[str]:
    """Words without capitals, diacritics and points, split on all that is no letter or digit."""
    plain = text.casefold()
    if not plain.isascii():
        spelled = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in spelled if not unicodedata.combining(letter))
    return _WORD.findall(_POINTS.sub("", plain))


def same_header(first: str, second: str) -> bool:
    """Whether two texts are the same header, however they are written."""
    return "".join(words_of(first)) == "".join(words_of(second))


def read_headers(texts: Sequence[str]) -> list[Header]:
    """What each cell of a header row says."""
    return [_read_header(index, text) for index, text in enumerate(texts)]


def _read_header(index: int, text: str) -> Header:
    shown = text.replace("\ufeff", "").strip()
    words = words_of(shown)
    exact, loose = _spelling(words), _spelling(_without_neutral(shown))
    part = _PARTS.get(exact[0]) or _PARTS.get(loose[0])
    ranks = dict(_ranks(exact, 0))
    for field, rank in _ranks(loose, LOOSE).items():
        ranks.setdefault(field, rank)
    birth_date = Field.BIRTH_YEAR in ranks and ranks[Field.BIRTH_YEAR] % LOOSE > 0
    forbidden = birth_date or (not ranks and part is None and _is_forbidden(words))
    return Header(index, shown, ranks, part, forbidden, birth_date)


def _is_forbidden(words: list[str]) -> bool:
    glued = {first + second for first, second in pairwise(words)}
    return bool(FORBIDDEN_WORDS & (set(words) | glued)) or "".join(words) in _FORBIDDEN


def _without_neutral(text: str) -> list[str]:
    words = words_of(_BETWEEN_BRACKETS.sub(" ", text)) or words_of(text)
    words = words_of(_LOOKING_BACK.sub(" ", " ".join(words)))
    return [word for word in words if word not in NEUTRAL_WORDS and not word.isdigit()]


def _spelling(words: list[str]) -> Spelling:
    return "".join(words), frozenset(words)


def _ranks(spelling: Spelling, penalty: int) -> Mapping[Field, int]:
    glued, words = spelling
    found = _GLUED.get(glued) or (_WORD_SETS.get(words) if len(words) > 1 else None)
    return {field: rank + penalty for field, rank in (found or {}).items()}


def _table_of_names() -> Iterable[tuple[str, Field, int]]:
    for field, ranked in SYNONYMS.items():
        for rank, names in enumerate(ranked):
            for name in names:
                yield name, field, rank


_GLUED: dict[str, dict[Field, int]] = {}
_WORD_SETS: dict[frozenset[str], dict[Field, int]] = {}
for _name, _field, _rank in _table_of_names():
    _words = words_of(_name)
    _GLUED.setdefault("".join(_words), {}).setdefault(_field, _rank)
    _WORD_SETS.setdefault(frozenset(_words), {}).setdefault(_field, _rank)
_PARTS = {"".join(words_of(name)): kind for kind, names in PARTS.items() for name in names}
_FORBIDDEN = {"".join(words_of(name)) for name in FORBIDDEN_NAMES}
assert all("".join(words_of(name)) in _GLUED for name in EXACT_BIRTH_DATE)
