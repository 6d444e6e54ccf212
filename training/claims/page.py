"""What the pages of a claim show: its history, and what accepting it would do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from practices.facts import programme_calendar
from practices.models import Employment, Person, Practice
from practices.programme_year import year_end
from training.facts import years_that_count
from training.models import ClaimStep, Session, TrainingClaim
from training.states import ClaimState, SessionKind


@dataclass(frozen=True, slots=True)
class Counting:
    """That it would count for this kind in this programme year of this practice."""

    kind: SessionKind
    practice: Practice
    year: int

    @property
    def last_day(self) -> date:
        return year_end(self.practice.start, self.year)


def history(claim: TrainingClaim) -> list[ClaimStep]:
    return list(claim.steps.select_related("made_by__person"))


def question(claim: TrainingClaim) -> str:
    """What was last said to who claimed it."""
    last = claim.steps.exclude(state=ClaimState.SENT).order_by("-made_at", "-pk").first()
    return last.text if last else ""


def would_count(claim: TrainingClaim) -> list[Counting]:
    """For what it would count, in every practice where the person works or worked."""
    spells = Employment.objects.of(claim.person).values("practice")
    there = Practice.objects.filter(pk__in=spells).select_related("cohort")
    practices = {one.pk: one for one in there}
    calendar = programme_calendar(timezone.localdate(), list(practices))
    found = years_that_count(calendar, claim.person_id, claim.followed_on)
    return [Counting(kind, practices[practice], year) for kind, practice, year in found]


def attended_that_day(claim: TrainingClaim) -> list[Session]:
    """Sessions of the region on that day: the same training counts once."""
    there = Session.objects.filter(
        held_on=claim.followed_on,
        attendances__person=claim.person_id,
        attendances__present=True,
    )
    return list(there.in_order())


def other_claims(claim: TrainingClaim) -> list[TrainingClaim]:
    return list(claim.person.claims.exclude(pk=claim.pk).exclude(state=ClaimState.WITHDRAWN)[:10])


def practices_of(person: Person) -> list[Practice]:
    """Where somebody works today."""
    spells = Employment.objects.of(person).in_service(timezone.localdate())
    return list(Practice.objects.filter(pk__in=spells.values("practice")).order_by("name", "pk"))


def team(practice: Practice) -> list[Person]:
    """Who works here today."""
    spells = Employment.objects.in_service(timezone.localdate()).of_team(practice)
    people: Iterable[Person] = (spell.person for spell in spells)
    return list(dict.fromkeys(people))
