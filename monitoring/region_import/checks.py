"""What may not be, once every cell is read: one rule, one message. Pure.

Rules look at a row, at the rows of one file, or at what other files and the database know.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from monitoring.compliance import DUTIES
from monitoring.indicators import BY_CODE
from monitoring.mirror.states import Comparison
from monitoring.region_import.parsing import WRONG, Row, Sheet
from monitoring.region_import.schema import Kind
from practices.programme_year import is_twelve_months

Problem = tuple[str, str]
"""The column and the message."""

Rule = Callable[[Row, date], Problem | None]

_OBLIGATIONS = {(duty.intervention, duty.programme_year) for duty in DUTIES}


@dataclass(slots=True)
class Known:
    """What is stored already, as far as the files refer to it. `sessions` gives their dates,
    `insurers` the stored spelling by the name in lower case, `attended` sessions with a list;
    `unread` are files that should have told more but could not be read."""

    practices: frozenset[str] = frozenset()
    cohorts: frozenset[int] = frozenset()
    indicators: frozenset[str] = frozenset()
    sessions: Mapping[str, date] = field(default_factory=dict)
    insurers: dict[str, str] = field(default_factory=dict)
    attended: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()


def check(sheets: Mapping[str, Sheet], known: Known, today: date) -> None:
    """Add to each sheet what is wrong with it."""
    for name, sheet in sheets.items():
        for row in sheet.rows:
            for rule in RULES.get(name, ()):
                problem = rule(row, today)
                if problem:
                    sheet.refuse(row, *problem)
        _key_twice(sheet)
        _unknown_references(sheet, sheets, known)
    _attendance_ahead(sheets, known, today)
    _session_moved_ahead(sheets, known, today)
    _other_periods(sheets)
    _odd_figures(sheets)
    _odd_rows_of_figures(sheets, today)


def _period(start: str, end: str) -> Rule:
    def until_before_from(row: Row, today: date) -> Problem | None:
        first, last = row.values[start], row.values[end]
        if row.has(start, end) and first and last and last < first:
            return end, _("The last day lies before the first.")
        return None

    return until_before_from


def _not_ahead(column: str) -> Rule:
    def in_the_future(row: Row, today: date) -> Problem | None:
        if row.has(column) and row.values[column] > today:
            return column, _("This date lies in the future.")
        return None

    return in_the_future


def _more_high_users_than_patients(row: Row, today: date) -> Problem | None:
    if row.has("patients", "high_users") and row.values["high_users"] > row.values["patients"]:
        return "high_users", _("There are more high users than patients.")
    return None


def _no_such_obligation(row: Row, today: date) -> Problem | None:
    named = row.values["intervention"], row.values["programme_year"]
    if row.has("intervention", "programme_year") and named not in _OBLIGATIONS:
        return "programme_year", _("This intervention obliges to nothing in that programme year.")
    return None


RULES: dict[str, tuple[Rule, ...]] = {
    "staff": (_period("from", "until"),),
    "extracts": (
        _period("period_start", "period_end"),
        _not_ahead("period_end"),
        _more_high_users_than_patients,
    ),
    "plans": (_not_ahead("drafted_on"),),
    "visits": (_not_ahead("date"),),
    "questionnaires": (_not_ahead("answered_on"),),
    "exemptions": (_no_such_obligation,),
    "regional_fee": (_period("from", "until"),),
}


def _key_twice(sheet: Sheet) -> None:
    key = sheet.table.key
    in_any_case = {name for name in key if sheet.table.column(name).kind is Kind.INSURER}
    first_row: dict[tuple[Any, ...], int] = {}
    for row in sheet.rows:
        if not row.has(*key):
            continue
        values = tuple(
            row.values[name].casefold() if name in in_any_case else row.values[name] for name in key
        )
        first = first_row.setdefault(values, row.number)
        if first != row.number:
            message = _("Row %(row)s has the same %(columns)s. Remove one of the two.")
            said = message % {"row": first, "columns": " + ".join(key)}
            sheet.refuse(row, key[0], said)


def _unknown_references(sheet: Sheet, sheets: Mapping[str, Sheet], known: Known) -> None:
    """A reference may be to what is stored or to a row of another file."""
    own = sheet.table.name
    names = {column.name for column in sheet.table.columns}
    if "practice" in names and "practices" not in known.unread:
        message = _("There is no practice with this code.")
        listed = known.practices.union(_column(sheets, "practices", "code"))
        _refuse_unlisted(sheet, "practice", listed, message)
    if "cohort" in names and "cohorts" not in known.unread:
        message = _("There is no cohort with this number.")
        listed = known.cohorts.union(_column(sheets, "cohorts", "number"))
        _refuse_unlisted(sheet, "cohort", listed, message)
    if own == "attendance" and "sessions" not in known.unread:
        message = _("There is no session with this name.")
        listed = frozenset(known.sessions).union(_column(sheets, "sessions", "session"))
        _refuse_unlisted(sheet, "session", listed, message)
    if own == "indicators":
        for row in sheet.rows:
            if row.has("indicator") and row.values["indicator"][0] not in known.indicators:
                sheet.refuse(row, "indicator", _("There is no such indicator."))


def _column(sheets: Mapping[str, Sheet], table: str, column: str) -> Iterator[Any]:
    if table in sheets:
        yield from (row.values[column] for row in sheets[table].rows if row.has(column))


def _refuse_unlisted(sheet: Sheet, column: str, listed: Iterable[Any], message: str) -> None:
    allowed = {*listed, None, WRONG}
    for row in sheet.rows:
        if row.values[column] not in allowed:
            sheet.refuse(row, column, message)


def _attendance_ahead(sheets: Mapping[str, Sheet], known: Known, today: date) -> None:
    if "attendance" not in sheets:
        return
    held_on = session_dates(sheets, known.sessions)
    for row in sheets["attendance"].rows:
        day = held_on.get(row.values["session"])
        if day is not None and day > today:
            message = _("This session is still to come: nobody can have been there.")
            sheets["attendance"].refuse(row, "session", message)


def session_dates(sheets: Mapping[str, Sheet], stored: Mapping[str, date]) -> dict[Any, date]:
    """The date of each session: the file's, else the stored one."""
    dates: dict[Any, date] = dict(stored)
    if "sessions" in sheets:
        for row in sheets["sessions"].rows:
            if row.has("session", "date"):
                dates[row.values["session"]] = row.values["date"]
    return dates


