"""The one thing a practice can best do now, out of its standing: pure.

What is missed for good is no action: only an answer to a questionnaire still counts when late.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from monitoring.compliance import QUESTIONNAIRE, Obligation, Part, PracticeStanding, Status
from monitoring.overview import SETTLED


class Advice(StrEnum):
    ACT = "act"
    NOT_STARTED = "not_started"
    STOPPED = "stopped"
    MISSED = "missed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class NextAction:
    """With `Advice.ACT` the part to work on and its obligation; otherwise neither."""

    advice: Advice
    obligation: Obligation | None = None
    part: Part | None = None


VISIT = "visit"
URGENCY = {Status.AT_RISK: 0, Status.MISSED: 1, Status.ON_TRACK: 2}


def next_action(standing: PracticeStanding, *, as_of: date, for_region: bool = False) -> NextAction:
    """What can just be in time, then what is late but counts, then the rest by deadline.

    The region plans the visits, so a visit is an action for the region only.
    """
    stopped_on = standing.participant.stopped_on
    if stopped_on is not None and stopped_on <= as_of:
        return NextAction(Advice.STOPPED)
    if standing.programme_year is None:
        return NextAction(Advice.NOT_STARTED)
    open_parts = [
        (obligation, part)
        for obligation in standing.obligations
        for part in obligation.parts
        if _can_be_done(part) and (for_region or part.name != VISIT)
    ]
    if open_parts:
        obligation, part = min(open_parts, key=lambda pair: _rank(*pair))
        return NextAction(Advice.ACT, obligation, part)
    if any(obligation.status is Status.MISSED for obligation in standing.obligations):
        return NextAction(Advice.MISSED)
    return NextAction(Advice.DONE)


def _can_be_done(part: Part) -> bool:
    if part.status is Status.MISSED:
        return part.name == QUESTIONNAIRE
    return part.status in URGENCY and part.status not in SETTLED


def _rank(obligation: Obligation, part: Part) -> tuple[int, date, int]:
    return URGENCY[part.status], part.deadline, obligation.intervention
