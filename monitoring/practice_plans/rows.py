"""How far each practice is with its plan of this programme year. The plan carries no norm."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from interventions.models import PracticePlan
from interventions.practice_plan.page import period_of
from interventions.practice_plan.services import year_of
from interventions.practice_plan.states import MANDATORY, Field, PlanState
from practices.models import Practice
from practices.typed import whole_number

OF_SIX = len(MANDATORY)


class Standing(StrEnum):
    """The values are those of the address. `WAITS`: handed in, so PrimaCura is to read it."""

    NONE = "geen"
    DRAFT = "bezig"
    WAITS = "ingeleverd"
    COMMENTED = "opmerkingen"
    AGREED = "akkoord"


_OF_STATE = {
    PlanState.DRAFT: Standing.DRAFT,
    PlanState.HANDED_IN: Standing.WAITS,
    PlanState.COMMENTED: Standing.COMMENTED,
    PlanState.AGREED: Standing.AGREED,
}


@dataclass(frozen=True, slots=True)
class PlanRow:
    """`filled` of the six sections say what will be done; `since` is None without a plan."""

    practice: Practice
    year: int
    standing: Standing
    filled: int
    since: datetime | None

    @property
    def period(self) -> str:
        return period_of(self.practice, self.year)

    @property
    def words(self) -> str:
        return standing_names()[self.standing]


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter without a value, or with one that does not exist, lets all through."""

    cohort: int | None = None
    standing: Standing | None = None


def standing_names() -> dict[Standing, str]:
    return {
        Standing.NONE: _("No plan yet"),
        Standing.DRAFT: _("Being written"),
        Standing.WAITS: _("Handed in, waits for PrimaCura"),
        Standing.COMMENTED: _("Has comments, waits for the practice"),
        Standing.AGREED: _("Agreed"),
    }


def choice_of(query: Mapping[str, str]) -> Choice:
    cohort, standing = query.get("lichting", ""), query.get("stand", "")
    return Choice(
        whole_number(cohort),
        Standing(standing) if standing in set(Standing) else None,
    )


def plan_rows(today: date) -> list[PlanRow]:
    """Of the practices that take part, in the region's order; two queries."""
    taking_part = Q(stopped_on=None) | Q(stopped_on__gt=today)
    practices = Practice.objects.in_region_order().filter(taking_part)
    says = Q(sections__texts__field=Field.DOING, sections__texts__apart=False)
    says &= ~Q(sections__texts__text="") & Q(sections__kind__in=MANDATORY)
    plans = PracticePlan.objects.annotate(filled=Count("sections", filter=says, distinct=True))
    found = {(one.practice_id, one.programme_year): one for one in plans}
    rows = []
    for practice in practices:
        year = year_of(practice, today)
        plan = found.get((practice.pk, year))
        if plan is None:
            rows.append(PlanRow(practice, year, Standing.NONE, 0, None))
        else:
            standing = _OF_STATE[PlanState(plan.state)]
            rows.append(PlanRow(practice, year, standing, plan.filled, plan.since))
    return rows


def chosen(rows: Sequence[PlanRow], choice: Choice) -> list[PlanRow]:
    return [
        row
        for row in rows
        if choice.cohort in (None, row.practice.cohort_id)
        and choice.standing in (None, row.standing)
    ]
