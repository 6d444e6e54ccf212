"""What a practice sees of others, and the attack on it."""

import random
from statistics import quantiles

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from monitoring.mirror.beside import Beside, beside, step_of
from monitoring.mirror.facts import Count
from monitoring.mirror.funnel import Place
from monitoring.mirror.states import Comparison

YEAR = 2025
ALIKE, SIZE_STEP = 3, 250
PATIENTS = 10
"""What a reader learns of another list must leave this many patients in doubt at least."""


def region(number: int, seed: int = 1, share: float = 0.022) -> list[Count]:
    """Lists from 1,800 to 3,500, as practices are; the first is one's own."""
    chance = random.Random(seed)
    counts = []
    for practice in range(1, number + 1):
        size = chance.randint(1_800, 3_500)
        counted = round(size * chance.gauss(share, share / 8))
        counts.append(Count(practice, YEAR, counted, size))
    return counts


def shown(counts: list[Count], practice: int | None = 1) -> Beside:
    found = beside(counts, YEAR, Comparison.PROPORTION, practice)
    assert found is not None
    return found


def test_below_eight_practices_there_is_no_comparison():
    assert beside(region(7), YEAR, Comparison.PROPORTION, 1) is None
    assert shown(region(8)).practices == 8
    other_years = [Count(one.practice, 2024, 50, 2_000) for one in region(20)]
    assert beside([*region(7), *other_years], YEAR, Comparison.PROPORTION, 1) is None


def test_who_is_kept_back_takes_no_part_in_anything():
    counts = region(9)
    hidden = [Count(99, YEAR, 4, 2_000, kept_back=True)]
    assert shown([*counts, *hidden]) == shown(counts)
    assert beside([*region(7), *hidden], YEAR, Comparison.PROPORTION, 1) is None


def test_a_practice_whose_own_figure_is_kept_back_has_no_place():
    counts = [Count(100, YEAR, 4, 2_000, kept_back=True), *region(9)]
    found = shown(counts, 100)
    assert (found.own, found.place, len(found.dots)) == (None, None, 9)


def test_without_chance_there_is_no_comparison():
    assert beside(region(12), YEAR, Comparison.COURSE, 1) is None


def test_the_own_dot_is_exact_and_the_others_are_rounded():
    found = shown(region(12))
    own = region(12)[0]
    assert found.own is not None
    assert (found.own.size, found.own.value) == (own.denominator, own.numerator / own.denominator)
    assert len(found.dots) == 11
    for dot in found.dots:
        assert dot.size % SIZE_STEP == 0
        assert dot.value * 1000 == pytest.approx(round(dot.value * 1000))


@settings(max_examples=50, deadline=None)
@given(number=st.integers(8, 60), seed=st.integers(0, 1000))
def test_at_every_size_stand_three_lists_or_more(number: int, seed: int) -> None:
    found = shown(region(number, seed))
    sizes = [dot.size for dot in found.dots]
    assert all(sizes.count(size) >= ALIKE for size in sizes)


def test_the_order_of_the_dots_tells_nothing_of_the_order_of_practices():
    counts = region(20)
    assert shown(counts).dots == shown(counts[::-1]).dots


def test_percentiles_come_from_what_is_shown():
    found = shown(region(12))
    values = [dot.value for dot in found.dots] + [found.own.value]
    assert [found.low, found.high] == quantiles(values, n=10, method="inclusive")[::8]


def test_a_third_more_lies_beyond_the_limits_and_an_equal_share_does_not():
    counts = [Count(one.practice, YEAR, round(0.2 * one.denominator), one.denominator)
              for one in region(20)]  # fmt: skip
    assert shown(counts).place is Place.USUAL
    counts[0] = Count(1, YEAR, round(0.27 * counts[0].denominator), counts[0].denominator)
    assert shown(counts).place is Place.FAR_HIGHER


def doubt(found: Beside, own: Count) -> list[tuple[float, float]]:
    """The attack: per dot how far apart the smallest and largest imaginable list and number lie,
    for a reader who knows the own figures, every dot, how sizes are grouped and rounded, and the
    pooled value of all practices to the last digit."""
    dots, step = found.dots, step_of(found.funnel)
    others = len(dots)
    equal: list[list[float]] = [[1.0] * others + [-found.funnel.target] * others]
    totals = [found.funnel.target * own.denominator - own.numerator]
    below: list[list[float]] = []
    limits: list[float] = []
    for place, dot in enumerate(dots):
        for sign, edge in ((1.0, dot.value + step / 2), (-1.0, dot.value - step / 2)):
            row = [0.0] * (2 * others)
            row[place], row[others + place] = sign, -sign * edge
            below.append(row)
            limits.append(0.0)
    for size in {dot.size for dot in dots}:
        group = [place for place, dot in enumerate(dots) if dot.size == size]
        for sign in (1.0, -1.0):
            row = [0.0] * (2 * others)
            for place in group:
                row[others + place] = sign / len(group)
            below.append(row)
            limits.append(sign * size + SIZE_STEP / 2)

    def width(place: int) -> float:
        aim = [0.0] * (2 * others)
        ends = []
        for sign in (1.0, -1.0):
            aim[place] = sign
            answer = linprog(aim, below, limits, equal, totals, bounds=(0, None), method="highs")
            assert answer.status == 0, answer.message
            ends.append(answer.x[place])
        return abs(ends[1] - ends[0])

    return [(width(others + place), width(place)) for place in range(others)]


@pytest.mark.parametrize(("number", "seed"), [(8, 1), (9, 2), (14, 3)])
def test_nobody_can_work_out_another_list_or_number(number: int, seed: int) -> None:
    counts = region(number, seed)
    for size, counted in doubt(shown(counts), counts[0]):
        assert size >= SIZE_STEP
        assert counted >= PATIENTS


def test_the_attack_finds_what_is_drawn_as_it_is() -> None:
    """Its own control: dots at their own size, not rounded, are recovered."""
    counts = region(8)
    found = shown(counts)
    exact = [one for one in counts if one is not counts[0]]
    spread = max(one.denominator for one in exact) - min(one.denominator for one in exact)
    assert spread > SIZE_STEP  # Otherwise there would be nothing to hide.
    singles = tuple(
        type(found.dots[0])(round(one.denominator / SIZE_STEP) * SIZE_STEP, one.value)
        for one in exact
    )
    naked = type(found)(
        found.year, found.practices, found.funnel, singles, found.own, found.low, found.high
    )
    widths = [size for size, _counted in doubt(naked, counts[0])]
    assert min(widths) < 2 * SIZE_STEP


def test_two_years_side_by_side_follow_nobody() -> None:
    """Between years and between specialisms dots could be joined by a size that stands alone."""
    first = shown(region(12, seed=4))
    again = [Count(one.practice, YEAR, one.numerator + 7, one.denominator + 60)
             for one in region(12, seed=4)]  # fmt: skip
    second = shown(again)
    for dot in first.dots:
        alike = [other for other in second.dots if abs(other.size - dot.size) <= SIZE_STEP]
        assert len(alike) >= ALIKE
