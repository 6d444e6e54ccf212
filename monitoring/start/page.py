"""What the start page of a practice says: the standing as lines of text and tags."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from monitoring.compliance import Obligation, PracticeStanding, Status
from monitoring.evidence.subjects import PAGES
from monitoring.models import VisitAppointment
from monitoring.overview import Row, rows_of
from monitoring.tags import BUSY, UNTOUCHED, Tag, obligation_tag
from monitoring.words import (
    intervention_name,
    joined,
    obligation_phrases,
    part_count,
    part_gap,
)
from practices.models import Practice
from practices.permissions import Permission
from practices.programme_year import year_start
from practices.tenancy import Access

VISIT_INTERVENTION = 3
LACKING = frozenset({Status.MISSED, Status.AT_RISK, Status.ON_TRACK})
TO_COME = frozenset({Status.AT_RISK, Status.ON_TRACK})


@dataclass(frozen=True, slots=True)
class Line:
    """An earlier year under a row."""

    text: str
    tag: Tag


@dataclass(frozen=True, slots=True)
class Task:
    number: int
    name: str
    url: str
    hint: str
    tag: Tag | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class TaskList:
    """`done` of `total` tasks are met; a task that does not apply is in neither."""

    tasks: tuple[Task, ...]
    done: int
    total: int

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0


def period(standing: PracticeStanding) -> str:
    """The programme year with its dates, or when the first begins."""
    start_on = standing.participant.start_on
    if standing.programme_year is None or standing.year_ends is None:
        return _("Starts on %(date)s") % {"date": date_format(start_on)}
    return _("Year %(year)s · %(first)s to %(last)s") % {
        "year": standing.programme_year,
        "first": date_format(year_start(start_on, standing.programme_year)),
        "last": date_format(standing.year_ends),
    }


def task_list(
    standing: PracticeStanding,
    practice: Practice,
    access: Access,
    visit: VisitAppointment | None = None,
) -> TaskList:
    """`visit` is the appointment with the consultant that is to come."""
    rows = rows_of(standing)
    statuses = [row.current.status for row in rows if row.current]
    return TaskList(
        tasks=tuple(_task(row, standing, practice, access, visit) for row in rows),
        done=statuses.count(Status.MET),
        total=len(statuses) - statuses.count(Status.NOT_APPLICABLE),
    )


def _task(
    row: Row,
    standing: PracticeStanding,
    practice: Practice,
    access: Access,
    visit: VisitAppointment | None,
) -> Task:
    if _region_is_to_plan(row):
        return _visit_task(row, standing, practice, access, visit)
    return Task(
        number=row.intervention,
        name=intervention_name(row.intervention),
        url=_address(row.intervention, practice, access),
        hint=_hint(row.current, standing) if row.current else "",
        tag=obligation_tag(row.current) if row.current else None,
        lines=tuple(_line(obligation, standing) for obligation in row.earlier),
    )


def _region_is_to_plan(row: Row) -> bool:
    """A visit of this year that the practice has no part in planning."""
    to_come = row.current is not None and row.current.status in TO_COME
    return row.intervention == VISIT_INTERVENTION and to_come


def _visit_task(
    row: Row,
    standing: PracticeStanding,
    practice: Practice,
    access: Access,
    visit: VisitAppointment | None,
) -> Task:
    """A visit that is due alerts the consultant and the coordinator, not the practice."""
    tag = obligation_tag(row.current) if row.current else None
    if visit is not None:
        tag = Tag(*BUSY, _("Planned"))
    elif access.works_here:
        tag = Tag(*UNTOUCHED, _("Not started yet"))
    return Task(
        number=row.intervention,
        name=intervention_name(row.intervention),
        url=_address(row.intervention, practice, access),
        hint=_visit_hint(visit),
        tag=tag,
        lines=tuple(_line(obligation, standing) for obligation in row.earlier),
    )


def _visit_hint(visit: VisitAppointment | None) -> str:
    if visit is None:
        return _("PrimaCura plans this visit")
    return _("Visit on %(day)s at %(time)s") % {
        "day": date_format(visit.held_on),
        "time": time_format(visit.starts_at, "H.i"),
    }


def _address(intervention: int, practice: Practice, access: Access) -> str:
    if intervention == 1 and Permission.SEE_HIGH_USERS in access:
        return reverse("high_users", args=[practice.slug])
    return reverse(PAGES[intervention], args=[practice.slug])


def _line(obligation: Obligation, standing: PracticeStanding) -> Line:
    year = _("Year %(year)s") % {"year": obligation.programme_year}
    said = _hint(obligation, standing)
    text = f"{year}: {said}" if said else year
    return Line(text, obligation_tag(obligation))


def _hint(obligation: Obligation, standing: PracticeStanding) -> str:
    """Figures and gaps, and the dates behind what was answered with yes."""
    if obligation.status in (Status.NOT_APPLICABLE, Status.NOT_DUE):
        return ""
    phrases = _lacking(obligation)
    if obligation.status is not Status.MISSED:
        phrases = obligation_phrases(obligation)
    return joined([*phrases, *_happened(obligation, standing)])


def _lacking(obligation: Obligation) -> list[str]:
    """What was not reached; only a questionnaire can still be made good."""
    absent = {
        "extract": _("no extract"),
        "visit": _("time-out not discussed"),
        "schedule": _("no schedule in use"),
    }
    parts = [part for part in obligation.parts if part.status in LACKING]
    return [part_count(part) or absent.get(part.name) or part_gap(part) for part in parts]


def _happened(obligation: Obligation, standing: PracticeStanding) -> list[str]:
    facts = standing.facts[obligation.programme_year - 1]
    dated: dict[int, list[tuple[str, date | None]]] = {
        1: [(_("extract up to %(date)s"), facts.extract_on)],
        3: [(_("discussed on %(date)s"), facts.visit_on)],
        4: [(_("in use from %(date)s"), facts.schedule_from)],
    }
    return [
        text % {"date": date_format(day)}
        for text, day in dated.get(obligation.intervention, [])
        if day is not None
    ]
