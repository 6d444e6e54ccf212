"""What practices did in the programme: sessions, attendance, visits, answers, schedules.

For everything a practice has to do a day is drawn within the programme year; what lies after
today has not happened yet. So the statuses of the region follow from the calendar itself: met,
missed, at risk and on track all occur.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

import numpy

from monitoring.demo.chance import day_between, dice, weekday
from monitoring.demo.region import (
    FACILITATORS,
    IS_EXEMPT,
    DemoPractice,
    DemoRegion,
    begun,
    quarter_start,
)
from practices.norms import SHIPPED_NORMS, at_least
from practices.programme_year import add_months, normed_years
from practices.states import StaffRole
from training.shipped import IN_PRACTICE, MENU
from training.states import SessionKind

TITLES = {
    kind: tuple(
        title for of_kind, title, _level in MENU if of_kind == kind and title not in IN_PRACTICE
    )
    for kind in (SessionKind.TRIAGE, SessionKind.CONVERSATION)
} | {
    SessionKind.INTERVISION: (
        "Intervisie: verwijzen bij twijfel",
        "Intervisie: regie op veelgebruikers",
        "Intervisie: time-out in de praktijk",
    ),
    SessionKind.QUESTION_HOUR: ("Vragenuur",),
    SessionKind.INFORMATION: ("Informatiebijeenkomst",),
}
CAPACITY = {SessionKind.TRIAGE: 16, SessionKind.CONVERSATION: 15, SessionKind.INTERVISION: 12}
# Practices that one session a quarter of each kind is enough for.
PRACTICES_PER_SESSION = {
    SessionKind.TRIAGE: 12,
    SessionKind.CONVERSATION: 12,
    SessionKind.INTERVISION: 8,
}
PATTERNS = (
    "15/30 zonder 5",
    "20 minuten voor iedereen",
    "15/30 met meekijkconsulten van 5 minuten",
    "Twee kamers met een assistent",
    "Eenvoudige vragen bij de SOH",
)
PLACES = (
    "Vergadercentrum De Draaischijf, Tilburg",
    "Zaal De Spinnerij, Tilburg",
    "Dorpshuis De Pomp, Udenhout",
    "Gezondheidshuis De Leij, Goirle",
)
TIMES = ("13:00", "17:30", "19:00", "19:30")
GPS = (StaffRole.GP_OWNER, StaffRole.GP_LOCUM)
PROFESSIONALS = (*GPS, StaffRole.POH)


@dataclass(slots=True)
class DemoSession:
    """`seats` is what is left of `capacity`; `people` are those who were there, or not."""

    reference: str
    kind: SessionKind
    title: str
    held_on: date
    starts_at: str
    place: str
    facilitator: str
    capacity: int | None
    seats: int
    people: dict[str, bool] = field(default_factory=dict)


@dataclass(slots=True)
class Progress:
    """What happened up to today, as rows of the region's files."""

    sessions: list[DemoSession]
    visits: list[tuple[DemoPractice, date, bool]] = field(default_factory=list)
    answers: list[tuple[DemoPractice, int, date, bool]] = field(default_factory=list)
    schedules: list[tuple[DemoPractice, str, date | None]] = field(default_factory=list)
    exemptions: list[tuple[DemoPractice, int, int, date, str]] = field(default_factory=list)


def progress_of(region: DemoRegion) -> Progress:
    progress = Progress(sessions=list(_calendar(region)))
    for practice in begun(region):
        _take_part(region, practice, progress.sessions)
        _do_the_rest(region, practice, progress)
    return progress


