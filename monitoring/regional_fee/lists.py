"""An insurer's list of one quarter as rows of `regional_fee.csv`: pure.

The list names the practices that take part on the quarter's first day. Held against the list as it
stands that gives who is new from that day on, who leaves the day before, and who stays. The rows
go through the door of the region's spreadsheets, at the row numbers they have in the file.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from highusers.imports.values import clean
from monitoring.region_import.read import RawTable
from monitoring.region_import.schema import Column, Kind, Table
from monitoring.region_import.values import AGB_DIGITS, MENDED_DIGITS

CODE_COLUMNS = ("practice", "praktijk", "agb", "agb-code", "agbcode", "agb code", "praktijkcode")
INSURER_COLUMNS = ("insurer", "verzekeraar", "zorgverzekeraar")

TITLE_LINES = 10
"""So far down the row with the names of columns is looked for."""

LIST = Table(
    "regional_fee",
    tuple(Column(name, Kind.TEXT) for name in (*CODE_COLUMNS, *INSURER_COLUMNS)),
    ("practice",),
)
"""An insurer's own file, by any of the names it may give a column; no column of ours is asked."""

Spell = tuple[date, date | None]
Spells = Mapping[tuple[str, str], Sequence[Spell]]
"""The first and last days on the list, by code of the practice and name of the insurer."""

Record = tuple[str, str, str, str]
"""Practice, insurer, from, until."""


class NoCodesError(Exception):
    """The file has no column with the codes of practices."""


class NoPracticesError(Exception):
    """The file has a column for codes and nothing below it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the file; the insurer is the one chosen where the file names none."""

    row: int
    code: str
    insurer: str


@dataclass(frozen=True, slots=True)
class QuarterList:
    """`later`: practices that came onto the list after this quarter, so that its list is overtaken.
    `from_this_day` came on it on this very day and are not in the file: their row cannot end."""

    content: bytes
    later: tuple[str, ...]
    from_this_day: tuple[str, ...]


def listed_in(table: RawTable, insurer: str) -> list[Listed]:
    """The practices that a file names, below the first row with a column of codes: an insurer's
    own file may begin with a title."""
    header, rows = _header(table)
    code_at = _place(header, CODE_COLUMNS)
    if code_at is None:
        raise NoCodesError
    insurer_at = _place(header, INSURER_COLUMNS)
    return [
        Listed(
            number,
            _code(_cell(cells, code_at)),
            (_cell(cells, insurer_at) if insurer_at is not None else "") or insurer,
        )
        for number, cells in rows
    ]


def _header(table: RawTable) -> tuple[Sequence[str], Sequence[tuple[int, Sequence[str]]]]:
    for place, (_number, cells) in enumerate(table.rows[:TITLE_LINES]):
        if _place(table.header, CODE_COLUMNS) is not None:
            break
        names = [clean(cell).lower() for cell in cells]
        if _place(names, CODE_COLUMNS) is not None:
            return names, table.rows[place + 1 :]
    return table.header, table.rows


def _place(header: Sequence[str], names: Iterable[str]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def quarter_list(
    listed: Sequence[Listed], present: Spells, *, insurer: str, first_day: date
) -> QuarterList:
    """`present` holds all spells of the insurers concerned: the one chosen, those in the file."""
    whose = {insurer.casefold(), *(one.insurer.casefold() for one in listed)}
    named = {(one.code, one.insurer.casefold()) for one in listed}
    spells = {
        (code, of.casefold()): (of, list(own))
        for (code, of), own in present.items()
        if of.casefold() in whose
    }
    records: dict[int, Record] = {}
    for one in listed:
        written, own = spells.get((one.code, one.insurer.casefold()), (one.insurer, []))
        stands = next(iter(_spells_on(first_day, own)), (first_day, None))
        records[one.row] = _record(one.code, written, *stands)
    last = max(records, default=1)
    from_this_day = []
    for key, (written, own) in sorted(spells.items()):
        for spell in () if key in named else _spells_on(first_day, own):
            if spell[0] == first_day:
                from_this_day.append(key[0])
                continue
            last += 1
            records[last] = _record(key[0], written, spell[0], first_day - timedelta(days=1))
    later = {key[0] for key, (_of, own) in spells.items() if any(s[0] > first_day for s in own)}
    return QuarterList(_content(records), tuple(sorted(later)), tuple(from_this_day))


def _spells_on(day: date, spells: Iterable[Spell]) -> list[Spell]:
    """Spreadsheets may have brought more than one."""
    return [one for one in spells if one[0] <= day and (one[1] is None or one[1] >= day)]


def _record(code: str, insurer: str, first: date, last: date | None) -> Record:
    return code, insurer, first.isoformat(), last.isoformat() if last else ""


def _content(records: Mapping[int, Record]) -> bytes:
    """The rows at their own numbers; the header is row 1."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("practice", "insurer", "from", "until"))
    for number in range(2, max(records, default=1) + 1):
        if number in records:
            writer.writerow(records[number])
        else:
            text.write("\r\n")
    return text.getvalue().encode()


def _cell(cells: Sequence[str], place: int) -> str:
    return clean(cells[place]) if place < len(cells) else ""


def _code(text: str) -> str:
    """A code that lost its leading 0 in a spreadsheet is the same practice."""
    return text.zfill(AGB_DIGITS) if len(text) == MENDED_DIGITS and text.isdigit() else text
