"""Rounds of speed dates, against all rounds there could be and against what must always hold."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from monitoring.kitchen.rounds import SMALL, Guest, make_rounds, most_rounds

QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""Without making a failure smaller: each example solves integer programs."""

SUBJECTS = ("a", "b", "c", "d")
GROUPS = st.integers(0, 4)
SETS = st.frozensets(st.sampled_from(SUBJECTS), max_size=2)


def guests(people):
    def build(told):
        return [Guest(key, *one) for key, one in enumerate(told)]

    one = st.tuples(GROUPS, SETS, SETS)
    return st.lists(one, min_size=people[0], max_size=people[1]).map(build)


def worth_of(plan, everybody):
    """In plain words: who hears of a wish, less the pairs of colleagues."""
    known = {guest.key: guest for guest in everybody}
    total = 0
    for one_round in plan:
        for table in one_round:
            for left, right in combinations(table, 2):
                one, other = known[left], known[right]
                if one.group == other.group:
                    total -= 1
                    continue
                for listener, teller in ((one, other), (other, one)):
                    if any(subject in teller.tells for subject in listener.wishes):
                        total += 1
    return total


def all_rounds(keys):
    """Every way to sit: twos, and one three when the number is odd."""

    def twos(left):
        if not left:
            yield ()
            return
        first = left[0]
        for other in left[1:]:
            rest = [key for key in left if key not in (first, other)]
            for more in twos(rest):
                yield ((first, other), *more)

    if len(keys) % 2 == 0:
        yield from twos(list(keys))
        return
    for three in combinations(keys, 3):
        for more in twos([key for key in keys if key not in three]):
            yield (three, *more)


def pairs(plan):
    return [pair for one in plan for table in one for pair in combinations(sorted(table), 2)]


def in_three(plan):
    return Counter(key for one in plan for table in one if len(table) == 3 for key in table)


def fair(plan, keys):
    counts = in_three(plan)
    return max(counts[key] for key in keys) - min(counts[key] for key in keys) <= 1


def best_of_all(everybody, number):
    """The worth of the best plan there is, by trying all of them; None when there is none."""
    keys = [guest.key for guest in everybody]
    ways = list(all_rounds(keys))
    return max(
        (
            worth_of(plan, everybody)
            for plan in combinations(ways, number)
            if len(set(pairs(plan))) == len(pairs(plan))
            and (len(keys) % 2 == 0 or fair(plan, keys))
        ),
        default=None,
    )


def must_hold(plan, everybody):
    keys = sorted(guest.key for guest in everybody)
    for one in plan:
        assert sorted(key for table in one for key in table) == keys
        sizes = Counter(map(len, one))
        assert sizes[3] == len(keys) % 2
        assert set(sizes) <= {2, 3}
    assert len(set(pairs(plan))) == len(pairs(plan))


@settings(max_examples=30, deadline=None, phases=QUICK)
@given(guests((2, 6)), st.integers(1, 3))
def test_a_small_group_gets_the_best_there_is(everybody, number):
    plan = make_rounds(everybody, number)
    must_hold(plan, everybody)
    best = best_of_all(everybody, len(plan))
    assert best is not None
    assert worth_of(plan, everybody) == best
    if len(plan) < number:
        assert best_of_all(everybody, len(plan) + 1) is None


@settings(max_examples=15, deadline=None, phases=QUICK)
@given(guests((SMALL + 2, 13)), st.integers(1, 4))
def test_everybody_sits_nobody_meets_twice_and_threesomes_are_spread(everybody, number):
    plan = make_rounds(everybody, number)
    must_hold(plan, everybody)
    assert len(plan) == min(number, most_rounds(len(everybody)))
    if len(everybody) % 2:
        assert fair(plan, [guest.key for guest in everybody])


@settings(max_examples=10, deadline=None, phases=QUICK)
@given(guests((8, 10)), st.integers(1, 2))
def test_a_larger_group_comes_close_to_what_each_could_have(everybody, number):
    """No plan is worth more than the best rounds without a thought of each other."""
    plan = make_rounds(everybody, number)
    keys = [guest.key for guest in everybody]
    best_round = max(worth_of([one], everybody) for one in all_rounds(keys))
    assert worth_of(plan[:1], everybody) <= best_round
    if number == 1:
        assert worth_of(plan, everybody) == best_round


@pytest.mark.parametrize("people", [8, 10, 12])
def test_an_even_group_meets_everybody_once(people):
    everybody = [Guest(key, key, frozenset(), frozenset()) for key in range(people)]
    plan = make_rounds(everybody, people + 5)
    must_hold(plan, everybody)
    assert len(plan) == people - 1


@settings(max_examples=10, deadline=None, phases=QUICK)
@given(guests((5, 12)), st.sets(st.integers(0, 11), max_size=3))
def test_who_goes_home_is_left_out_and_who_met_does_not_meet_again(everybody, gone):
    held = make_rounds(everybody, 2)
    staying = [guest for guest in everybody if guest.key not in gone]
    more = make_rounds(staying, 2, held)
    must_hold(more, staying)
    assert not set(pairs(more)) & set(pairs(held))


def test_nobody_and_one_have_nobody_to_meet():
    alone = Guest(1, 1, frozenset("a"), frozenset("a"))
    assert make_rounds([], 3) == make_rounds([alone], 3) == ()


def test_a_wish_is_met_and_colleagues_are_kept_apart():
    teller = Guest(1, 1, frozenset("a"), frozenset())
    colleague = Guest(2, 1, frozenset("a"), frozenset())
    wisher = Guest(3, 2, frozenset(), frozenset("a"))
    fourth = Guest(4, 3, frozenset(), frozenset())
    (one,) = make_rounds([teller, colleague, wisher, fourth], 1)
    assert (1, 2) not in one
    assert (1, 3) in one or (2, 3) in one


def test_the_last_round_of_nine_is_found():
    """One by one gives five."""
    everybody = [Guest(key, key, frozenset(), frozenset()) for key in range(9)]
    plan = make_rounds(everybody, 6)
    must_hold(plan, everybody)
    assert len(plan) == most_rounds(9) == 6
