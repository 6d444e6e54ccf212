"""Who counts for the norms of a practice, and who has attended what."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from monitoring.words import part_name
from practices.facts import programme_calendar
from practices.models import Employment, Practice
from practices.norms import at_least
from practices.states import StaffRole
from training.facts import Attendee, attendees
from training.states import SessionKind

KINDS = {2: SessionKind.TRIAGE, 5: SessionKind.CONVERSATION, 6: SessionKind.INTERVISION}


@dataclass(frozen=True, slots=True)
class YearAttendance:
    """Everyone who counts in one programme year, with the days that count."""

    year: int
    people: tuple[Attendee, ...]


def attendance_of(practice: Practice, intervention: int, as_of: date) -> list[YearAttendance]:
    """By programme year; empty for an intervention that is not about attendance."""
    kind = KINDS.get(intervention)
    if kind is None:
        return []
    found = attendees(programme_calendar(as_of, [practice.pk]), kind)
    return [
        YearAttendance(year, tuple(people))
        for year, people in groupby(found, key=lambda attendee: attendee.programme_year)
    ]


@dataclass(frozen=True, slots=True)
class TeamGroup:
    """The people one norm is about, and how many of them make the norm."""

    title: str
    names: tuple[str, ...]
    percent: int
    needed: int


GROUPS = {
    "assistants": (StaffRole.ASSISTANT,),
    "professionals": (StaffRole.GP_OWNER, StaffRole.GP_LOCUM, StaffRole.POH),
    "gps_twice": (StaffRole.GP_OWNER, StaffRole.GP_LOCUM),
}


def team_of(practice: Practice, day: date) -> list[TeamGroup]:
    """The groups in service on this day; a person with two roles counts once per group."""
    norms = programme_calendar(day, [practice.pk]).participants[0].norms[0]
    percents = {
        "assistants": norms.assistants_percent,
        "professionals": norms.professionals_percent,
        "gps_twice": norms.gps_percent,
    }
    serving = list(Employment.objects.in_service(day).of_team(practice))
    return [
        _group(
            part_name(name),
            {e.person_id: str(e.person) for e in serving if e.role in roles},
            percents[name],
        )
        for name, roles in GROUPS.items()
    ]


def others_of(practice: Practice, day: date) -> list[str]:
    """Who works in the practice and counts for no norm."""
    counting = {role for roles in GROUPS.values() for role in roles}
    serving = Employment.objects.in_service(day).of_team(practice)
    return [f"{e.person} ({e.get_role_display()})" for e in serving if e.role not in counting]


def _group(title: str, names: dict[int, str], percent: int) -> TeamGroup:
    return TeamGroup(title, tuple(names.values()), percent, at_least(percent, len(names)))