def _calendar(region: DemoRegion) -> Iterator[DemoSession]:
    """Sessions of every quarter, from half a year before the first start to two quarters ahead."""
    last = add_months(quarter_start(region.today), 9)
    first = add_months(region.cohorts[0].start, -6)
    quarters = [add_months(first, 3 * number) for number in range(100)]
    for begin, end in pairwise(day for day in quarters if day <= last):
        for kind, per_session in PRACTICES_PER_SESSION.items():
            for number in range(1 + len(region.practices) // per_session):
                yield _session(region.seed, kind, begin, end, number)
        yield _session(region.seed, SessionKind.QUESTION_HOUR, begin, end, 0)
    for cohort in region.cohorts:
        day = cohort.information_meeting
        yield _session(region.seed, SessionKind.INFORMATION, day, day + timedelta(days=1), 0)


def _session(seed: int, kind: SessionKind, begin: date, end: date, number: int) -> DemoSession:
    chance = dice(seed, "session", kind, begin, number)
    titles = TITLES[kind]
    held_on = day_between(chance, begin, end - timedelta(days=1))
    return DemoSession(
        reference=f"{kind}-{begin:%Y-%m}-{number + 1}",
        kind=kind,
        title=titles[int(chance.integers(len(titles)))],
        held_on=max(held_on, begin),
        starts_at=TIMES[int(chance.integers(len(TIMES)))],
        place=PLACES[int(chance.integers(len(PLACES)))],
        facilitator=FACILITATORS[int(chance.integers(len(FACILITATORS)))],
        capacity=CAPACITY.get(kind),
        seats=CAPACITY.get(kind, 0),
    )


def _take_part(region: DemoRegion, practice: DemoPractice, sessions: list[DemoSession]) -> None:
    """Who goes to what: in year 1 courses and intervision, in year 2 intervision."""
    for year in normed_years(practice.start):
        courses = [
            (SessionKind.TRIAGE, (StaffRole.ASSISTANT,), 1),
            (SessionKind.CONVERSATION, PROFESSIONALS, 1),
        ]
        wanted = courses if year.number == 1 else []
        wanted.append((SessionKind.INTERVISION, GPS, SHIPPED_NORMS.intervision_sessions))
        for kind, roles, times in wanted:
            chance = dice(region.seed, "take part", practice.index, year.number, kind)
            people = _in_service(practice, roles, min(year.last_day, region.today))
            go = _how_many(chance, practice, at_least(50, len(people)), len(people))
            for position, person in enumerate(people[:go]):
                open_to = [
                    one
                    for one in sessions
                    if one.kind == kind and year.first_day <= one.held_on <= year.last_day
                ]
                _attend(chance, person, open_to, times, region.today, practice, position)


def _in_service(practice: DemoPractice, roles: Sequence[StaffRole], day: date) -> list[str]:
    return [
        one.person
        for one in practice.staff
        if one.role in roles
        and one.first_day <= day
        and (one.last_day is None or one.last_day >= day)
    ]


def _how_many(
    chance: numpy.random.Generator, practice: DemoPractice, needed: int, people: int
) -> int:
    """As many as the norm asks, sometimes one more; less when the practice does not manage."""
    if chance.random() < practice.zeal:
        return min(people, needed + int(chance.integers(0, 2)))
    return max(0, needed - 1)


def _attend(
    chance: numpy.random.Generator,
    person: str,
    sessions: list[DemoSession],
    times: int,
    today: date,
    practice: DemoPractice,
    position: int,
) -> None:
    """Takes seats in sessions of the year; those still to come leave no trace."""
    if practice.is_home and position > 0:
        sessions = [one for one in sessions if one.held_on > today]
    free = [one for one in sessions if one.seats > 0 and person not in one.people]
    chosen = chance.permutation(len(free))[:times]
    for one in (free[int(place)] for place in chosen):
        one.seats -= 1
        stopped = practice.stopped_on is not None and one.held_on > practice.stopped_on
        if one.held_on <= today and not stopped:
            one.people[person] = True
    rest = [one for one in free if one.held_on <= today and person not in one.people]
    if rest and chance.random() < 0.05:
        rest[int(chance.integers(len(rest)))].people[person] = False


def _do_the_rest(region: DemoRegion, practice: DemoPractice, progress: Progress) -> None:
    chance = dice(region.seed, "rest", practice.index)
    first, second = normed_years(practice.start)
    until = min(region.today, practice.stopped_on or region.today)
    for number in range(1, 4):
        begin = add_months(practice.start, 12 * (number - 1) + 2)
        held_on = day_between(chance, begin, add_months(begin, 8))
        discussed = chance.random() < practice.zeal
        if held_on <= until and not practice.is_home:
            progress.visits.append((practice, held_on, number > 1 or discussed))
    for year in (first, second):
        answered_on = day_between(
            chance, year.last_day + timedelta(days=5), year.last_day + timedelta(days=80)
        )
        done = chance.random() < practice.zeal
        if done and answered_on <= until:
            progress.answers.append((practice, year.number, answered_on, chance.random() < 0.8))
    _describe_schedule(chance, practice, progress, until)
    if practice.index == IS_EXEMPT:
        day = weekday(add_months(practice.start, 20))
        if day <= until:
            progress.exemptions.append((practice, 1, 2, day, "Dicht door een verhuizing"))


def _describe_schedule(
    chance: numpy.random.Generator, practice: DemoPractice, progress: Progress, until: date
) -> None:
    pattern = PATTERNS[int(chance.integers(len(PATTERNS)))]
    begin = add_months(practice.start, 2)
    in_use_from = day_between(chance, begin, add_months(begin, 9))
    managed = chance.random() < practice.zeal and not practice.is_home
    in_use = in_use_from if managed and in_use_from <= until else None
    if in_use or begin <= until:
        progress.schedules.append((practice, pattern, in_use))
