"""Who takes part: cohorts placed around today, practices and the people who work there."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from monitoring.demo.accounts import STAFF_EMAILS
from monitoring.demo.chance import dice, weekday
from monitoring.demo.names import people_names, practice_names
from practices.programme_year import add_months
from practices.states import StaffRole

FIRST_CODE = 1_990_001

# Months from the first day of this quarter to the start of a cohort: one is through both years,
# one halfway year 2, one has just begun year 2, one nears the end of year 1, one still waits.
COHORT_MONTHS = (-33, -18, -12, -9, 3)

# Which cohort the practices fall in, over and over; the first is the home of the demo's accounts.
COHORT_OF_PRACTICE = (4, 2, 1, 3, 2, 1, 4, 5, 3, 1)

# Practices that began later than their cohort: for them year 1 is still young.
OWN_START_MONTHS = -3
STARTS_LATER = 6
STOPS = 5
IS_EXEMPT = 9
# A practice so small that its number of high users is not shown outside it.
IS_SMALL = 12
SMALL_PRACTICE = 540

CONSULTANTS = ("consulent@demo.example", "consulent2@demo.example", "consulent3@demo.example")
FACILITATORS = ("ekc@demo.example", "ekc2@demo.example", "ekc3@demo.example")


@dataclass(frozen=True, slots=True)
class DemoCohort:
    number: int
    name: str
    information_meeting: date
    enrol_before: date
    request_before: date
    start: date


@dataclass(frozen=True, slots=True)
class DemoEmployment:
    person: str
    name: str
    email: str
    role: StaffRole
    first_day: date
    last_day: date | None
    fte: str
    registration: str


@dataclass(frozen=True, slots=True)
class DemoPractice:
    """`zeal` is how likely the practice finishes what it has to do; `index` is its place."""

    index: int
    code: str
    name: str
    city: str
    neighbourhood: str
    cohort: DemoCohort
    own_start: date | None
    stopped_on: date | None
    zeal: float
    patients: int
    staff: tuple[DemoEmployment, ...]

    @property
    def start(self) -> date:
        return self.own_start or self.cohort.start

    @property
    def is_home(self) -> bool:
        """Where the accounts of the demo work."""
        return self.index == 0

    @property
    def preferred_insurer(self) -> str:
        return "VGZ" if self.index % 3 == 1 else "CZ"

    @property
    def consultant(self) -> str:
        return CONSULTANTS[self.index % len(CONSULTANTS)]


@dataclass(frozen=True, slots=True)
class DemoRegion:
    """Everything on `today` that follows from the seed; `sheets` writes it down."""

    seed: int
    today: date
    cohorts: tuple[DemoCohort, ...]
    practices: tuple[DemoPractice, ...]


def demo_region(*, practices: int, seed: int, today: date) -> DemoRegion:
    cohorts = _cohorts(today)
    people = people_names()
    names = practice_names()
    listed: list[DemoPractice] = []
    for index, (name, city, neighbourhood) in zip(range(practices), names, strict=False):
        cohort = cohorts[COHORT_OF_PRACTICE[index % len(COHORT_OF_PRACTICE)] - 1]
        chance = dice(seed, "practice", index)
        zeal = float(chance.choice([0.98, 0.85, 0.5], p=[0.6, 0.27, 0.13]))
        size = int(chance.integers(1_800, 3_500))
        listed.append(
            DemoPractice(
                index=index,
                code=f"{FIRST_CODE + index:08d}",
                name=name,
                city=city,
                neighbourhood=neighbourhood,
                cohort=cohort,
                own_start=_own_start(index, today),
                stopped_on=_stopped_on(index, cohort, today),
                zeal=zeal,
                patients=SMALL_PRACTICE if index == IS_SMALL else size,
                staff=tuple(_staff(index, cohort, seed, people, listed)),
            )
        )
    return DemoRegion(seed, today, cohorts, tuple(listed))


def quarter_start(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _cohorts(today: date) -> tuple[DemoCohort, ...]:
    starts = [add_months(quarter_start(today), months) for months in COHORT_MONTHS]
    return tuple(
        DemoCohort(
            number=number,
            name=f"Lichting {number} ({start:%m-%Y})",
            information_meeting=weekday(start - timedelta(days=27)),
            enrol_before=start - timedelta(days=14),
            request_before=start,
            start=start,
        )
        for number, start in enumerate(starts, 1)
    )


def _own_start(index: int, today: date) -> date | None:
    if index % 10 != STARTS_LATER:
        return None
    return add_months(quarter_start(today), OWN_START_MONTHS)


def _stopped_on(index: int, cohort: DemoCohort, today: date) -> date | None:
    """One practice in ten of the oldest cohort stops halfway its second year."""
    if index % 40 != STOPS or add_months(cohort.start, 18) > today:
        return None
    return add_months(cohort.start, 18)


def _roles(index: int, seed: int) -> list[StaffRole]:
    """Who works in a practice; the first has one of each kind that has an account."""
    chance = dice(seed, "roles", index)
    owners, assistants = int(chance.integers(1, 4)), int(chance.integers(2, 6))
    roles = [StaffRole.GP_OWNER] * owners + [StaffRole.ASSISTANT] * assistants
    roles += [StaffRole.GP_LOCUM] * int(chance.integers(0, 3))
    roles += [StaffRole.POH] * int(chance.integers(1, 3))
    extra = (StaffRole.MANAGER, StaffRole.NP, StaffRole.PA)
    roles += [
        role for role, odds in zip(extra, (0.6, 0.2, 0.1), strict=True) if chance.random() < odds
    ]
    if index == 0:
        roles = [StaffRole.GP_OWNER] * 2 + [StaffRole.GP_LOCUM, StaffRole.POH, StaffRole.MANAGER]
        roles += [StaffRole.ASSISTANT] * 4
    return roles


def _staff(
    index: int, cohort: DemoCohort, seed: int, people: Iterator[str], before: list[DemoPractice]
) -> Iterator[DemoEmployment]:
    chance = dice(seed, "staff", index)
    taken: set[StaffRole] = set()
    for number, role in enumerate(_roles(index, seed), 1):
        name = next(people)
        own_mail = index == 0 and role in STAFF_EMAILS and role not in taken
        taken.add(role)
        first_day = cohort.start - timedelta(days=int(chance.integers(100, 3_000)))
        leaves = not own_mail and index != 0 and chance.random() < 0.06
        yield DemoEmployment(
            person=f"D{index + 1:04d}-{number:02d}",
            name=name,
            email=STAFF_EMAILS[role] if own_mail else _email(name),
            role=role,
            first_day=first_day,
            last_day=add_months(cohort.start, int(chance.integers(2, 10))) if leaves else None,
            fte=f"{chance.choice([0.5, 0.6, 0.7, 0.8, 0.9, 1.0]):.1f}",
            registration=f"{99_000_000_000 + index * 100 + number}",
        )
    if index == 1:
        yield from _second_job(before[0], cohort)


def _second_job(home: DemoPractice, cohort: DemoCohort) -> Iterator[DemoEmployment]:
    """The locum of the first practice works in the second one as well."""
    locum = next(one for one in home.staff if one.role == StaffRole.GP_LOCUM)
    yield DemoEmployment(
        person=locum.person,
        name=locum.name,
        email=locum.email,
        role=StaffRole.GP_LOCUM,
        first_day=cohort.start - timedelta(days=400),
        last_day=None,
        fte="0.4",
        registration=locum.registration,
    )


def _email(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@praktijk.example"


def begun(region: DemoRegion) -> Iterator[DemoPractice]:
    """The practices whose programme has started."""
    return itertools.filterfalse(lambda one: one.start > region.today, region.practices)
