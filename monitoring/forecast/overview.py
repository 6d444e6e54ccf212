"""Enough places for every norm? What is asked, against what the calendar still has free."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from monitoring.facts import exemptions
from monitoring.forecast.asked import (
    TRAINING_KINDS,
    Asked,
    Wish,
    asked_of,
    times_counted,
    wishes_of,
)
from monitoring.forecast.places import Need, Outlook, outlook
from practices.facts import programme_calendar
from training.enrolment.places import Places
from training.enrolment.rules import session_problems
from training.models import Session
from training.needs import open_needs
from training.states import SessionKind


@dataclass(frozen=True, slots=True)
class Deadline:
    """What a norm asks before `before`: how many people need how many times, and what there is.

    `planned` people have the places they need. `free` are the places in `sessions` coming
    sessions that those people can go to, None without limit; others may need them as well, which
    `outlook` takes into account.
    """

    kind: SessionKind
    asked: tuple[Asked, ...]
    people: tuple[tuple[int, int], ...]
    free: int | None
    sessions: int
    outlook: Outlook

    @property
    def day(self) -> date:
        return self.outlook.deadline

    @property
    def before(self) -> date:
        """The deadline is the last day that is in time; "before" names the day after it."""
        return self.day + timedelta(days=1)

    @property
    def practices(self) -> int:
        return len(self.asked)

    @property
    def planned(self) -> int:
        people = {need.person_id for one in self.asked for need in one.counted if not need.left}
        return len(people)


@dataclass(frozen=True, slots=True)
class NormForecast:
    """One norm of training with its deadlines, the first first."""

    kind: SessionKind
    deadlines: tuple[Deadline, ...]

    @property
    def short(self) -> int:
        return sum(one.outlook.short for one in self.deadlines)


def forecast(now: datetime, until: date) -> list[NormForecast]:
    """For deadlines up to `until`. Five queries, however many practices."""
    return forecast_of(asked_in_region(now, until), coming_sessions(now, until), now)


def asked_in_region(now: datetime, until: date) -> list[Asked]:
    """Four queries. The calendar of the last of all days has the groups of each deadline."""
    calendar = programme_calendar(date.max)
    needs = open_needs(calendar, timezone.localdate(now))
    found = asked_of(needs, calendar.participants, exemptions(calendar))
    return [one for one in found if one.deadline <= until]


def coming_sessions(now: datetime, until: date) -> list[Session]:
    """Those that count for a norm, in order of time, with `confirmed` and `waiting`."""
    found = Session.objects.coming(timezone.localdate(now)).filter(
        kind__in=TRAINING_KINDS, held_on__lte=until
    )
    return list(found.select_related("course").with_counts())


def forecast_of(
    asked: Sequence[Asked], sessions: Iterable[Session], now: datetime
) -> list[NormForecast]:
    free = [one for one in sessions if has_free_places(one, now)]
    today = timezone.localdate(now)
    return [
        NormForecast(kind, tuple(_deadlines(kind, asked, free, today))) for kind in TRAINING_KINDS
    ]


def places_in(session: Session) -> Places:
    return Places(session.places, session.confirmed, session.waiting, 0)  # type: ignore[attr-defined]


def has_free_places(session: Session, now: datetime) -> bool:
    """Whether somebody who enrols now has a place at once."""
    return not session_problems(session, now) and not places_in(session).full


def _deadlines(
    kind: SessionKind, asked: Iterable[Asked], free: Collection[Session], today: date
) -> Iterable[Deadline]:
    of_kind = [one for one in asked if one.kind == kind]
    supply = [session for session in free if session.kind == kind]
    wishes = wishes_of(of_kind)
    counted = Counter(_need_of(wish, supply, today) for wish in wishes)
    needs = [
        Need(opens, deadline, people, times, sessions)
        for (opens, deadline, times, sessions), people in counted.items()
    ]
    places = {session.pk: places_in(session).free for session in supply}
    by_day = {one.deadline: one for one in outlook(needs, places)}
    of_day: defaultdict[date, list[Asked]] = defaultdict(list)
    for one in of_kind:
        of_day[one.deadline].append(one)
    for day in sorted(of_day):
        reachable = frozenset().union(*(need.sessions for need in needs if need.deadline == day))
        yield Deadline(
            kind=kind,
            asked=tuple(of_day[day]),
            people=tuple(times_counted(wish for wish in wishes if wish.deadline == day)),
            free=_sum(places[session] for session in reachable),
            sessions=len(reachable),
            outlook=by_day.get(day, Outlook(day, 0, 0, 0)),
        )


NeedKey = tuple[date, date, int, frozenset[int]]


def _need_of(wish: Wish, supply: Iterable[Session], today: date) -> NeedKey:
    """People with equal keys are alike for the forecast: since when something counts matters only
    as far as it is still to come."""
    sessions = frozenset(
        one.pk
        for one in supply
        if wish.opens <= one.held_on <= wish.deadline
        and one.pk not in wish.planned
        and one.meant_for & wish.roles
        and (one.only_for_id is None or one.only_for_id in wish.practices)
    )
    return max(wish.opens, today), wish.deadline, wish.times, sessions


def _sum(places: Iterable[int | None]) -> int | None:
    """None as soon as one of them has no limit."""
    found = list(places)
    return None if None in found else sum(one for one in found if one is not None)
