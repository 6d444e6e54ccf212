"""How far a practice is with the six interventions: norms × facts × date → statuses.

Pure: no database, no clock, no translation. Whatever shows or exports a status reads it here,
through `monitoring.standing`; nothing else decides one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from practices.norms import Norms, at_least
from practices.programme_calendar import Group, Participant
from practices.programme_year import (
    counted_on,
    lapses_by_stop,
    normed_years,
    programme_year,
    year_end,
)


class Status(StrEnum):
    """The status of a part or an obligation; the values are those of the outside contract."""

    NOT_DUE = "not_due"
    NOT_APPLICABLE = "not_applicable"
    MET = "met"
    MISSED = "missed"
    AT_RISK = "at_risk"
    ON_TRACK = "on_track"


WORST_FIRST = (Status.MISSED, Status.AT_RISK, Status.ON_TRACK, Status.MET)
"""The statuses that count towards an obligation, the one that decides first."""


NOBODY = Group(people=0, reached=0)


@dataclass(frozen=True, slots=True)
class YearFacts:
    """What happened in one programme year of one practice, as far as it counts.

    The dates say when a yes/no part was met: last day of the extract's period, day of the visit,
    schedule in use from, questionnaire answered. `exempt` holds the exempted interventions.
    """

    extract_on: date | None = None
    plans: int = 0
    assistants: Group = NOBODY
    visit_on: date | None = None
    schedule_from: date | None = None
    professionals: Group = NOBODY
    gps_twice: Group = NOBODY
    answered_on: date | None = None
    exempt: frozenset[int] = frozenset()


NO_FACTS = YearFacts()


@dataclass(frozen=True, slots=True)
class Part:
    """One countable piece of an obligation: `achieved` (uncapped) of `required`.

    `people` is the size of the group it is about, 0 for a part without one. It is due from
    `opens_on`, by `deadline`, both included.
    """

    name: str
    achieved: int
    required: int
    people: int
    status: Status
    opens_on: date
    deadline: date


@dataclass(frozen=True, slots=True)
class Obligation:
    """What an intervention asks in one programme year; `deadline` is that year's last day."""

    intervention: int
    programme_year: int
    status: Status
    deadline: date
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class PracticeStanding:
    """Where a practice stands; `programme_year` and `year_ends` are None before its start.

    `facts` and the participant's norms, a value per normed year, are what it was judged by.
    """

    participant: Participant
    programme_year: int | None
    year_ends: date | None
    obligations: tuple[Obligation, ...]
    facts: tuple[YearFacts, ...]


Measured = tuple[int, int, int | None]
"""Achieved, required, and the size of the group that the part is about; None without a group."""


def _yes_no(happened_on: date | None) -> Measured:
    return int(happened_on is not None), 1, None


def _of_group(group: Group, percent: int) -> Measured:
    return group.reached, at_least(percent, group.people), group.people


QUESTIONNAIRE = "questionnaire"

MEASURES: dict[str, Callable[[YearFacts, Norms], Measured]] = {
    "extract": lambda facts, norms: _yes_no(facts.extract_on),
    "plans": lambda facts, norms: (facts.plans, norms.plans, None),
    QUESTIONNAIRE: lambda facts, norms: _yes_no(facts.answered_on),
    "assistants": lambda facts, norms: _of_group(facts.assistants, norms.assistants_percent),
    "visit": lambda facts, norms: _yes_no(facts.visit_on),
    "schedule": lambda facts, norms: _yes_no(facts.schedule_from),
    "professionals": lambda facts, norms: _of_group(
        facts.professionals, norms.professionals_percent
    ),
    "gps_twice": lambda facts, norms: _of_group(facts.gps_twice, norms.gps_percent),
}


@dataclass(frozen=True, slots=True, eq=False)
class Duty:
    """What an intervention asks in a programme year, and in which parts it is counted."""

    intervention: int
    programme_year: int
    parts: tuple[str, ...]


