"""What the region knows of each of the five goals of the programme [1]."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interventions.explained.goals import CONTRIBUTIONS, Goal, goal_name
from monitoring.bottlenecks.facts import counts_by_partner
from monitoring.compliance import PracticeStanding, Status
from monitoring.explained.page import SUBJECTS
from monitoring.goals.facts import GoalCourse
from monitoring.goals.words import goal_sentence
from monitoring.visits.facts import RegionVisits, region_visits
from monitoring.words import intervention_name
from mtvp.charts.numbers import number

MEASURED_BY = {
    Goal.QUALITY: ("fixed_gp", "waiting_time", "patients_per_fte"),
    Goal.COST: ("consultations", "referrals", "diagnostics", "prescriptions"),
}
"""The national indicators that tell something of a goal; the other goals have none."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """An intervention that serves the goal: obligations met, of those that count today."""

    name: str
    url: str
    met: int
    applicable: int


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class GoalShown:
    """`indicators`: name and sentence of each national indicator that tells of the goal."""

    name: str
    sentence: str
    contributions: tuple[Contribution, ...]
    indicators: tuple[tuple[str, str], ...]
    links: tuple[Link, ...]


def goals_shown(
    standings: Sequence[PracticeStanding], courses: Sequence[GoalCourse], today: date
) -> list[GoalShown]:
    """All five, in the order of the programme; three queries."""
    ids = [one.participant.practice_id for one in standings if one.programme_year is not None]
    visits = region_visits(ids, date(today.year, 1, 1), today)
    reports = sum(one.reports for one in counts_by_partner(today, ids))
    by_code = {one.definition.code: one for one in courses if not one.detail}
    found = []
    for goal in Goal:
        contributions = tuple(
            _contribution(number, standings)
            for number, served in CONTRIBUTIONS.items()
            if goal in served
        )
        measured = [by_code[code] for code in MEASURED_BY.get(goal, ()) if code in by_code]
        found.append(
            GoalShown(
                name=goal_name(goal),
                sentence=" ".join([_roll_out(contributions), _known(goal, visits, reports)]),
                contributions=contributions,
                indicators=tuple((one.name, goal_sentence(one)) for one in measured),
                links=tuple(_links(goal)),
            )
        )
    return found


def _contribution(intervention: int, standings: Sequence[PracticeStanding]) -> Contribution:
    statuses = [
        obligation.status
        for one in standings
        for obligation in one.obligations
        if obligation.intervention == intervention
    ]
    outside = (Status.NOT_DUE, Status.NOT_APPLICABLE)
    return Contribution(
        name=intervention_name(intervention),
        url=reverse("intervention_explained", args=[SUBJECTS[intervention]]),
        met=statuses.count(Status.MET),
        applicable=sum(one not in outside for one in statuses),
    )


def _roll_out(contributions: Sequence[Contribution]) -> str:
    met = sum(one.met for one in contributions)
    applicable = sum(one.applicable for one in contributions)
    words = ngettext(
        "%(number)s intervention serves this goal.",
        "%(number)s interventions serve this goal.",
        len(contributions),
    ) % {"number": len(contributions)}
    if not applicable:
        return words
    done = _("Of their obligations %(met)s of %(applicable)s are met.") % {
        "met": number(met),
        "applicable": number(applicable),
    }
    return f"{words} {done}"


def _known(goal: Goal, visits: RegionVisits, reports: int) -> str:
    if goal in (Goal.PATIENT, Goal.JOY):
        return _(
            "There is no figure: satisfaction and joy in work are talked about at visits, not"
            " measured. This year %(visited)s of %(practices)s practices were visited."
        ) % {"visited": number(len(visits.visited)), "practices": number(visits.practices)}
    if goal is Goal.NETWORK:
        return ngettext(
            "There is no figure of working together; practices reported %(reports)s bottleneck"
            " with partners.",
            "There is no figure of working together; practices reported %(reports)s bottlenecks"
            " with partners.",
            reports,
        ) % {"reports": number(reports)}
    return _("These national figures tell something of it:")


def _links(goal: Goal) -> list[Link]:
    return {
        Goal.QUALITY: [Link(_("How far practices are"), reverse("region"))],
        Goal.PATIENT: [Link(_("Planning of visits"), reverse("region_visits"))],
        Goal.JOY: [Link(_("Planning of visits"), reverse("region_visits"))],
        Goal.COST: [
            Link(_("High users in the region"), reverse("region_high_users")),
            Link(_("What the plans did"), reverse("region_effect")),
        ],
        Goal.NETWORK: [Link(_("Bottlenecks"), reverse("region_bottlenecks"))],
    }[goal]
