"""Whose offers are suggested to whom: nothing of why can be read from it."""

from collections import Counter
from datetime import date, timedelta

from monitoring.compliance import Obligation, Part, PracticeStanding, Status
from monitoring.kitchen.matching import OF_USE, SUGGESTED, Offered, gains, suggested
from practices.programme_calendar import Participant

MONDAY = date(2026, 3, 2)
OFFERS = [Offered(key, str(key % 6 + 1)) for key in range(1, 13)]


def part(achieved):
    return Part("x", achieved, 5, 5, Status.ON_TRACK, MONDAY, MONDAY)


def duty(intervention, status, achieved=0, year=1):
    return Obligation(intervention, year, status, MONDAY, (part(achieved),))


def standing(*duties, practice=7):
    participant = Participant(practice, "x", 1, date(2025, 4, 1), None, ())
    return PracticeStanding(participant, 1, MONDAY, duties, ())


def test_what_is_late_in_danger_or_not_begun():
    found = standing(
        duty(1, Status.MISSED, 3),
        duty(2, Status.AT_RISK, 1),
        duty(3, Status.ON_TRACK, 0),
        duty(4, Status.ON_TRACK, 1),
        duty(5, Status.MET, 5),
        duty(6, Status.NOT_APPLICABLE),
    )
    assert gains(found, {}) == {"1", "2", "3"}


def test_only_the_latest_year_that_began_counts():
    found = standing(
        duty(1, Status.MISSED, 1),
        duty(1, Status.MET, 5, year=2),
        duty(6, Status.MISSED, 1),
        duty(6, Status.NOT_DUE, 0, year=2),
    )
    assert gains(found, {}) == {"6"}


def test_indicators_that_say_so_of_this_practice():
    who = {"visits": frozenset({7, 8}), "tests": frozenset({8})}
    assert gains(standing(), who) == {"cijfer-visits"}


def test_as_many_for_everybody_in_the_order_they_came():
    for wanted in (set(), {"1"}, {"1", "2", "3", "4", "5", "6"}):
        keys = suggested(OFFERS, wanted, practice=7, today=MONDAY)
        assert len(keys) == SUGGESTED
        assert keys == sorted(keys)
    assert len(suggested(OFFERS[:2], {"1"}, practice=7, today=MONDAY)) == 2
    assert suggested([], {"1"}, practice=7, today=MONDAY) == []


def test_the_same_all_week_and_another_draw_on_monday():
    draws = [
        suggested(OFFERS, (), practice=7, today=MONDAY + timedelta(days=day)) for day in range(14)
    ]
    assert len({tuple(keys) for keys in draws[:7]}) == 1
    assert draws[7:] == [draws[7]] * 7
    assert draws[0] != draws[7]


def test_what_is_of_use_comes_but_never_alone():
    for practice in range(40):
        keys = suggested(OFFERS, {"1"}, practice=practice, today=MONDAY)
        of_use = [key for key in keys if OFFERS[key - 1].subject == "1"]
        assert len(of_use) == OF_USE


def test_who_gains_nothing_draws_evenly():
    """No offer stands more often on the pages of practices without a match."""
    seen = Counter(
        key
        for practice in range(2000)
        for key in suggested(OFFERS, (), practice=practice, today=MONDAY)
    )
    expected = 2000 * SUGGESTED / len(OFFERS)
    assert all(abs(number - expected) < 0.2 * expected for number in seen.values())
