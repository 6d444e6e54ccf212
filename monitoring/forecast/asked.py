"""What the norms still ask of each practice, and of how many people that is at least: pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from practices.norms import Norms, at_least
from practices.programme_calendar import FactKey, Participant
from practices.programme_year import lapses_by_stop
from training.needs import OpenNeed
from training.states import COUNTS_FOR, SessionKind

TRAINING_KINDS = tuple(COUNTS_FOR)


@dataclass(frozen=True, slots=True)
class Asked:
    """The norm of a kind that one practice has yet to meet in a programme year.

    `people` are all of the group who are not done, whoever needs least first; of these the norm
    asks at least `gap`.
    """

    kind: SessionKind
    practice_id: int
    programme_year: int
    deadline: date
    gap: int
    group: int
    people: tuple[OpenNeed, ...]

    @property
    def counted(self) -> tuple[OpenNeed, ...]:
        """The fewest with whom the norm is met."""
        return self.people[: self.gap]

    @property
    def unplanned(self) -> tuple[OpenNeed, ...]:
        return tuple(one for one in self.counted if one.left)

    @property
    def planned(self) -> int:
        """How many of them will be there with the places they have."""
        return len(self.counted) - len(self.unplanned)


def asked_of(
    needs: Iterable[OpenNeed],
    participants: Iterable[Participant],
    exemptions: Mapping[FactKey, frozenset[int]],
) -> list[Asked]:
    """In the order of `needs`; practices that met the norm, are exempt or will have stopped before
    the deadline are left out. Half of a group is meant, so not everybody who is not done."""
    known = {one.practice_id: one for one in participants}
    found = []
    for key, group in groupby(needs, lambda one: (one.kind, one.practice_id, one.programme_year)):
        people = tuple(group)
        kind, practice_id, year = SessionKind(key[0]), key[1], key[2]
        participant, deadline = known[practice_id], people[0].deadline
        percent = _percent(participant.norms[year - 1], kind)
        gap = at_least(percent, people[0].people) - people[0].reached
        exempt = COUNTS_FOR[kind] in exemptions.get((practice_id, year), frozenset())
        stops = lapses_by_stop(deadline, participant.stopped_on, date.max)
        if gap > 0 and not exempt and not stops:
            size = people[0].people
            found.append(Asked(kind, practice_id, year, deadline, gap, size, people))
    return found


def _percent(norms: Norms, kind: SessionKind) -> int:
    return {
        SessionKind.TRIAGE: norms.assistants_percent,
        SessionKind.CONVERSATION: norms.professionals_percent,
        SessionKind.INTERVISION: norms.gps_percent,
    }[kind]


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody who needs `times` more sessions held from `opens` to `deadline`, other than those
    of `planned`; roles and practices decide for which courses one may enrol."""

    person_id: int
    opens: date
    deadline: date
    times: int
    roles: frozenset[str]
    practices: frozenset[int]
    planned: frozenset[int]


def wishes_of(asked: Iterable[Asked]) -> list[Wish]:
    """One person once: who is counted in two practices takes part for both at the same time.

    Where the deadlines differ, what is needed by the first counts for the second as well and must
    then lie in both years; only what the second asks on top comes after the first. That is the
    careful side: it can ask for a later session than is needed, never for too few.
    """
    by_person: defaultdict[int, list[OpenNeed]] = defaultdict(list)
    for one in asked:
        for need in one.unplanned:
            by_person[need.person_id].append(need)
    return [wish for needs in by_person.values() for wish in _of_person(needs)]


def _wish(need: OpenNeed) -> Wish:
    return Wish(
        person_id=need.person_id,
        opens=need.opens,
        deadline=need.deadline,
        times=need.left,
        roles=need.roles,
        practices=frozenset({need.practice_id}),
        planned=need.planned,
    )


def _of_person(needs: list[OpenNeed]) -> list[Wish]:
    found: list[Wish] = []
    for need in sorted(needs, key=lambda one: (one.deadline, one.opens)):
        wish = _wish(need)
        before = found[-1] if found else None
        if before is None or wish.opens > before.deadline:
            found.append(wish)
            continue
        found[-1] = replace(
            before,
            opens=max(before.opens, wish.opens),
            roles=before.roles | wish.roles,
            practices=before.practices | wish.practices,
            planned=before.planned | wish.planned,
        )
        if wish.times > before.times:
            after = max(wish.opens, before.deadline + timedelta(days=1))
            more = wish.times - before.times
            if before.deadline == wish.deadline:
                found[-1] = replace(found[-1], times=wish.times)
            else:
                found.append(replace(wish, opens=after, times=more))
    return found


def times_counted(wishes: Iterable[Wish]) -> list[tuple[int, int]]:
    """How many people need how many times, the fewest times first."""
    return sorted(Counter(wish.times for wish in wishes).items())
