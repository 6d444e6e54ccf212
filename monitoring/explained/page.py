"""The six interventions as the explanation shows them, and what comes next for one of them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from interventions.explained.goals import CONTRIBUTIONS, EXTRA_ATTENTION, Goal
from monitoring.compliance import PracticeStanding, Status
from monitoring.next_action import VISIT, Advice, next_action
from monitoring.start.advice import Suggestion, suggestion
from monitoring.start.page import VISIT_INTERVENTION
from monitoring.words import intervention_name
from practices.models import Practice
from practices.tenancy import Access
from training.models import Session

SUBJECTS = {
    1: "regie",
    2: "triage",
    3: "time-out",
    4: "consultduur",
    5: "gesprek",
    6: "intervisie",
}
"""What an intervention is called in an address, by its number."""
NUMBERS = {subject: number for number, subject in SUBJECTS.items()}


@dataclass(frozen=True, slots=True)
class Contribution:
    """One row of the table of goals: `marks` says of each goal whether it is served."""

    number: int
    name: str
    url: str
    marks: tuple[bool, ...]
    remark_at: int | None


def contributions() -> tuple[Contribution, ...]:
    return tuple(
        Contribution(
            number=number,
            name=intervention_name(number),
            url=reverse("intervention_explained", args=[SUBJECTS[number]]),
            marks=tuple(goal in served for goal in Goal),
            remark_at=list(Goal).index(EXTRA_ATTENTION[1])
            if number == EXTRA_ATTENTION[0]
            else None,
        )
        for number, served in CONTRIBUTIONS.items()
    )


def next_step(
    standing: PracticeStanding,
    intervention: int,
    *,
    practice: Practice,
    access: Access,
    sessions: Collection[Session],
    as_of: date,
) -> Suggestion | None:
    """What the practice can do now for this intervention; None when that is nothing."""
    asked = tuple(o for o in standing.obligations if o.intervention == intervention)
    alone = replace(standing, obligations=asked)
    action = next_action(alone, as_of=as_of)
    if action.advice is Advice.ACT:
        return suggestion(
            action, standing=alone, practice=practice, access=access, sessions=sessions
        )
    if intervention == VISIT_INTERVENTION and _visit_is_open(alone):
        return Suggestion(_("PrimaCura plans a visit. Talk about time-outs there."))
    return None


def _visit_is_open(standing: PracticeStanding) -> bool:
    return any(
        part.name == VISIT and part.status in (Status.ON_TRACK, Status.AT_RISK)
        for obligation in standing.obligations
        for part in obligation.parts
    )
