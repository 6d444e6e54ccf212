"""The sheet for a visit: what the consultant takes along about a practice. No patient stands in it.

Figures on patients are those of the region's overview, hidden as they are there.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from highusers.overview.facts import practice_years
from highusers.overview.hiding import Figures, judged_years
from interventions.models import PracticePlan
from interventions.practice_plan.page import SectionShown, shown_sections
from monitoring.bottlenecks.facts import OpenBottleneck, open_bottlenecks
from monitoring.visit_planning.known import Known, known
from monitoring.visit_planning.people import Contact, contacts
from monitoring.visits.facts import OpenAgreement, open_agreements
from practices.models import Employment, Practice
from practices.states import StaffRole


@dataclass(frozen=True, slots=True)
class Sheet:
    """`team` counts people by role, somebody with two roles in both; `figures` are by calendar
    year, of the latest years only."""

    known: Known
    contact: Contact
    team: Mapping[StaffRole, int]
    plan: Sequence[SectionShown]
    figures: Mapping[int, Figures]
    agreements: Sequence[OpenAgreement]
    bottlenecks: Sequence[OpenBottleneck]

    @property
    def practice(self) -> Practice:
        return self.known.practice


YEARS_SHOWN = 3


def sheets(practices: Iterable[Practice], today: date) -> list[Sheet]:
    """In the order of `practices`; those that did not begin or stopped have none."""
    found = known(practices, today)
    listed = [one.practice for one in found]
    reach = {one.practice.pk: one for one in contacts(listed, today)}
    teams, figures = _teams(listed, today), _figures(listed)
    agreements, hindered = _agreements(listed), open_bottlenecks([one.pk for one in listed])
    return [
        Sheet(
            known=one,
            contact=reach[one.practice.pk],
            team=teams[one.practice.pk],
            plan=_plan(one),
            figures=figures[one.practice.pk],
            agreements=agreements[one.practice.pk],
            bottlenecks=hindered.get(one.practice.pk, ()),
        )
        for one in found
    ]


def _teams(practices: Sequence[Practice], today: date) -> dict[int, Mapping[StaffRole, int]]:
    serving = Employment.objects.in_service(today).filter(practice__in=practices)
    spells = set(serving.values_list("practice", "role", "person"))
    counts = Counter((practice, role) for practice, role, _person in spells)
    return {
        one.pk: {role: counts[one.pk, role] for role in StaffRole if counts[one.pk, role]}
        for one in practices
    }


def _figures(practices: Sequence[Practice]) -> dict[int, dict[int, Figures]]:
    """Of each practice by itself, as the guard of the region's overview lets it through."""
    judged = judged_years(practice_years())
    latest = sorted(judged)[-YEARS_SHOWN:]
    found: dict[int, dict[int, Figures]] = {}
    for practice in practices:
        there = (
            year
            for year in latest
            if any(one.practice == practice.pk for one in judged[year].practices())
        )
        found[practice.pk] = {year: judged[year].figures([practice.pk]) for year in there}
    return found


def _agreements(practices: Sequence[Practice]) -> dict[int, list[OpenAgreement]]:
    found: dict[int, list[OpenAgreement]] = {one.pk: [] for one in practices}
    for one in open_agreements(practices=list(found)):
        found[one.practice.pk].append(one)
    return found


def _plan(one: Known) -> list[SectionShown]:
    plan = PracticePlan.objects.filter(practice=one.practice, programme_year=one.term.year).first()
    return shown_sections(plan) if plan is not None else []
