"""The way of a file through the steps: read → mapping → checks → totals → warnings.

No database, no request: page, command and demo data all come through here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext

from highusers.imports.checks import Judged, is_made_of_bsns
from highusers.imports.definitions import DEFAULT_DEFINITION, ContactDefinition
from highusers.imports.headers import Header, read_headers
from highusers.imports.lines import Lines, find_data_lines
from highusers.imports.mapping import (
    FIELDS_OF_SHAPE,
    Choice,
    Columns,
    Shape,
    choose_columns,
    chosen_headers,
    find_header_row,
    header_list,
    header_score,
    suggest_columns,
)
from highusers.imports.plausibility import warnings_of
from highusers.imports.read import read
from highusers.imports.refusal import Refused
from highusers.imports.result import Parsed, Returned, Suggestion
from highusers.imports.synonyms import Field
from highusers.imports.table import Body, Coded, Progress, Table
from highusers.imports.totals import Counted, count_contacts, count_totals
from highusers.imports.values import clean, exact_day

DEFAULT_THRESHOLD = 30
EXAMPLES = 3
NO_CHOICES: Mapping[Field, Choice] = {}


def parse(
    data: bytes,
    *,
    period: tuple[date, date],
    definition: ContactDefinition = DEFAULT_DEFINITION,
    choices: Mapping[Field, Choice] = NO_CHOICES,
    threshold: int = DEFAULT_THRESHOLD,
    panel: int | None = None,
    progress: Progress | None = None,
    most_returned: int = 0,
) -> Parsed:
    """Read a file into contacts per patient; ``Refused`` when nothing of it can be taken.

    ``panel`` is the practice's number of registered patients, when known; ``most_returned`` how
    many rejected rows are handed back with their cells.
    """
    table, place, headers = _opened(data, choices)
    body, columns = _columns_of(table, place, headers, choices, progress or _no_progress)
    lines = find_data_lines(body, _sure_columns(columns))
    counted = _count(body, columns, lines, period, definition, threshold)
    total_rows = (lines.totals + body.first_row).tolist()
    judged, rows = counted.judged, int(lines.data.sum())
    if not judged.accepted.any():
        raise Refused(_nothing_accepted(headers, rows))
    return Parsed(
        shape=columns.shape,
        encoding=table.encoding,
        delimiter=table.delimiter,
        mapping=columns.by_name,
        dropped_columns=_dropped(headers, columns, body),
        definition=definition.name,
        definition_version=definition.version,
        period=period,
        threshold=threshold,
        rows=rows,
        warnings=warnings_of(counted, columns, total_rows, period, threshold, panel),
        errors=judged.sorted_errors,
        patients=counted.patients,
        outside_period=counted.outside_period,
        returned=_returned(judged, headers, most_returned),
    )


def suggest(data: bytes, *, choices: Mapping[Field, Choice] = NO_CHOICES) -> Suggestion:
    """What the columns of a file were taken for, from its first rows; for a person to check.

    Raises ``Refused`` when the file cannot be read as a table with a header.
    """
    table, place, headers = _opened(data, choices)
    below = [row + [""] * (len(headers) - len(row)) for row in table.head[place + 1 :]]
    bsn = {header.index for header in headers if _is_bsn_sample(below, header.index)}
    problem, shape = "", None
    try:
        shape = choose_columns(headers, choices, bsn).shape
    except Refused as refused:
        problem = refused.message
    chosen = suggest_columns(headers, choices, bsn)
    if shape:
        chosen = {
            field: place for field, place in chosen.items() if field in FIELDS_OF_SHAPE[shape]
        }
    free = [header for header in headers if not header.forbidden and header.index not in bsn]
    kept = [*free, *(header for header in headers if header.birth_date)]
    return Suggestion(
        shape=shape,
        headers=kept,
        chosen=chosen,
        examples={header.index: _examples(below, header.index) for header in free},
        forbidden=[header.label for header in headers if header.forbidden or header.index in bsn],
        problem=problem,
    )


def _opened(data: bytes, choices: Mapping[Field, Choice]) -> tuple[Table, int, list[Header]]:
    """The table with the place of its header row; a place of a column fits any row, so only
    columns chosen by name help to find it."""
    named = {field: choice for field, choice in choices.items() if isinstance(choice, str)}
    table = read(data, lambda head: header_score(head, named))
    place = find_header_row(table.head, named)
    if place is None:
        columns, rows = table.size
        raise Refused(
            gettext(
                "No row with column names was recognised. The file has %(columns)s columns and"
                " %(rows)s rows."
            )
            % {"columns": columns, "rows": rows}
        )
    headers = read_headers(table.head[place])
    while headers and not headers[-1].text:
        headers.pop()
    return table, place, headers


def _columns_of(
    table: Table,
    place: int,
    headers: Sequence[Header],
    choices: Mapping[Field, Choice],
    progress: Progress,
) -> tuple[Body, Columns]:
    """The lines below the header and the column of each field, none of them made of BSNs."""
    by_text = _read_by_text(headers, choices)
    body = table.body(
        header=place,
        width=len(table.head[place]),
        coded={header.index for header in by_text},
        progress=progress,
    )
    bsn = {one.index for one in by_text if is_made_of_bsns(body.coded(one.index))}
    return body, choose_columns(headers, choices, bsn)


def _read_by_text(headers: Sequence[Header], choices: Mapping[Field, Choice]) -> list[Header]:
    """The columns that may be used by their distinct texts: all but contact numbers and others."""
    chosen = [
        header
        for field, choice in choices.items()
        if choice != "" and field is not Field.NUMBER
        for header in chosen_headers(headers, choice)
    ]
    fitting = [h for h in headers if h.part or set(h.ranks) - {Field.NUMBER}]
    return [*fitting, *(header for header in chosen if header not in fitting)]


def _sure_columns(columns: Columns) -> list[int]:
    main = Field.TOTAL if columns.shape is Shape.TOTALS else Field.DATE
    second = columns.fields.get(main) or next(iter(columns.parts.values()))
    return [columns.fields[Field.PATIENT].index, second.index]


def _count(
    body: Body,
    columns: Columns,
    lines: Lines,
    period: tuple[date, date],
    definition: ContactDefinition,
    threshold: int,
) -> Counted:
    if columns.shape is Shape.TOTALS:
        return count_totals(
            body, columns, lines.data, definition=definition, latest_year=period[1].year
        )
    return count_contacts(
        body, columns, lines.data, period=period, definition=definition, threshold=threshold
    )


def _nothing_accepted(headers: Sequence[Header], rows: int) -> str:
    if rows == 0:
        return gettext("There are no rows below the header. The columns are: %(headers)s.") % {
            "headers": header_list(headers)
        }
    return gettext("None of the %(rows)s rows can be used. Check the columns: %(headers)s.") % {
        "rows": rows,
        "headers": header_list(headers),
    }


def _dropped(headers: Sequence[Header], columns: Columns, body: Body) -> list[str]:
    """Every column of which the values are not stored as they are, by header."""
    stored = {header.index for field, header in columns.fields.items() if field is not Field.NUMBER}
    stored |= {header.index for header in columns.parts.values()}
    birth = columns.fields.get(Field.BIRTH_YEAR)
    if birth and any(map(exact_day, body.coded(birth.index).texts)):
        stored.discard(birth.index)
    return [header.label for header in headers if header.index not in stored and header.text]


def _returned(judged: Judged, headers: Sequence[Header], most: int) -> Returned:
    """The first rejected rows with the cells of every named column that may be shown."""
    errors = judged.sorted_errors[:most]
    body = judged.body
    shown = [
        header
        for header in (headers if errors else ())
        if header.text and not header.forbidden and not is_made_of_bsns(body.coded(header.index))
    ]
    return Returned(
        headers=[header.text for header in shown],
        places=[header.index for header in shown],
        cells=[
            [body.cell(header.index, error.row - body.first_row) for header in shown]
            for error in errors
        ],
    )


def _is_bsn_sample(rows: Sequence[Sequence[str]], index: int) -> bool:
    return is_made_of_bsns(Coded.of_texts([row[index] for row in rows]))


def _examples(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    filled = (clean(row[index]) for row in rows)
    return list(dict.fromkeys(text for text in filled if text))[:EXAMPLES]


def _no_progress(done: int, total: int) -> None:
    """Nobody watches."""


__all__ = ["FIELDS_OF_SHAPE", "Parsed", "Refused", "Suggestion", "parse", "suggest"]
