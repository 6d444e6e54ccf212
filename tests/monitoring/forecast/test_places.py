"""The forecast of places against every way to hand them out, tried one by one."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, combinations_with_replacement

from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.forecast.places import Need, Outlook, outlook

FIRST = date(2027, 1, 1)


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


def need(deadline: int, people: int, times: int, *sessions: int, opens: int = 0) -> Need:
    return Need(on(opens), on(deadline), people, times, frozenset(sessions))


def test_a_place_serves_one_person_once_and_the_first_deadline_goes_first() -> None:
    needs = [need(90, 3, 1, 1, 2), need(30, 2, 1, 1)]
    assert outlook(needs, {1: 2, 2: 1}) == [Outlook(on(30), 2, 2, 0), Outlook(on(90), 3, 1, 1)]


def test_nobody_takes_two_places_in_one_session() -> None:
    """Twelve free places do not help one GP who needs two different sessions."""
    assert outlook([need(90, 1, 2, 1)], {1: 12}) == [Outlook(on(90), 2, 1, 1)]
    assert outlook([need(90, 1, 2, 1, 2)], {1: 1, 2: 1}) == [Outlook(on(90), 2, 2, 0)]


def test_who_comes_first_by_deadline_only_would_leave_a_place_empty() -> None:
    """Handing out by date and deadline gives the first session to the one with one time to go;
    then two places of the second are left for one person who needs two."""
    needs = [need(20, 1, 1, 1, 2), need(30, 1, 2, 1, 2)]
    assert [one.short for one in outlook(needs, {1: 1, 2: 2})] == [0, 0]


def test_a_session_without_limit_serves_everybody_once() -> None:
    assert outlook([need(90, 40, 2, 1)], {1: None}) == [Outlook(on(90), 80, 40, 4)]


def test_how_many_sessions_of_twelve_to_plan() -> None:
    needs = [need(30, 13, 1), need(90, 20, 1)]
    assert [one.extra_sessions for one in outlook(needs, {})] == [2, 1]
    open_later = [need(30, 13, 1), need(90, 20, 1, opens=31)]
    assert [one.extra_sessions for one in outlook(open_later, {})] == [2, 2]


def test_nobody_needs_anything() -> None:
    assert outlook([], {1: 12}) == []


# Days 0, 1, 2 hold the sessions 0, 1, 2; a person has a window of days and a number of times.
People = Sequence[tuple[int, int, int]]
persons = st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(1, 2)).map(
    lambda one: (min(one[:2]), max(one[:2]), one[2])
)
regions = st.lists(persons, min_size=1, max_size=5)
rooms = st.lists(st.integers(1, 2), min_size=3, max_size=3)


def as_needs(people: People) -> list[Need]:
    """Alike people are one need, as the product counts them."""
    return [
        need(last, people.count((first, last, times)), times, *range(first, last + 1), opens=first)
        for first, last, times in sorted(set(people))
    ]


def seats(people: People, days: Sequence[int], free: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Every way to seat these people one after the other: how many times each got. `days` are
    those of the sessions."""
    if not people:
        yield ()
        return
    (first, last, times), *rest = people
    may = [one for one, day in enumerate(days) if first <= day <= last and free[one]]
    for number in range(times + 1):
        for chosen in combinations(may, number):
            left = tuple(room - (one in chosen) for one, room in enumerate(free))
            for others in seats(rest, days, left):
                yield (number, *others)


def best(people: People, days: Sequence[int], free: Sequence[int]) -> tuple[int, ...]:
    """Places by deadline, as many as can be for the first, then for the second, and so on."""
    deadlines = sorted({last for _first, last, _times in people})
    return max(
        tuple(
            sum(got for got, one in zip(way, people, strict=True) if one[1] == deadline)
            for deadline in deadlines
        )
        for way in seats(people, days, tuple(free))
    )


@given(regions, rooms)
@settings(max_examples=150, deadline=None)
def test_as_many_are_served_as_the_best_of_all_ways(people: People, free: Sequence[int]) -> None:
    found = outlook(as_needs(people), dict(enumerate(free)))
    assert tuple(one.served for one in found) == best(people, range(3), free)


@given(regions, rooms)
@settings(max_examples=40, deadline=None)
def test_no_fewer_extra_sessions_would_do(people: People, free: Sequence[int]) -> None:
    """The number it gives is enough, and on no choice of days is one less enough."""
    found = outlook(as_needs(people), dict(enumerate(free)), new_session_places=2)
    extra = sum(one.extra_sessions for one in found)
    wanted = sum(times for _first, _last, times in people)

    def enough(number: int) -> bool:
        return any(
            sum(best(people, [0, 1, 2, *days], [*free, *[2] * number])) == wanted
            for days in combinations_with_replacement(range(3), number)
        )

    assert enough(extra)
    assert extra == 0 or not enough(extra - 1)
