"""Who counts for the norms of a practice, and who has attended what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from monitoring.words import intervention_name
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
    intervention: str
    names: tuple[str, ...]
    percent: int
    needed: int


GROUPS = {
    2: (StaffRole.ASSISTANT,),
    5: (StaffRole.GP_OWNER, StaffRole.GP_LOCUM, StaffRole.POH),
    6: (StaffRole.GP_OWNER, StaffRole.GP_LOCUM),
}
"""The roles that count, by intervention [1]."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in service, with the interventions whose norm counts this person; none for whoever
    counts nowhere."""

    name: str
    roles: tuple[str, ...]
    since: date
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Team:
    """`members` are all in service, by name; `others` work here and count for no norm."""

    groups: tuple[TeamGroup, ...]
    others: tuple[str, ...]
    members: tuple[Member, ...]


def team_of(practice: Practice, day: date) -> Team:
    """Everyone in service on this day; a person with two roles counts once per group."""
    norms = programme_calendar(day, [practice.pk]).participants[0].norms[0]
    percents = {2: norms.assistants_percent, 5: norms.professionals_percent, 6: norms.gps_percent}
    serving = list(Employment.objects.in_service(day).of_team(practice))
    groups = []
    for intervention, roles in GROUPS.items():
        names = {e.person_id: str(e.person) for e in serving if e.role in roles}
        groups.append(_group(intervention, tuple(names.values()), percents[intervention]))
    counting = {role for roles in GROUPS.values() for role in roles}
    others = (f"{e.person} ({e.get_role_display()})" for e in serving if e.role not in counting)
    return Team(tuple(groups), tuple(others), _members(serving))


def _members(serving: Iterable[Employment]) -> tuple[Member, ...]:
    """`serving` is in order of name; two roles of a person are one line."""
    spells: dict[int, list[Employment]] = {}
    for spell in serving:
        spells.setdefault(spell.person_id, []).append(spell)
    return tuple(
        Member(
            name=str(mine[0].person),
            roles=tuple(dict.fromkeys(spell.get_role_display() for spell in mine)),
            since=min(spell.started_on for spell in mine),
            counts=tuple(
                intervention_name(intervention)
                for intervention, roles in GROUPS.items()
                if any(spell.role in roles for spell in mine)
            ),
        )
        for mine in spells.values()
    )


def _group(intervention: int, names: tuple[str, ...], percent: int) -> TeamGroup:
    titles = {2: _("Assistants"), 5: _("GPs and POHs"), 6: _("GPs")}
    return TeamGroup(
        title=titles[intervention],
        intervention=intervention_name(intervention),
        names=names,
        percent=percent,
        needed=at_least(percent, len(names)),
    )