DUTIES = (
    Duty(1, 1, ("extract", "plans", QUESTIONNAIRE)),
    Duty(1, 2, ("extract", "plans", QUESTIONNAIRE)),
    Duty(2, 1, ("assistants",)),
    Duty(3, 1, ("visit",)),
    Duty(4, 1, ("schedule", QUESTIONNAIRE)),
    Duty(5, 1, ("professionals",)),
    Duty(6, 1, ("gps_twice",)),
    Duty(6, 2, ("gps_twice",)),
)
"""Every obligation there is, in the order they are shown."""


@dataclass(frozen=True, slots=True, eq=False)
class _Term:
    """When the parts of a programme year are due, by which norms, judged on which day."""

    norms: Norms
    day: date
    opens_on: date
    deadline: date
    lapsed: bool
    questionnaire_opens_on: date
    questionnaire_deadline: date


# Practices of one cohort share their terms, and with them most judgements: a region of
# thousands asks a few hundred different questions. Terms and duties are keys by identity.
_CACHED = 16_384


@lru_cache(maxsize=_CACHED)
def _terms(
    start_on: date, stopped_on: date | None, norms: tuple[Norms, ...], as_of: date
) -> tuple[_Term, ...]:
    return tuple(
        _Term(
            norms=in_force,
            day=counted_on(year.last_day, stopped_on, as_of),
            opens_on=year.first_day,
            deadline=year.last_day,
            lapsed=lapses_by_stop(year.last_day, stopped_on, as_of),
            questionnaire_opens_on=year.last_day + timedelta(days=1),
            questionnaire_deadline=year.last_day + timedelta(days=in_force.questionnaire_days),
        )
        for year, in_force in zip(normed_years(start_on), norms, strict=True)
    )


def _part(name: str, term: _Term, excused: bool, measured: Measured) -> Part:
    achieved, required, people = measured
    opens_on, deadline, warning_days = term.opens_on, term.deadline, term.norms.at_risk_days
    if name == QUESTIONNAIRE:
        opens_on, deadline = term.questionnaire_opens_on, term.questionnaire_deadline
        warning_days = term.norms.questionnaire_at_risk_days
    if term.day < opens_on:
        status = Status.NOT_DUE
    elif excused:
        achieved = required = people = 0
        status = Status.NOT_APPLICABLE
    elif people == 0:
        status = Status.NOT_APPLICABLE
    elif achieved >= required:
        status = Status.MET
    elif term.day > deadline:
        status = Status.MISSED
    elif (deadline - term.day).days <= warning_days:
        status = Status.AT_RISK
    else:
        status = Status.ON_TRACK
    return Part(name, achieved, required, people or 0, status, opens_on, deadline)


@lru_cache(maxsize=_CACHED)
def _obligation(
    duty: Duty, term: _Term, excused: bool, measured: tuple[Measured, ...]
) -> Obligation:
    parts = tuple(
        _part(name, term, excused, figures)
        for name, figures in zip(duty.parts, measured, strict=True)
    )
    statuses = {part.status for part in parts}
    if term.day < term.opens_on:
        status = Status.NOT_DUE
    else:
        status = next((one for one in WORST_FIRST if one in statuses), Status.NOT_APPLICABLE)
    return Obligation(duty.intervention, duty.programme_year, status, term.deadline, parts)


def judge(participant: Participant, facts: Sequence[YearFacts], as_of: date) -> PracticeStanding:
    """The standing of one practice on `as_of`.

    `facts` holds one value per normed year, in order, each counted up to `counted_on` of that
    year. A year that the practice did not see out is excused; one that was out before it stopped
    keeps the standing of the day it stopped.
    """
    start_on = participant.start_on
    terms = _terms(start_on, participant.stopped_on, participant.norms, as_of)
    obligations = []
    for duty in DUTIES:
        term, year = terms[duty.programme_year - 1], facts[duty.programme_year - 1]
        excused = term.lapsed or duty.intervention in year.exempt
        measured = tuple([MEASURES[name](year, term.norms) for name in duty.parts])
        obligations.append(_obligation(duty, term, excused, measured))
    current = programme_year(start_on, as_of)
    return PracticeStanding(
        participant=participant,
        programme_year=current,
        year_ends=None if current is None else year_end(start_on, current),
        obligations=tuple(obligations),
        facts=tuple(facts),
    )
