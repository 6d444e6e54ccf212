"""A small region as csv text, and the import of it. What a test does not name is ordinary."""

from datetime import date

from monitoring.region_import.draft import Draft
from monitoring.region_import.services import import_region

TODAY = date(2025, 6, 1)

COHORTS = """
number,name,information_meeting,enrol_before,request_before,start
1,Lichting 1,2023-03-06,2023-03-20,2023-04-01,2023-04-01
"""
PRACTICES = """
code,name,city,cohort,start,preferred_insurer,consultant_email,neighbourhood,stopped_on,stop_reason
01000001,De Linde,Tilburg,1,,CZ,Consulent@regio.example,Noord,,
01000002,De Beuk,Goirle,1,2023-10-01,,,,,
"""
STAFF = """
practice,person,name,email,role,from,until,fte,registration
01000001,p1,Anna Berg,anna@linde.example,gp_owner,2015-01-01,,0.8,19012345601
01000001,p2,Bas Dijk,,assistant,2016-01-01,2024-12-31,,
"""
SESSIONS = """
session,kind,title,date,facilitator,capacity
s1,intervision,Verwijzen,2024-03-01,ekc@regio.example,12
s2,triage,Triage,2024-04-01,,
s9,triage,Triage,2026-01-01,,
"""
ATTENDANCE = """
session,person,attended
s1,p1,yes
s2,p2,no
"""


def files(**tables: str) -> list[tuple[str, bytes]]:
    """Named csv files: `files(panels="practice,…")`."""
    return [(f"{name}.csv", text.strip().encode()) for name, text in tables.items()]


def load(**tables: str) -> Draft:
    """Import these tables as of a fixed day."""
    return import_region(files=files(**tables), actor=None, today=TODAY)


def basis() -> Draft:
    """A cohort and two practices."""
    draft = load(cohorts=COHORTS, practices=PRACTICES)
    assert draft.errors == []
    return draft


def whole_basis() -> Draft:
    draft = load(
        cohorts=COHORTS,
        practices=PRACTICES,
        staff=STAFF,
        sessions=SESSIONS,
        attendance=ATTENDANCE,
    )
    assert (draft.errors, draft.warnings) == ([], [])
    return draft


def places(draft: Draft) -> list[tuple[str | None, int | None, str | None]]:
    return [(error.file, error.row, error.column) for error in draft.errors]


def warned(draft: Draft) -> list[tuple[str, int | None, str]]:
    return [(warning.file or "", warning.row, warning.code) for warning in draft.warnings]


def counts(draft: Draft, file: str) -> tuple[int, int, int]:
    """New, changed, unchanged."""
    found = next(one for one in draft.counts() if one.file == file)
    return found.new, found.changed, found.unchanged
