"""What is wrong with a row: one rule, one message.

A rule looks at a whole column and answers with the lines that break it. A row is rejected for
the first rule it breaks and listed once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext
from numpy.typing import NDArray

from highusers.imports.headers import Header
from highusers.imports.lines import Mask
from highusers.imports.refusal import Refused
from highusers.imports.table import BLANKS, Body, Coded
from highusers.imports.values import begins_as_total, clean, may_be_bsn

Places = NDArray[np.int64]

ENOUGH_VALUES = 10
MOST = 0.8
LONGEST_NUMBER = 18
"""Digits that surely fit a number of 64 bits."""


@dataclass(frozen=True)
class RowError:
    """A rejected row; the column stands at ``place``, from 0. ``cell`` is for the page of the
    practice only: never log or print it."""

    row: int
    column: str
    message: str
    place: int
    cell: str = field(repr=False)


@dataclass
class Judged:
    """The rows that are still accepted, and the errors of those that are not."""

    body: Body
    accepted: Mask
    errors: list[RowError] = field(default_factory=list)

    def reject(self, header: Header, broken: Mask, message: Callable[[int], str]) -> None:
        """Reject the accepted lines of ``broken``; ``message`` is asked per line."""
        places = np.flatnonzero(broken & self.accepted)
        self.accepted[places] = False
        for place in places.tolist():
            cell = self.body.cell(header.index, place)
            row = self.body.first_row + place
            self.errors.append(RowError(row, header.label, message(place), header.index, cell))

    @property
    def sorted_errors(self) -> list[RowError]:
        return sorted(self.errors, key=lambda error: error.row)


def reject_missing_patients(judged: Judged, header: Header, patients: NDArray[np.int64]) -> None:
    """A row needs a patient number; ``patients`` holds -1 where there is none."""
    message = gettext("Fill in the patient number.")
    judged.reject(header, patients < 0, lambda place: message)


def reject_unreadable_numbers(judged: Judged, header: Header, numbers: NDArray[np.int64]) -> None:
    """A number of contacts is a whole number; ``numbers`` holds -1 where it is none."""
    message = gettext("Fill in a whole number at %(column)s, for example 34.") % {
        "column": header.label
    }
    judged.reject(header, numbers < 0, lambda place: message)


def reject_unreadable_days(judged: Judged, header: Header, days: NDArray[np.int64]) -> None:
    """A contact has a date that exists; ``days`` holds -1 where it is none."""
    message = gettext("Fill in a date at %(column)s that exists, for example 31-12-2023.") % {
        "column": header.label
    }
    judged.reject(header, days < 0, lambda place: message)


def reject_repeated_patients(judged: Judged, header: Header, patients: NDArray[np.int64]) -> None:
    """In a file of totals a patient has one row; the first is kept."""
    _reject_repeats(judged, header, patients)


def reject_repeated_contacts(judged: Judged, header: Header) -> Mask:
    """A contact number occurs once; the first is kept. Answers which lines have a number."""
    numbers = _contact_numbers(judged.body, header)
    _reject_repeats(judged, header, numbers)
    return numbers >= 0


def _reject_repeats(judged: Judged, header: Header, keys: NDArray[np.int64]) -> None:
    if (keys[1:] > keys[:-1]).all():
        return
    asked = np.flatnonzero(judged.accepted & (keys >= 0))
    repeats = pd.Series(keys[asked]).duplicated().to_numpy()
    if not repeats.any():
        return
    first: dict[int, int] = {}
    wanted = set(keys[asked[repeats]].tolist())
    for place in asked[np.isin(keys[asked], list(wanted))].tolist():
        first.setdefault(int(keys[place]), place)
    broken = np.zeros(len(judged.accepted), np.bool_)
    broken[asked[repeats]] = True
    text = gettext("This number is also in row %(row)s. Remove one of the two.")
    judged.reject(
        header,
        broken,
        lambda place: text % {"row": judged.body.first_row + first[int(keys[place])]},
    )


def _contact_numbers(body: Body, header: Header) -> Places:
    """A key per contact number, -1 where the cell is blank.

    Numbers that are all written alike are their own keys: that saves listing a million texts.
    """
    texts = body.texts(header.index)
    if body.is_digits(header.index) and _written_alike(texts):
        return np.asarray(pc.cast(texts, pa.int64()).to_numpy())
    texts = pc.utf8_trim(texts, BLANKS)
    blank = np.asarray(pc.equal(pc.binary_length(texts), 0).to_numpy())
    if not blank.any() and pc.count_distinct(texts).as_py() == len(texts):
        return np.arange(len(texts))
    coded = Coded.from_arrow(texts)
    return np.where(blank, -1, coded.codes)


def _written_alike(digits: Any) -> bool:
    """Whether two numbers of this column are equal only where their texts are."""
    lengths = pc.min_max(pc.binary_length(digits)).as_py()
    if lengths["max"] > LONGEST_NUMBER:
        return False
    return lengths["min"] == lengths["max"] or not pc.any(pc.starts_with(digits, "0")).as_py()


def is_made_of_bsns(column: Coded) -> bool:
    """Whether at least 80 % of ten or more filled cells pass the test for a BSN."""
    return _most(column, may_be_bsn, among=r"^[^a-zA-Z]{7,}$")


def refuse_names(column: Coded, header: Header) -> None:
    """A patient column in which most cells hold letters only is a column of names."""
    if _most(column, _is_name, among=r"^[^0-9]{3,}$"):
        raise Refused(
            gettext(
                "The column “%(header)s” seems to hold names instead of patient numbers. Names are"
                " never kept. Choose the column with the patient number."
            )
            % {"header": header.label}
        )


def _is_name(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return letters >= 3 and not any(map(str.isdigit, text))


def _most(column: Coded, rule: Callable[[str], bool], *, among: str) -> bool:
    """Whether a rule holds for most values of a column; words of a total line are no values.

    Only texts that match ``among`` can satisfy the rule: where they are few, none is asked.
    """
    if column.counts[column.matching(among)].sum() < MOST * ENOUGH_VALUES:
        return False
    value = column.answers(lambda text: bool(clean(text)) and not begins_as_total(text))
    filled = column.counts[value].sum()
    passing = column.counts[value & column.answers(rule)].sum()
    return bool(filled >= ENOUGH_VALUES and passing >= MOST * filled)
