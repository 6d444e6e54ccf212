"""Rows → contacts per patient, for both shapes of file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from highusers.imports import values
from highusers.imports.checks import (
    Judged,
    refuse_names,
    reject_missing_patients,
    reject_repeated_contacts,
    reject_repeated_patients,
    reject_unreadable_days,
    reject_unreadable_numbers,
)
from highusers.imports.contact_types import KEPT_KINDS, KINDS, Types, type_key
from highusers.imports.definitions import ContactDefinition, Kind
from highusers.imports.lines import Mask
from highusers.imports.mapping import Columns
from highusers.imports.synonyms import Field
from highusers.imports.table import Body

MANY_CONTACTS = 366

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Patients:
    """Contacts per patient.

    ``frame`` has a row per patient: patient (normalised number), contacts (int), birth_year
    (int, 0 when unknown), sex ('M', 'F' or ''). ``by_type`` has its rows in the same order and
    a column of sums per "type/channel"; it keeps the types that some definition counts, and is
    without columns when the file tells none. ``by_month`` holds, for patients at or above the
    threshold in a file with dates, contacts per "2024-03".
    """

    frame: pd.DataFrame
    by_type: pd.DataFrame
    by_month: dict[str, dict[str, int]]

    @cached_property
    def sums_by_type(self) -> dict[str, int] | None:
        """Contacts of all patients per "type/channel"; nothing where the file tells no type."""
        sums = {str(name): int(number) for name, number in self.by_type.sum().items()}
        return {name: number for name, number in sums.items() if number} if sums else None


@dataclass(frozen=True)
class Counted:
    """The outcome of one file, and what the warnings need to know of it."""

    patients: Patients
    judged: Judged
    outside_period: int = 0
    equal_lines: int = 0
    blank_types: int = 0
    unknown_types: tuple[tuple[str, int], ...] = ()
    many_contacts_rows: tuple[int, ...] = ()
    has_types: bool = False


@dataclass(frozen=True)
class Keyed:
    """Patient per line as a place in ``keys``; -1 where the line has none."""

    places: Integers
    keys: list[str]

    def at(self, lines: Integers) -> list[str]:
        """The normalised numbers of the patients of these lines."""
        return [self.keys[place] for place in self.places[lines].tolist()]


def count_totals(
    body: Body,
    columns: Columns,
    data: Mask,
    *,
    definition: ContactDefinition,
    latest_year: int,
) -> Counted:
    """A file with one row per patient; a total wins over the sum of its parts."""
    judged = Judged(body, data.copy())
    keyed = _keyed(body, columns)
    header = columns.fields[Field.PATIENT]
    reject_missing_patients(judged, header, keyed.places)
    totals = _stated_totals(judged, columns)
    parts = _parts(judged, columns)
    if totals is None:
        totals = _sum_of_parts(judged, columns, parts, definition)
    reject_repeated_patients(judged, header, keyed.places)
    lines = np.flatnonzero(judged.accepted)
    people = _people(body, columns, lambda: lines, latest_year)
    by_type = {type_key(kind): numbers[lines] for kind, numbers in parts.items()}
    many = lines[totals[lines] > MANY_CONTACTS] + body.first_row
    return Counted(
        Patients(_frame(keyed.at(lines), totals[lines], people), pd.DataFrame(by_type), {}),
        judged,
        many_contacts_rows=tuple(many.tolist()),
        has_types=bool(parts),
    )


def count_contacts(
    body: Body,
    columns: Columns,
    data: Mask,
    *,
    period: tuple[date, date],
    definition: ContactDefinition,
    threshold: int,
) -> Counted:
    """A file with one row per contact; patients are those with a counting contact."""
    judged = Judged(body, data.copy())
    keyed = _keyed(body, columns)
    reject_missing_patients(judged, columns.fields[Field.PATIENT], keyed.places)
    days = body.coded(columns.fields[Field.DATE].index).numbers(_ordinal)
    reject_unreadable_days(judged, columns.fields[Field.DATE], days)
    numbered = np.zeros(body.rows, np.bool_)
    if Field.NUMBER in columns.fields:
        numbered = reject_repeated_contacts(judged, columns.fields[Field.NUMBER])
    in_period = (days >= period[0].toordinal()) & (days <= period[1].toordinal())
    considered = judged.accepted & in_period
    types = _types(body, columns)
    rows = _Rows(keyed, days, types, considered)
    return Counted(
        _per_patient(rows, body, columns, definition, threshold, period[1].year),
        judged,
        outside_period=int((judged.accepted & ~in_period).sum()),
        equal_lines=_equal_lines(rows, body, columns, considered & ~numbered),
        blank_types=types.blank_lines(judged.accepted) if types else 0,
        unknown_types=types.unknown(judged.accepted) if types else (),
        has_types=types is not None,
    )


@dataclass(frozen=True)
class _Rows:
    """What the lines of a file with contacts say."""

    keyed: Keyed
    days: Integers
    types: Types | None
    considered: Mask


def _keyed(body: Body, columns: Columns) -> Keyed:
    """The patient of each line, by the normalised number."""
    header = columns.fields[Field.PATIENT]
    coded = body.coded(header.index)
    refuse_names(coded, header)
    if coded.matching(values.PLAIN_KEY).all():
        return Keyed(coded.codes.astype(np.int64), coded.texts)
    place_of: dict[str, int] = {}
    places = np.full(len(coded.texts), -1, np.int64)
    for index, text in enumerate(coded.texts):
        key = values.patient_key(text)
        if key:
            places[index] = place_of.setdefault(key, len(place_of))
    return Keyed(places[coded.codes], list(place_of))


def _stated_totals(judged: Judged, columns: Columns) -> Integers | None:
    header = columns.fields.get(Field.TOTAL)
    if header is None:
        return None
    totals = judged.body.coded(header.index).numbers(values.whole_number)
    reject_unreadable_numbers(judged, header, totals)
    return totals


def _parts(judged: Judged, columns: Columns) -> dict[Kind, Integers]:
    """Contacts per kind; a blank cell there is none."""
    parts: dict[Kind, Integers] = {}
    for kind, header in columns.parts.items():
        parts[kind] = judged.body.coded(header.index).numbers(_blank_is_none)
        reject_unreadable_numbers(judged, header, parts[kind])
    return parts


def _blank_is_none(text: str) -> int | None:
    return values.whole_number(text) if values.clean(text) else 0


def _sum_of_parts(
    judged: Judged,
    columns: Columns,
    parts: dict[Kind, Integers],
    definition: ContactDefinition,
) -> Integers:
    """The total where the file states none; a row with all parts blank has no total."""
    filled = np.zeros(judged.body.rows, np.bool_)
    totals = np.zeros(judged.body.rows, np.int64)
    for kind, numbers in parts.items():
        index = columns.parts[kind].index
        filled |= judged.body.coded(index).flags(lambda text: bool(values.clean(text)))
        if kind in definition.counts:
            totals += np.maximum(numbers, 0)
    reject_unreadable_numbers(
        judged, next(iter(columns.parts.values())), np.where(filled, totals, -1)
    )
    return totals


def _ordinal(text: str) -> int | None:
    day = values.calendar_day(text)
    return day.toordinal() if day else None


def _types(body: Body, columns: Columns) -> Types | None:
    header = columns.fields.get(Field.TYPE)
    return Types.of(body.coded(header.index)) if header else None


def _per_patient(
    rows: _Rows,
    body: Body,
    columns: Columns,
    definition: ContactDefinition,
    threshold: int,
    latest_year: int,
) -> Patients:
    counting = rows.considered
    if rows.types:
        counting = counting & _counts(definition)[rows.types.kinds]
    contacts = np.bincount(rows.keyed.places[counting], minlength=len(rows.keyed.keys))
    present = np.flatnonzero(contacts)
    patients = [rows.keyed.keys[place] for place in present.tolist()]
    lines = partial(_first_lines, rows.keyed, counting, present)
    return Patients(
        _frame(patients, contacts[present], _people(body, columns, lines, latest_year)),
        _by_type(rows, present),
        _by_month(rows, counting, contacts >= threshold),
    )


def _counts(definition: ContactDefinition) -> Mask:
    return np.array([kind in definition.counts for kind in KINDS], np.bool_)


def _first_lines(keyed: Keyed, lines: Mask, patients: Integers) -> Integers:
    """The first of the lines of each of these patients, who all have one."""
    places = np.flatnonzero(lines)[::-1]
    first = np.empty(len(keyed.keys), np.int64)
    first[keyed.places[places]] = places
    return first[patients]


def _by_type(rows: _Rows, present: Integers) -> pd.DataFrame:
    if rows.types is None:
        return pd.DataFrame(index=range(len(present)))
    lines = rows.considered
    cells = rows.keyed.places[lines] * len(KINDS) + rows.types.kinds[lines]
    sums = np.bincount(cells, minlength=len(rows.keyed.keys) * len(KINDS))
    table = sums.reshape(-1, len(KINDS))[present]
    kept = [kind for kind in KEPT_KINDS if table[:, KINDS.index(kind)].any()]
    return pd.DataFrame({type_key(kind): table[:, KINDS.index(kind)] for kind in kept})


def _by_month(rows: _Rows, counting: Mask, high: Mask) -> dict[str, dict[str, int]]:
    lines = np.flatnonzero(counting)
    lines = lines[high[rows.keyed.places[lines]]]
    if not len(lines):
        return {}
    days = rows.days[lines]
    first = int(days.min())
    names = [date.fromordinal(day).isoformat()[:7] for day in range(first, int(days.max()) + 1)]
    ordered = sorted(set(names))
    month_of_day = np.array([ordered.index(name) for name in names])
    cells = rows.keyed.places[lines] * len(ordered) + month_of_day[days - first]
    sums = np.bincount(cells, minlength=len(high) * len(ordered)).reshape(-1, len(ordered))
    patients = np.flatnonzero(high)
    return {
        rows.keyed.keys[place]: {
            month: number for month, number in zip(ordered, of_months, strict=True) if number
        }
        for place, of_months in zip(patients.tolist(), sums[patients].tolist(), strict=True)
    }


def _equal_lines(rows: _Rows, body: Body, columns: Columns, lines: Mask) -> int:
    """How many lines repeat an earlier line in every cell."""
    places = np.flatnonzero(lines)
    first_look = pd.DataFrame({"patient": rows.keyed.places[places], "day": rows.days[places]})
    alike = places[first_look.duplicated(keep=False).to_numpy()]
    if not len(alike):
        return 0
    cells = {
        str(index): column.take(pa.array(alike)).cast(pa.string()).to_pylist()
        for index, column in enumerate(body.columns)
    }
    return int(pd.DataFrame(cells).duplicated().sum())


def _people(
    body: Body, columns: Columns, lines: Callable[[], Integers], latest_year: int
) -> dict[str, Any]:
    """Birth year and sex as far as the file has them, from the patient's (first) line."""
    people: dict[str, Any] = {"birth_year": 0, "sex": ""}
    birth = columns.fields.get(Field.BIRTH_YEAR)
    if birth:
        years = body.coded(birth.index).numbers(
            lambda text: values.birth_year(text, latest=latest_year)
        )
        people["birth_year"] = np.maximum(years[lines()], 0)
    sex = columns.fields.get(Field.SEX)
    if sex:
        coded = body.coded(sex.index)
        words = np.array([values.sex(text) for text in coded.texts] or [""], object)
        people["sex"] = words[coded.codes[lines()]]
    return people


def _frame(patients: Sequence[str], contacts: Integers, people: dict[str, Any]) -> pd.DataFrame:
    numbers = pd.Series(patients, dtype=object)
    return pd.DataFrame({"patient": numbers, "contacts": contacts, **people})
