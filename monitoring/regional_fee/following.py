"""What the region follows of practices on the list [4]: baseline and course of contacts, plans,
visits.

Contacts are counted as the regional fee does for the region: consultations and visits, of all
patients of a twelve-month extract. They come from the overview of high users, small numbers hidden.
Contacts of patients with a plan (with telephone) are seen inside the practice, and pooled over the
region beside patients without a plan: never here.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max

from highusers.overview.facts import practice_years
from highusers.overview.hiding import Figures, JudgedYear, Shown, judged_years
from monitoring.compliance import PracticeStanding
from monitoring.models import Visit
from monitoring.regional_fee.facts import Participant
from monitoring.standing import standing


@dataclass(frozen=True, slots=True)
class Measured:
    """One year of a practice's extracts."""

    year: int
    high_users: Shown
    visits: Shown


@dataclass(frozen=True, slots=True)
class Followed:
    """`baseline` is the earliest extract of the overview, which begins in the year in which the
    practice began (decision 0202); `latest` the last, when that is another.
    `plans`: (programme year, plans that count, plans asked for) of the years begun."""

    participant: Participant
    baseline: Measured | None
    latest: Measured | None
    plans: tuple[tuple[int, int, int], ...]
    visits: int
    last_visit: date | None


def followed(participants: Iterable[Participant], *, year: int, today: date) -> list[Followed]:
    """As things stood at the end of the year, or stand today; a fixed number of queries."""
    listed = list(participants)
    ids = [one.practice_id for one in listed]
    as_of = min(today, date(year, 12, 31))
    standings = {one.participant.practice_id: one for one in standing(as_of, ids)}
    judged = {of_year: found for of_year, found in judged_years(practice_years()).items() if found}
    known = _years_of(judged, year)
    visits = _visits(ids, year, as_of)
    return [
        _followed(one, judged, known.get(one.practice_id, ()), standings, visits) for one in listed
    ]


def _followed(
    participant: Participant,
    judged: Mapping[int, JudgedYear],
    years: Collection[int],
    standings: Mapping[int, PracticeStanding],
    visits: Mapping[int, tuple[int, date | None]],
) -> Followed:
    pk = participant.practice_id
    measured = [_measured(year, judged[year].figures([pk])) for year in sorted(years)]
    number, last = visits.get(pk, (0, None))
    return Followed(
        participant=participant,
        baseline=measured[0] if measured else None,
        latest=measured[-1] if len(measured) > 1 else None,
        plans=_plans(standings[pk]),
        visits=number,
        last_visit=last,
    )


def _measured(year: int, figures: Figures) -> Measured:
    return Measured(year, figures.high_users, figures.visits)


def _plans(of_practice: PracticeStanding) -> tuple[tuple[int, int, int], ...]:
    begun = of_practice.programme_year or 0
    years = zip(of_practice.facts, of_practice.participant.norms, strict=True)
    return tuple(
        (number, facts.plans, norms.plans)
        for number, (facts, norms) in enumerate(years, start=1)
        if number <= begun
    )


def _years_of(judged: Mapping[int, JudgedYear], until: int) -> dict[int, list[int]]:
    """Per practice the years of its extracts, up to and including this one."""
    found: dict[int, list[int]] = {}
    for year, of_year in judged.items():
        if year <= until:
            for where in of_year.practices():
                found.setdefault(where.practice, []).append(year)
    return found


def _visits(
    practices: Collection[int], year: int, as_of: date
) -> dict[int, tuple[int, date | None]]:
    held = Visit.objects.filter(practice__in=practices, held_on__range=(date(year, 1, 1), as_of))
    counted = (
        held.order_by().values("practice_id").annotate(number=Count("id"), last=Max("held_on"))
    )
    return {row["practice_id"]: (row["number"], row["last"]) for row in counted}
