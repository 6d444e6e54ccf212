"""Attendance that is stored but looks odd: too many for the room, or somebody without a job."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from monitoring.region_import.checks import Known, session_dates
from monitoring.region_import.parsing import Sheet
from practices.models import Employment
from training.models import Attendance, Session

Spell = tuple[date, date | None]


def warn_of_odd_attendance(sheets: Mapping[str, Sheet], known: Known) -> None:
    """Add warnings for these files taken together with what is stored."""
    if "attendance" in sheets:
        _nowhere_in_service(sheets, known)
    if "attendance" in sheets or "sessions" in sheets:
        _more_than_capacity(sheets)


def _nowhere_in_service(sheets: Mapping[str, Sheet], known: Known) -> None:
    sheet = sheets["attendance"]
    held_on = session_dates(sheets, known.sessions)
    spells = _spells(sheets, {row.values["person"] for row in sheet.rows})
    for row in sheet.rows:
        day = held_on[row.values["session"]]
        in_service = any(
            first <= day and (last is None or day <= last)
            for first, last in spells.get(row.values["person"], ())
        )
        if row.values["attended"] and not in_service:
            message = _("This person was in service nowhere on that day: it counts nowhere.")
            sheet.warn(row, "person", message, "not_in_service")


def _spells(sheets: Mapping[str, Sheet], people: set[str]) -> dict[str, list[Spell]]:
    """When each person is in service: the file's spells over the stored ones of the same key."""
    found = Employment.objects.filter(person__reference__in=people).values_list(
        "practice__code", "person__reference", "role", "started_on", "ended_on"
    )
    last_days: dict[tuple[Any, ...], date | None] = {tuple(row[:4]): row[4] for row in found}
    if "staff" in sheets:
        for row in sheets["staff"].rows:
            key = tuple(row.values[column] for column in ("practice", "person", "role", "from"))
            last_days[key] = row.values["until"]
    spells: dict[str, list[Spell]] = defaultdict(list)
    for (_practice, person, _role, first), last in last_days.items():
        spells[person].append((first, last))
    return spells


def _more_than_capacity(sheets: Mapping[str, Sheet]) -> None:
    rows = {name: sheets[name].rows for name in ("sessions", "attendance") if name in sheets}
    concerned = {row.values["session"] for listed in rows.values() for row in listed}
    present = _present(concerned, sheets)
    for session, places in _capacities(concerned, sheets).items():
        if places is None or len(present.get(session, ())) <= places:
            continue
        name = "attendance" if _first_row(sheets, "attendance", session) else "sessions"
        message = _("More people attended this session than it has places.")
        first = _first_row(sheets, name, session)
        sheets[name].warn(first, "session", message, "over_capacity")


def _first_row(sheets: Mapping[str, Sheet], table: str, session: str) -> Any:
    if table not in sheets:
        return None
    return next((row for row in sheets[table].rows if row.values["session"] == session), None)


def _present(sessions: set[str], sheets: Mapping[str, Sheet]) -> dict[str, set[str]]:
    present: dict[str, set[str]] = defaultdict(set)
    stored = Attendance.objects.filter(session__reference__in=sessions, present=True)
    for session, person in stored.values_list("session__reference", "person__reference"):
        present[session].add(person)
    if "attendance" in sheets:
        for row in sheets["attendance"].rows:
            people = present[row.values["session"]]
            (people.add if row.values["attended"] else people.discard)(row.values["person"])
    return present


def _capacities(sessions: set[str], sheets: Mapping[str, Sheet]) -> dict[str, int | None]:
    stored = Session.objects.filter(reference__in=sessions).values_list("reference", "capacity")
    capacities = dict(stored)
    if "sessions" in sheets:
        capacities |= {
            row.values["session"]: row.values["capacity"] for row in sheets["sessions"].rows
        }
    return capacities
