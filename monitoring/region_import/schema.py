"""The files of a region folder as reviewed data: columns, kinds, keys, and what may be blank."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How the text of a cell is read."""

    AGB = "agb"
    DATE = "date"
    DECIMAL = "decimal"
    EMAIL = "email"
    INDICATOR = "indicator"
    INSURER = "insurer"
    PATIENT = "patient"
    QUARTER = "quarter"
    ROLE = "role"
    SESSION_KIND = "session_kind"
    TEXT = "text"
    WHOLE = "whole"
    YES_NO = "yes_no"


LARGEST = 2_147_483_647
"""The largest whole number that the database keeps."""

SMALL = 32_767
"""The same for numbers that stay small: years, places, cohorts."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `lowest` and `highest` bound a whole number, `digits` those before the point of
    a decimal, `places` those behind it, `longest` the characters of a text."""

    name: str
    kind: Kind
    blank: bool = False
    lowest: int = 0
    highest: int = LARGEST
    digits: int = 10
    places: int = 4
    longest: int = 120


@dataclass(frozen=True, slots=True)
class Table:
    """A file. A column that may be blank may also be absent, which counts as blank."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


_PRACTICE = Column("practice", Kind.AGB)
_INSURER = Column("insurer", Kind.INSURER, longest=80)
_PERSON = Column("person", Kind.TEXT, longest=60)
_SESSION = Column("session", Kind.TEXT, longest=60)
_FROM = Column("from", Kind.DATE)
_UNTIL = Column("until", Kind.DATE, blank=True)
_COUNT = Kind.WHOLE


def _optional_date(name: str) -> Column:
    return Column(name, Kind.DATE, blank=True)


TABLES = (
    Table(
        "cohorts",
        (
            Column("number", _COUNT, highest=SMALL),
            Column("name", Kind.TEXT, longest=80),
            Column("information_meeting", Kind.DATE),
            Column("enrol_before", Kind.DATE),
            Column("request_before", Kind.DATE),
            Column("start", Kind.DATE),
        ),
        ("number",),
    ),
    Table(
        "practices",
        (
            Column("code", Kind.AGB),
            Column("name", Kind.TEXT),
            Column("city", Kind.TEXT, longest=80),
            Column("cohort", _COUNT, highest=SMALL),
            _optional_date("start"),
            Column("preferred_insurer", Kind.INSURER, blank=True, longest=80),
            Column("consultant_email", Kind.EMAIL, blank=True),
            Column("neighbourhood", Kind.TEXT, blank=True, longest=80),
            _optional_date("invited_on"),
            _optional_date("information_on"),
            _optional_date("enrolled_on"),
            _optional_date("requested_on"),
            _optional_date("stopped_on"),
            Column("stop_reason", Kind.TEXT, blank=True, longest=10_000),
        ),
        ("code",),
    ),
    Table(
        "panels",
        (_PRACTICE, Column("quarter", Kind.QUARTER), _INSURER, Column("patients", _COUNT)),
        ("practice", "quarter", "insurer"),
    ),
    Table(
        "staff",
        (
            _PRACTICE,
            _PERSON,
            Column("name", Kind.TEXT),
            Column("email", Kind.EMAIL, blank=True),
            Column("role", Kind.ROLE),
            _FROM,
            _UNTIL,
            Column("fte", Kind.DECIMAL, blank=True, digits=2, places=2),
            Column("registration", Kind.TEXT, blank=True, longest=20),
        ),
        ("practice", "person", "role", "from"),
    ),
    Table(
        "sessions",
        (
            _SESSION,
            Column("kind", Kind.SESSION_KIND),
            Column("title", Kind.TEXT, longest=160),
            Column("date", Kind.DATE),
            Column("facilitator", Kind.EMAIL, blank=True),
            Column("capacity", _COUNT, blank=True, highest=SMALL),
        ),
        ("session",),
    ),
    Table(
        "attendance",
        (_SESSION, _PERSON, Column("attended", Kind.YES_NO)),
        ("session", "person"),
    ),
    Table(
        "extracts",
        (
            _PRACTICE,
            Column("period_start", Kind.DATE),
            Column("period_end", Kind.DATE),
            Column("patients", _COUNT),
            Column("contacts", _COUNT),
            Column("high_users", _COUNT),
        ),
        ("practice", "period_end"),
    ),
    Table(
        "plans",
        (
            _PRACTICE,
            Column("drafted_on", Kind.DATE),
            Column("patient", Kind.PATIENT),
            Column("contacts_before", _COUNT),
        ),
        ("practice", "patient", "drafted_on"),
    ),
    Table(
        "visits",
        (_PRACTICE, Column("date", Kind.DATE), Column("time_out_discussed", Kind.YES_NO)),
        ("practice", "date"),
    ),
    Table(
        "questionnaires",
        (
            _PRACTICE,
            Column("programme_year", _COUNT, lowest=1, highest=2),
            Column("answered_on", Kind.DATE),
            Column("plans_made", Kind.YES_NO),
            Column("lasting_habit", Kind.YES_NO),
            Column("flexible_in_use", Kind.YES_NO),
        ),
        ("practice", "programme_year"),
    ),
    Table(
        "schedules",
        (_PRACTICE, Column("pattern", Kind.TEXT, longest=160), _optional_date("in_use_from")),
        ("practice", "pattern"),
    ),
    Table(
        "exemptions",
        (
            _PRACTICE,
            Column("intervention", _COUNT, lowest=1, highest=6),
            Column("programme_year", _COUNT, lowest=1, highest=2),
            Column("recorded_on", Kind.DATE),
            Column("reason", Kind.TEXT, longest=10_000),
        ),
        ("practice", "intervention", "programme_year"),
    ),
    Table(
        "indicators",
        (
            Column("practice", Kind.AGB, blank=True),
            Column("year", _COUNT, lowest=1990, highest=2100),
            Column("indicator", Kind.INDICATOR, longest=120),
            Column("numerator", Kind.DECIMAL),
            Column("denominator", Kind.DECIMAL),
            Column("national", Kind.DECIMAL, blank=True, digits=8, places=6),
        ),
        ("practice", "year", "indicator"),
    ),
    Table(
        "regional_fee",
        (_PRACTICE, _INSURER, _FROM, _UNTIL),
        ("practice", "insurer", "from"),
    ),
)

TABLE = {table.name: table for table in TABLES}
