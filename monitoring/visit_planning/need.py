"""Who needs help now, and why: pure, so that page, mail and count say the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from monitoring.compliance import QUESTIONNAIRE, Part, PracticeStanding, Status
from practices.programme_year import year_end

STILL_TALKED_ABOUT = 365
"""Days after which what was missed for good is history, and no need of today."""


class Why(IntEnum):
    """The lower, the sooner: too late, soon too late, waits for the consultant, worth a talk."""

    LATE = 1
    VISIT_DUE = 2
    AT_RISK = 3
    ANOTHER_DATE = 4
    PLAN_WAITS = 5
    AGREEMENTS = 6
    CONTRADICTS = 7


@dataclass(frozen=True, slots=True)
class Reason:
    """`number` counts what it is about (days left for a visit that is due); `about` holds the
    interventions, for a contradiction the programme year, for a visit that of which none was held;
    `since` or `until` is its day."""

    why: Why
    number: int = 0
    about: tuple[int, ...] = ()
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a practice. `visit_until` is the last day for a visit that is neither held
    nor planned, and `year_missed` the year before when it went by without one; `contradicted` the
    questionnaires whose 'no' the figures contradict, by year; `own_agreements` those the
    consultant has open, `late_agreements` of them past their day."""

    standing: PracticeStanding
    visit_until: date | None = None
    year_missed: int = 0
    another_date_since: date | None = None
    plan_waits_since: date | None = None
    contradicted: tuple[int, ...] = ()
    own_agreements: int = 0
    late_agreements: int = 0


def need(situation: Situation, today: date) -> tuple[Reason, ...]:
    """The heaviest first; empty when nothing asks for the consultant."""
    stopped_on = situation.standing.participant.stopped_on
    if situation.standing.programme_year is None or (stopped_on and stopped_on <= today):
        return ()
    return tuple(sorted(_reasons(situation, today), key=lambda reason: reason.why))


def urgency(reasons: tuple[Reason, ...]) -> tuple[int, int, date]:
    """To sort practices by: the heaviest reason, then how many, then the first day."""
    days = [reason.day for reason in reasons if reason.day is not None]
    return min(reason.why for reason in reasons), -len(reasons), min(days, default=date.max)


def _reasons(situation: Situation, today: date) -> list[Reason]:
    standing, found = situation.standing, []
    late = _of(standing, today, Status.MISSED)
    risky = _of(standing, today, Status.AT_RISK)
    if late:
        found.append(Reason(Why.LATE, len(late), _numbers(late), _first_day(late)))
    if risky:
        found.append(Reason(Why.AT_RISK, len(risky), _numbers(risky), _first_day(risky)))
    found += _visit(situation, today)
    if situation.another_date_since is not None:
        found.append(Reason(Why.ANOTHER_DATE, day=situation.another_date_since))
    if situation.plan_waits_since is not None:
        found.append(Reason(Why.PLAN_WAITS, day=situation.plan_waits_since))
    if situation.own_agreements:
        found.append(Reason(Why.AGREEMENTS, situation.own_agreements, (situation.late_agreements,)))
    if situation.contradicted:
        found.append(Reason(Why.CONTRADICTS, len(situation.contradicted), situation.contradicted))
    return found


def _visit(situation: Situation, today: date) -> Iterator[Reason]:
    """Soon to be held, or not held in the year that is over."""
    if situation.visit_until is None:
        return
    left, participant = (situation.visit_until - today).days, situation.standing.participant
    if missed := situation.year_missed:
        over = year_end(participant.start_on, missed)
        yield Reason(Why.VISIT_DUE, left, (missed,), over)
    elif left <= participant.norms[0].at_risk_days:
        yield Reason(Why.VISIT_DUE, left, day=situation.visit_until)


def _of(standing: PracticeStanding, today: date, status: Status) -> list[tuple[int, Part]]:
    """Interventions with a part of this status, the visit aside: that is the region's to plan, and
    told apart. What was missed for good counts for a year."""
    return [
        (obligation.intervention, part)
        for obligation in standing.obligations
        for part in obligation.parts
        if part.status is status and part.name != "visit" and _matters(part, today)
    ]


def _matters(part: Part, today: date) -> bool:
    if part.status is not Status.MISSED or part.name == QUESTIONNAIRE:
        return True
    return (today - part.deadline).days <= STILL_TALKED_ABOUT


def _numbers(parts: list[tuple[int, Part]]) -> tuple[int, ...]:
    return tuple(sorted({intervention for intervention, _part in parts}))


def _first_day(parts: list[tuple[int, Part]]) -> date:
    return min(part.deadline for _intervention, part in parts)
