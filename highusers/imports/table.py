"""A file as a table of texts, whichever way it was stored.

A cell's address is its place: the row of ``head[i]`` is ``i + 1`` and the row of the body's
``i``-th line is ``first_row + i``, as a spreadsheet that opens the file numbers them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Progress = Callable[[int, int], None]
"""Called with the number of rows done and the number of rows in all."""

Score = Callable[[Sequence[Sequence[str]]], int]
"""How much of a header is recognised in the first rows."""

MAX_BYTES = 64 * 1024 * 1024
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
MAX_ROWS = 1_500_000
HEAD_ROWS = 200
BLANKS = " \t\r\n\f\v\u00a0\u200b\ufeff\u202f"
"""Signs that make no cell filled."""


@dataclass(frozen=True)
class Body:
    """The lines below the header, a column of texts per header cell."""

    columns: Sequence[Any]
    first_row: int
    _coded: dict[int, Coded] = field(default_factory=dict, repr=False)
    _digits: dict[int, bool] = field(default_factory=dict, repr=False)

    @property
    def rows(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def texts(self, index: int) -> Any:
        """A column as a pyarrow array of strings."""
        column = self.columns[index]
        return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column

    def is_digits(self, index: int) -> bool:
        """Whether every cell of a column, which has some, is made of digits alone."""
        if index not in self._digits:
            column = self.columns[index]
            repeats = pa.types.is_dictionary(column.type)
            texts = self.coded(index).distinct if repeats else column
            self._digits[index] = bool(pc.all(pc.ascii_is_decimal(texts)).as_py())
        return self._digits[index]

    def coded(self, index: int) -> Coded:
        """A column as codes into its distinct texts."""
        if index not in self._coded:
            self._coded[index] = Coded.from_arrow(self.columns[index])
        return self._coded[index]

    def cell(self, index: int, line: int) -> str:
        return str(self.columns[index][line].as_py())


class Table(Protocol):
    """One table of a file: a csv file, or one sheet of a workbook."""

    @property
    def encoding(self) -> str | None:
        """utf-8, utf-8-bom, utf-16 or windows-1252; none for a workbook."""

    @property
    def delimiter(self) -> str | None:
        """The sign between cells; none for a workbook."""

    @property
    def head(self) -> list[list[str]]:
        """The first rows of the file, those above the header included."""

    @property
    def size(self) -> tuple[int, int]:
        """The numbers of columns and rows."""

    def body(self, *, header: int, width: int, coded: AbstractSet[int], progress: Progress) -> Body:
        """The lines below ``head[header]``; ``coded`` columns are likely to repeat texts."""


@dataclass(frozen=True)
class Coded:
    """A column whose distinct texts are listed once, so that a rule reads each only once."""

    codes: NDArray[np.int32]
    texts: list[str]
    distinct: Any = field(repr=False)

    @classmethod
    def from_arrow(cls, column: Any) -> Coded:
        """From a pyarrow chunked array of strings, or of a dictionary of strings."""
        if not pa.types.is_dictionary(column.type):
            column = column.dictionary_encode()
        column = column.unify_dictionaries()
        if column.num_chunks == 0:
            return cls(np.empty(0, np.int32), [], pa.array([], pa.string()))
        codes = np.concatenate([chunk.indices.to_numpy() for chunk in column.chunks])
        distinct = column.chunk(0).dictionary
        return cls(codes.astype(np.int32, copy=False), distinct.to_pylist(), distinct)

    @classmethod
    def of_texts(cls, texts: Sequence[str]) -> Coded:
        """From plain texts."""
        return cls.from_arrow(pa.chunked_array([pa.array(texts, pa.string())]))

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """Per distinct text in how many lines it stands."""
        return np.bincount(self.codes, minlength=len(self.texts))

    def matching(self, pattern: str) -> NDArray[np.bool_]:
        """Per distinct text whether a regular expression of RE2 finds something in it."""
        found = pc.match_substring_regex(self.distinct, pattern)
        return np.asarray(found.to_numpy(zero_copy_only=False), np.bool_)

    def numbers(self, rule: Callable[[str], int | None]) -> NDArray[np.int64]:
        """Per line what ``rule`` reads in its text; -1 where it reads nothing."""
        read = (rule(text) for text in self.texts)
        values = np.fromiter((-1 if one is None else one for one in read), np.int64)
        return values[self.codes]

    def flags(self, rule: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Per line whether its text satisfies ``rule``."""
        return self.answers(rule)[self.codes]

    def answers(self, rule: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Per distinct text whether it satisfies ``rule``."""
        return np.fromiter((rule(text) for text in self.texts), np.bool_, len(self.texts))
