"""Who was chosen, who is compared with, and who takes no part."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from highusers.effect.rows import Row
from highusers.models import Judgement, PatientPlan
from highusers.states import Influenceable
from practices.models import Practice


@dataclass(frozen=True, slots=True)
class Plan:
    """`chosen_on` is the last day of the extract on which the patient was chosen."""

    drafted_on: date
    chosen_on: date | None


@dataclass(frozen=True, slots=True)
class Choices:
    """By high user: the plans, and the extracts on which the team said "cannot be influenced"."""

    plans: Mapping[int, Sequence[Plan]]
    not_influenceable: frozenset[tuple[int, date]]


@dataclass(frozen=True, slots=True)
class Tally:
    """Patients on either side with a figure for the year after, and gone by then (not in the later
    extract); and high users who take no part: judged not influenceable, with a plan from earlier
    on, with a plan chosen on another extract meanwhile."""

    planned: int = 0
    compared: int = 0
    planned_gone: int = 0
    compared_gone: int = 0
    not_influenceable: int = 0
    planned_earlier: int = 0
    planned_meanwhile: int = 0


@dataclass(frozen=True, slots=True)
class Groups:
    """The patients of a year with a figure for the year after."""

    planned: tuple[Row, ...]
    compared: tuple[Row, ...]
    tally: Tally


def choices_of(practice: Practice, period_ends: Sequence[date]) -> Choices:
    """Two queries, inside the scope of the practice; its extracts end on these days, in order.

    A plan that does not say on which extract its patient was chosen goes by the latest that was
    over when it was drawn up."""
    plans: dict[int, list[Plan]] = defaultdict(list)
    listed = PatientPlan.objects.filter(practice=practice).order_by("drafted_on")
    for patient, drafted_on, end in listed.values_list("high_user", "drafted_on", "period_end"):
        plans[patient].append(Plan(drafted_on, end or _latest(period_ends, drafted_on)))
    judged = Judgement.objects.filter(practice=practice, influenceable=Influenceable.NO)
    return Choices(plans, frozenset(judged.values_list("high_user", "period_end")))


def divide(rows: Iterable[Row], choices: Choices, chosen: date, until: date) -> Groups:
    """The high users of the extract until `chosen`; the year after runs until `until`."""
    counted: Counter[str] = Counter()
    sides: dict[str, list[Row]] = {"planned": [], "compared": []}
    for row in rows:
        side = _side(row, choices, chosen, until)
        if side in sides and row.v1 is None:
            side = f"{side}_gone"
        counted[side] += 1
        if side in sides:
            sides[side].append(row)
    return Groups(tuple(sides["planned"]), tuple(sides["compared"]), Tally(**counted))


def _side(row: Row, choices: Choices, chosen: date, until: date) -> str:
    plans = choices.plans.get(row.high_user, ())
    if any(plan.drafted_on <= chosen and plan.chosen_on != chosen for plan in plans):
        return "planned_earlier"
    begun = [plan for plan in plans if plan.drafted_on <= until]
    if any(plan.chosen_on == chosen for plan in begun):
        return "planned"
    if begun:
        return "planned_meanwhile"
    if (row.high_user, chosen) in choices.not_influenceable:
        return "not_influenceable"
    return "compared"


def _latest(period_ends: Sequence[date], day: date) -> date | None:
    place = bisect_right(period_ends, day)
    return period_ends[place - 1] if place else None