def _session_moved_ahead(sheets: Mapping[str, Sheet], known: Known, today: date) -> None:
    if "sessions" not in sheets:
        return
    for row in sheets["sessions"].rows:
        if not row.has("session", "date") or row.values["session"] not in known.attended:
            continue
        if row.values["date"] > today:
            message = _("This session has an attendance list, so it cannot be still to come.")
            sheets["sessions"].refuse(row, "date", message)


def _other_periods(sheets: Mapping[str, Sheet]) -> None:
    if "extracts" not in sheets:
        return
    sheet = sheets["extracts"]
    for row in sheet.rows:
        if row.has("period_start", "period_end") and not is_twelve_months(
            row.values["period_start"], row.values["period_end"]
        ):
            message = _("This period is not exactly 12 months long, so it meets no norm.")
            sheet.warn(row, "period_end", message, "period_length")


def _odd_figures(sheets: Mapping[str, Sheet]) -> None:
    """What is taken and looks wrong: a share above one, one country with two values."""
    countries: dict[tuple[Any, Any], Row] = {}
    for row in sheets["indicators"].rows if "indicators" in sheets else ():
        if row.has("indicator", "numerator", "denominator") and _above_one(row.values):
            message = _("More people are counted than there are in all.")
            sheets["indicators"].warn(row, "numerator", message, "above_one")
        if row.has("year", "indicator", "national") and row.values["national"] is not None:
            first = countries.setdefault((row.values["year"], row.values["indicator"]), row)
            if first.values["national"] != row.values["national"]:
                message = _("Row %(row)s has another national value for the same year.")
                said = message % {"row": first.number}
                sheets["indicators"].warn(row, "national", said, "two_national_values")


def _odd_rows_of_figures(sheets: Mapping[str, Sheet], today: date) -> None:
    """Figures that may be of something else than was meant: of the region for want of a column, of
    a year that goes on, or a thousand times too small."""
    sheet = sheets.get("indicators")
    if sheet is None:
        return
    if sheet.rows and "practice" in sheet.absent:
        message = _("This column is missing, so every row is a figure of the region as a whole.")
        sheet.warn(None, "practice", message, "practice_column_missing")
    for row in sheet.rows:
        if row.has("year") and row.values["year"] >= today.year:
            sheet.warn(row, "year", _("This year is not over yet."), "year_not_over")
        for column in ("numerator", "denominator") if row.has("indicator") else ():
            if row.has(column) and _as_with_thousands(row.values, column):
                message = _("This is no whole number. Write 1234 without a point or a space.")
                sheet.warn(row, column, message, "not_whole")


def _as_with_thousands(values: Mapping[str, Any], column: str) -> bool:
    """Three places behind the point in what counts, so of no days and no fte: 1.234 may be meant as
    1234."""
    shipped = BY_CODE.get(values["indicator"][0])
    counts = shipped is not None and shipped.comparison != Comparison.COURSE
    return counts and bool(values[column] * 1000 % 1 == 0 != values[column] * 100 % 1)


def _above_one(values: Mapping[str, Any]) -> bool:
    shipped = BY_CODE.get(values["indicator"][0])
    is_share = shipped is not None and shipped.percent
    return is_share and 0 < values["denominator"] < values["numerator"]


def first_spellings(sheets: Mapping[str, Sheet], known: Known) -> list[str]:
    """Give each insurer one spelling, the stored or the first one; the names that are new."""
    new: dict[str, str] = {}
    columns: dict[str, list[str]] = defaultdict(list)
    for name, sheet in sheets.items():
        columns[name] = [c.name for c in sheet.table.columns if c.kind is Kind.INSURER]
    for name, sheet in sheets.items():
        for row in sheet.rows:
            for column in columns[name]:
                written = row.values[column]
                if isinstance(written, str):
                    folded = written.casefold()
                    spelling = known.insurers.get(folded) or new.setdefault(folded, written)
                    row.values[column] = spelling
    return list(new.values())
