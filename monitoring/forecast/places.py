"""Whether there are enough places for all who need them before their deadlines: pure.

A place serves one person once, and nobody takes two places in one session. Needs are served the
earliest deadline first, each by augmenting paths (a maximum flow from needs over sessions): what
was given to an earlier need is passed round to other sessions but never taken away, so that as
many places as possible go to the first deadline, then to the second, and in all as many as can be.
People who may go to the same sessions and need as many times are one need: a share of at most
`people` places per session can always be dealt out round the people, each time to another.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

NEW_SESSION_PLACES = 12
"""How many places a session has that is still to be planned."""


@dataclass(frozen=True, slots=True)
class Need:
    """`people` who each need `times` different sessions of `sessions` (their ids); a session that
    is still to be planned serves them from `opens` to `deadline`, both included."""

    opens: date
    deadline: date
    people: int
    times: int
    sessions: frozenset[int]

    @property
    def places(self) -> int:
        return self.people * self.times


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the people with one deadline need and get, in places. `extra_sessions` are to be
    planned for them on top of those planned for earlier deadlines."""

    deadline: date
    needed: int
    served: int
    extra_sessions: int

    @property
    def short(self) -> int:
        return self.needed - self.served


def outlook(
    needs: Iterable[Need],
    places: Mapping[int, int | None],
    new_session_places: int = NEW_SESSION_PLACES,
) -> list[Outlook]:
    """By deadline, the earliest first. `places` are those free, by session; None is no limit.

    An extra session is thought of on the deadline itself, the day on which most needs are open:
    as few of them as possible are needed that way.
    """
    by_deadline: defaultdict[date, list[Need]] = defaultdict(list)
    for need in sorted(needs, key=lambda one: (one.deadline, one.opens)):
        by_deadline[need.deadline].append(need)
    listed = [need for group in by_deadline.values() for need in group]
    no_limit = sum(need.places for need in listed)
    free = {one: no_limit if number is None else number for one, number in places.items()}
    as_planned, with_extra = _Deal(listed, free), _Deal(listed, free)
    found, first = [], 0
    for deadline, group in by_deadline.items():
        indices = range(first, first + len(group))
        first += len(group)
        served = sum(as_planned.serve(index) for index in indices)
        extra = _extra_sessions(with_extra, indices, deadline, new_session_places)
        found.append(Outlook(deadline, sum(need.places for need in group), served, extra))
    return found


def _extra_sessions(deal: "_Deal", indices: Sequence[int], deadline: date, size: int) -> int:
    """Add sessions on the deadline until all of these are served."""
    added = 0
    for index in indices:
        deal.serve(index)
    while short := sum(deal.lacks(index) for index in indices):
        at_least = -(-short // size)
        for _session in range(at_least):
            deal.add_session(deadline, size)
        added += at_least
        for index in indices:
            deal.serve(index)
    return added


class _Deal:
    """Who has which places so far: per need a number of places by session."""

    def __init__(self, needs: Sequence[Need], free: Mapping[int, int]) -> None:
        self._needs = needs
        self._free = dict(free)
        self._sessions = [set(need.sessions) for need in needs]
        self._has: list[Counter[int]] = [Counter() for _need in needs]
        self._served = [0] * len(needs)

    def lacks(self, index: int) -> int:
        return self._needs[index].places - self._served[index]

    def add_session(self, day: date, places: int) -> None:
        """Ids below nought are those of extra sessions."""
        new = -1 - sum(one < 0 for one in self._free)
        self._free[new] = places
        for need, sessions in zip(self._needs, self._sessions, strict=True):
            if need.opens <= day <= need.deadline:
                sessions.add(new)

    def serve(self, index: int) -> int:
        """Give this need as many places as can be; returns how many it has."""
        while self.lacks(index) and (way := self._way(index)):
            self._take(way)
        return self._served[index]

    def _way(self, start: int) -> list[tuple[int, int]]:
        """A shortest way to a free place: this need takes one in a session, where the next need
        gives one up for another session, and so on; [] when there is none."""
        came_from: dict[int, tuple[int, int] | None] = {start: None}
        seen: set[int] = set()
        waiting = deque([start])
        while waiting:
            index = waiting.popleft()
            people, has = self._needs[index].people, self._has[index]
            for session in self._sessions[index] - seen:
                if has[session] >= people:
                    continue
                seen.add(session)
                if self._free[session]:
                    return self._back(came_from, (index, session))
                for other, theirs in enumerate(self._has):
                    if theirs[session] and other not in came_from:
                        came_from[other] = (index, session)
                        waiting.append(other)
        return []

    @staticmethod
    def _back(
        came_from: Mapping[int, tuple[int, int] | None], last: tuple[int, int]
    ) -> list[tuple[int, int]]:
        way, step = [last], came_from[last[0]]
        while step is not None:
            way.append(step)
            step = came_from[step[0]]
        return way[::-1]

    def _take(self, way: Sequence[tuple[int, int]]) -> None:
        """Move along it as many places at once as every step has room for."""
        start, (_index, last) = way[0][0], way[-1]
        room = [self.lacks(start), self._free[last]]
        room += [self._needs[index].people - self._has[index][session] for index, session in way]
        room += [self._has[giver][session] for (_taker, session), (giver, _to) in pairwise(way)]
        number = min(room)
        self._free[last] -= number
        self._served[start] += number
        for (_taker, session), (giver, _to) in pairwise(way):
            self._has[giver][session] -= number
        for index, session in way:
            self._has[index][session] += number
