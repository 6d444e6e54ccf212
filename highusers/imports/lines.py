"""Which lines below the header hold data, and which are blank or a total line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from highusers.imports.table import BLANKS, Body, Coded
from highusers.imports.values import TOTAL_WORDS

Mask = NDArray[np.bool_]

_TOTAL = r"^[\s\x{a0}\x{feff}]*(" + "|".join(TOTAL_WORDS) + ")"


@dataclass(frozen=True)
class Lines:
    """``data`` marks the lines that count as rows; ``totals`` are the places of total lines."""

    data: Mask
    totals: NDArray[np.int64]


def find_data_lines(body: Body, sure: Sequence[int]) -> Lines:
    """Tell data lines from blank and total lines.

    A total line begins, in its first filled cell, with a word as totaal or einde, or has one
    filled cell only. ``sure`` are two or more columns that ordinary lines fill: only a line
    with a gap there can have fewer than two filled cells, so only those are counted out.
    """
    data = np.ones(body.rows, np.bool_)
    gap = np.zeros(body.rows, np.bool_)
    for index in sure:
        gap |= _per_line(body.coded(index), _is_blank)
    places = np.flatnonzero(gap)
    filled = np.zeros(len(places), np.int64)
    if len(places):
        for column in body.columns:
            filled += ~_blank(column.take(pa.array(places)))
    data[places[filled < 2]] = False
    begins = _begins_as_total(body)
    data[begins] = False
    lone = places[filled == 1]
    return Lines(data, np.union1d(lone, begins))


def _begins_as_total(body: Body) -> NDArray[np.int64]:
    """The lines of which the first filled cell begins as a total line does."""
    found: list[NDArray[np.int64]] = []
    places: NDArray[np.int64] | None = None
    for index, column in enumerate(body.columns):
        if body.is_digits(index):
            break
        cells = column if places is None else column.take(pa.array(places))
        begins, blank = _answers(cells, _is_total), _blank(cells)
        here = np.arange(body.rows) if places is None else places
        found.append(here[begins])
        places = here[blank]
        if not len(places):
            break
    return np.concatenate(found) if found else np.empty(0, np.int64)


def _is_total(texts: Any) -> Any:
    return pc.match_substring_regex(texts, _TOTAL, ignore_case=True)


def _is_blank(texts: Any) -> Any:
    return pc.equal(pc.binary_length(pc.utf8_trim(texts, BLANKS)), 0)


def _blank(column: Any) -> Mask:
    return _answers(column, _is_blank)


def _answers(column: Any, rule: Any) -> Mask:
    """The rule's answer per line of a column as the body holds it."""
    if pa.types.is_dictionary(column.type):
        return _per_line(Coded.from_arrow(column), rule)
    return np.asarray(rule(column).to_numpy(), np.bool_)


def _per_line(coded: Coded, rule: Any) -> Mask:
    """The same, asking each distinct text once."""
    answers = rule(coded.distinct).to_numpy(zero_copy_only=False)
    return np.asarray(answers, np.bool_)[coded.codes]
