"""Attendance that is stored but looks odd: too many for the room, or somebody without a job."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from monitoring.region_import.checks import Known, session_dates
from monitoring.region_import.naturals import ids_of
from monitoring.region_import.parsing import Row, Sheet
from practices.models import Employment, Practice
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
    references = {pk: reference for reference, pk in ids_of("person", people).items()}
    codes = dict(Practice.objects.values_list("pk", "code").order_by())
    found = (
        Employment.objects.filter(person__in=references)
        .values_list("practice_id", "person_id", "role", "started_on", "ended_on")
        .order_by()
    )
    last_days: dict[tuple[Any, ...], date | None] = {
        (codes[practice], references[person], role, first): last
        for practice, person, role, first, last in found
    }
    if "staff" in sheets:
        for row in sheets["staff"].rows:
            key = tuple(row.values[column] for column in ("practice", "person", "role", "from"))
            last_days[key] = row.values["until"]
    spells: dict[str, list[Spell]] = defaultdict(list)
    for (_practice, person, _role, first), last in last_days.items():
        spells[person].append((first, last))
    return spells


def _more_than_capacity(sheets: Mapping[str, Sheet]) -> None:
    on_lists, planned = _first_rows(sheets, "attendance"), _first_rows(sheets, "sessions")
    concerned = {*on_lists, *planned}
    present = _present(concerned, sheets)
    for session, places in _capacities(concerned, sheets).items():
        if places is None or len(present.get(session, ())) <= places:
            continue
        message = _("More people attended this session than it has places.")
        table, row = (
            ("attendance", on_lists[session])
            if session in on_lists
            else ("sessions", planned[session])
        )
        sheets[table].warn(row, "session", message, "over_capacity")


def _first_rows(sheets: Mapping[str, Sheet], table: str) -> dict[str, Row]:
    if table not in sheets:
        return {}
    return {row.values["session"]: row for row in reversed(sheets[table].rows)}


def _present(sessions: set[str], sheets: Mapping[str, Sheet]) -> dict[str, set[int | str]]:
    """Who was there, the file's word over the stored one; by id, or by reference while new."""
    references = {pk: session for session, pk in ids_of("session", sessions).items()}
    present: dict[str, set[int | str]] = defaultdict(set)
    stored = Attendance.objects.filter(session__in=references, present=True).order_by()
    for session, person in stored.values_list("session_id", "person_id"):
        present[references[session]].add(person)
    if "attendance" in sheets:
        rows = sheets["attendance"].rows
        people = ids_of("person", {row.values["person"] for row in rows})
        for row in rows:
            there, person = present[row.values["session"]], row.values["person"]
            (there.add if row.values["attended"] else there.discard)(people.get(person, person))
    return present


def _capacities(sessions: set[str], sheets: Mapping[str, Sheet]) -> dict[str, int | None]:
    stored = Session.objects.filter(reference__in=sessions).values_list("reference", "capacity")
    capacities = dict(stored)
    if "sessions" in sheets:
        capacities |= {
            row.values["session"]: row.values["capacity"] for row in sheets["sessions"].rows
        }
    return capacities
